import { useMutation } from "@tanstack/react-query";
import type { PeerFeedbackFormat } from "@whetstone/shared/export-wire";
import { Download } from "lucide-react";
import { Button } from "../../../ui/Button.tsx";
import { FORMAT_NAMES } from "../../../words.ts";
import { allSaved } from "../../store/all-saved.ts";
import { useRoomContext } from "../../store/context.tsx";
import styles from "./Keep.module.css";
import { downloadPeerFeedback } from "./requests.ts";

/** What the viewer sees of the practice as files of their own. One that cannot be made says why, and the other stays. */
export function Keep({ isOpen }: { isOpen: boolean }) {
  return (
    <div className={styles.keep}>
      <p>Yours to keep: your questions and answers{isOpen && ", what you were given"}, and what you wrote of others.</p>
      <div className={styles.files}>
        <KeepAs format="pdf" />
        <KeepAs format="md" />
      </div>
    </div>
  );
}

function KeepAs({ format }: { format: PeerFeedbackFormat }) {
  const { store, token } = useRoomContext();
  const name = FORMAT_NAMES[format];
  const download = useMutation({
    mutationFn: async () => {
      await allSaved(store);
      await downloadPeerFeedback(token, format);
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
