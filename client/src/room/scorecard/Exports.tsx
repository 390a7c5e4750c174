import { useMutation } from "@tanstack/react-query";
import type { ExportFormat } from "@whetstone/shared/export-wire";
import { Download } from "lucide-react";
import { downloadExport } from "../../api.ts";
import { Button } from "../../ui/Button.tsx";
import { FORMAT_NAMES } from "../../words.ts";
import { allSaved } from "../store/all-saved.ts";
import { useRoomContext } from "../store/context.tsx";
import styles from "./Exports.module.css";
import scorecardStyles from "./Scorecard.module.css";

/** Every file that a room can be had as, by what it is for. */
const FORMATS: readonly { readonly purpose: string; readonly formats: readonly ExportFormat[] }[] = [
  { purpose: "To read and to pass on", formats: ["pdf", "md"] },
  { purpose: "To work on", formats: ["xlsx", "csv", "json"] },
  { purpose: "For an applicant-tracking system", formats: ["greenhouse.json", "lever.json", "ashby.json"] },
];

/** The room as files. One that cannot be made says why, and the others stay. */
export function Exports() {
  return (
    <section className={scorecardStyles.card} aria-labelledby="exports">
      <h2 id="exports">Export</h2>
      <div className={styles.groups}>
        {FORMATS.map(({ purpose, formats }) => (
          <section key={purpose} aria-label={purpose}>
            <h3>{purpose}</h3>
            <div className={styles.formats}>
              {formats.map((format) => (
                <ExportButton key={format} format={format} />
              ))}
            </div>
          </section>
        ))}
      </div>
      <p className={scorecardStyles.quiet}>Each holds what you may see of this room, and nothing else.</p>
    </section>
  );
}

function ExportButton({ format }: { format: ExportFormat }) {
  const name = FORMAT_NAMES[format];
  const { token, store } = useRoomContext();
  const download = useMutation({
    mutationFn: async () => {
      await allSaved(store);
      await downloadExport(token, format);
    },
  });
  return (
    <>
      <Button disabled={download.isPending} onClick={() => download.mutate()}>
        <Download size={14} aria-hidden /> {name}
      </Button>
      {download.isError && (
        <p role="alert">
          {name}: {download.error.message}
        </p>
      )}
    </>
  );
}
