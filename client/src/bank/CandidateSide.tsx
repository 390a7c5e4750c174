import candidateStyles from "../room/candidate/CandidateScreen.module.css";
import { Markdown } from "../ui/Markdown.tsx";
import styles from "./CandidateSide.module.css";

/** The question as it stands on the candidate's page in a room: the prompt, and nothing else of it. */
export function CandidateSide({ prompt }: { prompt: string }) {
  return (
    <div className={styles.page}>
      <p className={candidateStyles.number}>Question 1</p>
      <div className={candidateStyles.prompt}>
        <Markdown text={prompt} />
      </div>
    </div>
  );
}
