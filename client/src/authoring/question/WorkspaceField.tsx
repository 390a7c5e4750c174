import type { QuestionDraft, WorkspaceDraft } from "@whetstone/shared/authored";
import { BANK_LIMITS, WORKSPACE_LISTS } from "@whetstone/shared/bank-limits";
import { isRun, LANGUAGE_NAMES, Language } from "@whetstone/shared/workspace/language";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { fieldKey } from "../../ui/form/field-key.ts";
import { LongTextField, TextField } from "../../ui/form/fields.tsx";
import { useFocusLater } from "../../ui/form/form.tsx";
import { ListField } from "../../ui/form/ListField.tsx";
import { BLANK_WORKSPACE } from "./question-draft.ts";
import styles from "./WorkspaceField.module.css";

interface WorkspaceFieldProps {
  readonly workspace: QuestionDraft["workspace"];
  readonly onChange: (workspace: QuestionDraft["workspace"]) => void;
}

/** What the candidate's editor holds and how their code is tested. A question need not have it; one that was taken out can be put back. */
export function WorkspaceField({ workspace, onChange }: WorkspaceFieldProps) {
  const [takenOut, setTakenOut] = useState<WorkspaceDraft | null>(null);
  const focusLater = useFocusLater();
  if (!workspace) {
    return (
      <div className={styles.none} data-field="workspace">
        <p>
          {takenOut
            ? "The workspace is taken out. Until you leave this page it can be put back."
            : "Starter code, files and tests for the candidate's editor. Most questions need none."}
        </p>
        <Button
          onClick={() => {
            onChange(takenOut ?? BLANK_WORKSPACE);
            focusLater("workspace.language");
          }}
        >
          {takenOut ? "Put it back" : "Add a workspace"}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Editor workspace={workspace} set={(change) => onChange({ ...workspace, ...change })} />
      <Tests workspace={workspace} set={(change) => onChange({ ...workspace, ...change })} />
      <div className={styles.out}>
        <Button
          look="quiet"
          onClick={() => {
            setTakenOut(workspace);
            onChange(undefined);
            focusLater("workspace");
          }}
        >
          Take the workspace out
        </Button>
      </div>
    </>
  );
}

interface PartProps {
  readonly workspace: WorkspaceDraft;
  readonly set: (change: Partial<WorkspaceDraft>) => void;
}

/** What stands in the editor, and beside it. What its language does not use is shown only while something is in it. */
function Editor({ workspace, set }: PartProps) {
  const { language, starter, files, database } = workspace;
  return (
    <>
      <div data-field="workspace.language" className={styles.language}>
        <label>
          <span>Language</span>
          <select
            className={fieldStyles.input}
            value={language}
            onChange={(event) => set({ language: Language.parse(event.target.value) })}
          >
            {Language.options.map((option) => (
              <option key={option} value={option}>
                {LANGUAGE_NAMES[option]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <LongTextField
        field="workspace.starter"
        label="Starter"
        hint="What stands in the editor when the question is asked."
        value={starter}
        max={BANK_LIMITS.code}
        lines={4}
        code={isRun(language)}
        onChange={(text) => set({ starter: text })}
      />
      {(language === "sql" || database !== "") && (
        <LongTextField
          field="workspace.database"
          label="Database"
          hint="The script that makes the tables. The candidate can read it."
          value={database}
          max={BANK_LIMITS.code}
          lines={3}
          code
          onChange={(text) => set({ database: text })}
        />
      )}
      {((isRun(language) && language !== "sql") || files.length > 0) && (
        <Files files={files} onChange={(changed) => set({ files: changed })} />
      )}
    </>
  );
}

interface FilesProps {
  readonly files: WorkspaceDraft["files"];
  readonly onChange: (files: WorkspaceDraft["files"]) => void;
}

const Files = ({ files, onChange }: FilesProps) => (
  <ListField
    field="workspace.files"
    label="Files"
    hint="The program finds them in its folder, and the candidate can read them."
    noun="file"
    items={files}
    max={WORKSPACE_LISTS.files.max}
    blank={{ name: "", text: "" }}
    onChange={onChange}
    row={(file, index, change) => (
      <>
        <TextField
          field={fieldKey("workspace.files", index, "name")}
          label="Name"
          placeholder="grades.csv"
          value={file.name}
          max={BANK_LIMITS.fileName}
          onChange={(name) => change({ ...file, name })}
        />
        <LongTextField
          field={fieldKey("workspace.files", index, "text")}
          label="What it holds"
          value={file.text}
          max={BANK_LIMITS.code}
          lines={3}
          code
          onChange={(text) => change({ ...file, text })}
        />
      </>
    )}
  />
);

/** How a test fails, by language. */
const HOW_TESTED: Readonly<Partial<Record<Language, string>>> = {
  python: "Each runs behind the candidate's code, and fails by raising: assert total == 3, total",
  javascript:
    "Each runs behind the candidate's code, with assert(condition, message) and assertEquals(actual, expected).",
  typescript:
    "Each runs behind the candidate's code, with assert(condition, message) and assertEquals(actual, expected).",
  sql: "Each is a query that must give no rows.",
};

function Tests({ workspace, set }: PartProps) {
  const { language, expectedOutput, tests } = workspace;
  return (
    <>
      {(isRun(language) || expectedOutput !== "") && (
        <div className={styles.secret}>
          <LongTextField
            field="workspace.expectedOutput"
            label="Expected output"
            hint="What a right program prints. Only the panel sees this."
            value={expectedOutput}
            max={BANK_LIMITS.output}
            code
            onChange={(text) => set({ expectedOutput: text })}
          />
        </div>
      )}
      {(isRun(language) || tests.length > 0) && (
        <ListField
          field="workspace.tests"
          label="Tests"
          hint={HOW_TESTED[language] ?? ""}
          noun="test"
          items={tests}
          max={WORKSPACE_LISTS.tests.max}
          blank={{ name: "", visible: false, code: "" }}
          onChange={(changed) => set({ tests: changed })}
          row={(test, index, change) => <Test test={test} index={index} onChange={change} />}
        />
      )}
    </>
  );
}

interface TestProps {
  readonly test: WorkspaceDraft["tests"][number];
  readonly index: number;
  readonly onChange: (test: WorkspaceDraft["tests"][number]) => void;
}

/** On the violet wash while only the panel sees it. */
function Test({ test, index, onChange }: TestProps) {
  const field = fieldKey("workspace.tests", index);
  return (
    <div className={styles.test} data-secret={!test.visible}>
      <TextField
        field={fieldKey(field, "name")}
        label="What it shows"
        value={test.name}
        max={BANK_LIMITS.title}
        onChange={(name) => onChange({ ...test, name })}
      />
      <LongTextField
        field={fieldKey(field, "code")}
        label="Code"
        value={test.code}
        max={BANK_LIMITS.testCode}
        lines={2}
        code
        onChange={(code) => onChange({ ...test, code })}
      />
      <label className={styles.seen}>
        <input
          type="checkbox"
          checked={test.visible}
          onChange={(event) => onChange({ ...test, visible: event.target.checked })}
        />
        The candidate sees this one
        {!test.visible && <span>only the panel does now</span>}
      </label>
    </div>
  );
}
