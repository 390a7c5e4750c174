import type { PeerFeedbackFormat } from "@whetstone/shared/export-wire";
import { FileButtons } from "../../scorecard/FileButtons.tsx";
import styles from "./Keep.module.css";
import { downloadPeerFeedback } from "./requests.ts";

/** To read first, then to work on. */
const FORMATS: readonly PeerFeedbackFormat[] = ["pdf", "md"];

/** What the viewer sees of the practice as files of their own. */
export function Keep({ isOpen }: { isOpen: boolean }) {
  return (
    <div className={styles.keep}>
      <p>Yours to keep: your questions and answers{isOpen && ", what you were given"}, and what you wrote of others.</p>
      <FileButtons formats={FORMATS} download={downloadPeerFeedback} />
    </div>
  );
}
