import type { BankEntry } from "@whetstone/shared/bank-wire";
import { candidateWorkspace } from "@whetstone/shared/workspace/workspace";
import { CandidatePrompt } from "../ui/CandidatePrompt.tsx";
import { Markdown } from "../ui/Markdown.tsx";
import { SeenWorkspace } from "../ui/WorkspaceShown.tsx";
import styles from "./CandidateSide.module.css";

/** The question as it stands on the candidate's page in a room: the prompt, what is in their workspace, and nothing else of it. */
export function CandidateSide({ prompt, workspace }: Pick<BankEntry, "prompt" | "workspace">) {
  return (
    <div className={styles.page}>
      <CandidatePrompt number={1}>
        <Markdown text={prompt} />
      </CandidatePrompt>
      {workspace && (
        <div className={styles.workspace}>
          <SeenWorkspace workspace={candidateWorkspace(workspace)} />
        </div>
      )}
    </div>
  );
}
