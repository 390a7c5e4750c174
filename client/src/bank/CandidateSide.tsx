import { CandidatePrompt } from "../ui/CandidatePrompt.tsx";
import { Markdown } from "../ui/Markdown.tsx";
import styles from "./CandidateSide.module.css";

/** The question as it stands on the candidate's page in a room: the prompt, and nothing else of it. */
export function CandidateSide({ prompt }: { prompt: string }) {
  return (
    <div className={styles.page}>
      <CandidatePrompt number={1}>
        <Markdown text={prompt} />
      </CandidatePrompt>
    </div>
  );
}
