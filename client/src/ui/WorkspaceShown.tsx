import { LANGUAGE_NAMES } from "@whetstone/shared/workspace/language";
import type { AskedWorkspace, CandidateWorkspace } from "@whetstone/shared/workspace/workspace";
import { Wide } from "./Wide.tsx";
import styles from "./WorkspaceShown.module.css";

/** A question's workspace where it is read and not worked in. It is given what its reader may see, and hides nothing itself. */

type Seen = Pick<CandidateWorkspace, "language" | "starter" | "files" | "database" | "tests">;

/** What the candidate has before them when the question is asked. */
export function SeenWorkspace({ workspace }: { workspace: Seen }) {
  const { language, starter } = workspace;
  return (
    <div className={styles.workspace}>
      <Code name="Starter" about={LANGUAGE_NAMES[language]} code={starter} empty="The editor is empty at first." />
      <Besides workspace={workspace} />
    </div>
  );
}

/** What stands beside the editor. */
export function Besides({ workspace: { database, files, tests } }: { workspace: Omit<Seen, "language" | "starter"> }) {
  return (
    <div className={styles.workspace}>
      {database !== "" && <Code name="Database" about="SQL" code={database} />}
      {files.map(({ name, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a draft's files may share a name, and none holds state
        <Code key={index} name={name.trim() || "A file without a name"} about="File" code={text} empty="It is empty." />
      ))}
      {tests.map(({ name, code }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a draft's tests may share a name, and none holds state
        <Code key={index} name={nameOf(name)} about="Test" code={code} />
      ))}
    </div>
  );
}

/** What of it the panel alone sees, and of each test who does. */
export function PanelWorkspace({ workspace }: { workspace: Pick<AskedWorkspace, "expectedOutput" | "tests"> }) {
  const { expectedOutput, tests } = workspace;
  return (
    <div className={styles.workspace}>
      {expectedOutput !== "" && <Code name="Expected output" about="only the panel" code={expectedOutput} />}
      {tests.map(({ name, visible, code }, index) => (
        <Code
          // biome-ignore lint/suspicious/noArrayIndexKey: a draft's tests may share a name, and none holds state
          key={index}
          name={nameOf(name)}
          about={visible ? "the candidate sees this one" : "only the panel"}
          code={code}
        />
      ))}
    </div>
  );
}

/** Whether the panel has anything of it that the candidate does not see as such. */
export const hasPanelPart = ({ expectedOutput, tests }: Pick<AskedWorkspace, "expectedOutput" | "tests">): boolean =>
  expectedOutput !== "" || tests.length > 0;

const nameOf = (name: string): string => name.trim() || "A test without a name";

interface CodeProps {
  readonly name: string;
  readonly about: string;
  readonly code: string;
  /** What stands there instead where there is none. */
  readonly empty?: string;
}

function Code({ name, about, code, empty }: CodeProps) {
  return (
    <figure className={styles.code}>
      <figcaption>
        <b>{name}</b> <span>{about}</span>
      </figcaption>
      {code.trim() === "" && empty !== undefined ? (
        <p>{empty}</p>
      ) : (
        <Wide tag="pre" name={name}>
          <code dir="ltr" translate="no">
            {code.replace(/\n$/, "")}
          </code>
        </Wide>
      )}
    </figure>
  );
}
