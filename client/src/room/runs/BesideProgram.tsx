import type { AskedWorkspace, CandidateWorkspace } from "@whetstone/shared/workspace/workspace";
import { Besides, hasPanelPart, PanelWorkspace } from "../../ui/WorkspaceShown.tsx";
import styles from "./BesideProgram.module.css";

type Brought = Pick<CandidateWorkspace, "files" | "database" | "tests">;

/** What a question brings beside the sheet: what the program reads, and the tests that it has to pass. */
export function BesideProgram({ workspace }: { workspace: Brought }) {
  const words = besideWords(workspace);
  if (words === "") return null;
  return (
    <details className={styles.beside}>
      <summary>{words}</summary>
      <Besides workspace={workspace} />
    </details>
  );
}

/** The same for the panel, with what the candidate does not see. */
export function BesidePanelProgram({ workspace }: { workspace: AskedWorkspace }) {
  return (
    <>
      <BesideProgram workspace={{ ...workspace, tests: [] }} />
      {hasPanelPart(workspace) && (
        <details className={styles.beside}>
          <summary>{panelWords(workspace)}</summary>
          <PanelWorkspace workspace={workspace} />
        </details>
      )}
    </>
  );
}

const counted = (n: number, one: string): string => (n === 0 ? "" : n === 1 ? `1 ${one}` : `${n} ${one}s`);

function besideWords({ files, database, tests }: Brought): string {
  return [database === "" ? "" : "The database", counted(files.length, "file"), counted(tests.length, "test")]
    .filter(Boolean)
    .join(", ");
}

const panelWords = ({ tests, expectedOutput }: AskedWorkspace): string =>
  [counted(tests.length, "test"), expectedOutput === "" ? "" : "expected output"].filter(Boolean).join(", ");
