import type { ExportFormat } from "@whetstone/shared/export-wire";
import { downloadExport } from "../../api/rooms.ts";
import styles from "./Exports.module.css";
import { FileButtons } from "./FileButtons.tsx";
import scorecardStyles from "./Scorecard.module.css";

/** Every file that a room can be had as, by what it is for. */
const FORMATS: readonly { readonly purpose: string; readonly formats: readonly ExportFormat[] }[] = [
  { purpose: "To read and to pass on", formats: ["pdf", "md"] },
  { purpose: "To work on", formats: ["xlsx", "csv", "json"] },
  { purpose: "For an applicant-tracking system", formats: ["greenhouse.json", "lever.json", "ashby.json"] },
];

/** The room as files. */
export function Exports() {
  return (
    <section className={scorecardStyles.card} aria-labelledby="exports">
      <h2 id="exports">Export</h2>
      <div className={styles.groups}>
        {FORMATS.map(({ purpose, formats }) => (
          <section key={purpose} aria-label={purpose}>
            <h3>{purpose}</h3>
            <FileButtons formats={formats} download={downloadExport} />
          </section>
        ))}
      </div>
      <p className={scorecardStyles.quiet}>Each holds what you may see of this room, and nothing else.</p>
    </section>
  );
}
