import { z } from "zod";
import { BANK_LIMITS, WORKSPACE_LISTS } from "../bank-limits.ts";
import { isRun, Language } from "./language.ts";

/**
 * What a question puts into the candidate's workspace: starter text, files beside the program, a database, and tests. One definition for the
 * bank's files and for what users write; what an ask keeps of it, and what a candidate may see of it, stand below.
 */

/** Code is kept as it was written, indents and empty lines too, but for the ends of its lines. */
const code = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, "\n"))
    .max(most);

const listOf = <T extends z.ZodType>(entry: T, { max }: { readonly max: number }) =>
  z.array(entry).max(max).default([]);

const WorkspaceFile = z.strictObject({
  name: z.string().trim().min(1).max(BANK_LIMITS.fileName).describe("A plain name, such as grades.csv, in no folder."),
  text: code(BANK_LIMITS.code),
});

const WorkspaceTest = z.strictObject({
  name: z.string().trim().min(1).max(BANK_LIMITS.title).describe("What it shows, in a few words."),
  visible: z.boolean().describe("Whether the candidate sees it and runs it; all others are the panel's alone."),
  code: code(BANK_LIMITS.testCode)
    .refine((text) => text.trim() !== "", "is empty")
    .describe("Runs after the candidate's code, and fails by throwing; in SQL it is a query that must give no rows."),
});

const fields = {
  language: Language,
  starter: code(BANK_LIMITS.code).default("").describe("What stands in the editor when the question is asked."),
  files: listOf(WorkspaceFile, WORKSPACE_LISTS.files).describe("Found by the program in the folder in which it runs."),
  database: code(BANK_LIMITS.code).default("").describe("Only with SQL: the script that makes the tables."),
  expectedOutput: code(BANK_LIMITS.output)
    .default("")
    .describe("What a right program prints. Only the panel sees this: it often is the answer."),
  tests: listOf(WorkspaceTest, WORKSPACE_LISTS.tests),
};

/** A question's workspace. Whatever cannot work together is refused, each where it stands. */
export const Workspace = z.strictObject(fields).superRefine((workspace, context) => {
  for (const { path, message } of workspaceFaults(workspace)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
export type Workspace = z.infer<typeof Workspace>;

interface WorkspaceFault {
  readonly path: readonly PropertyKey[];
  /** Goes on from the field's name. */
  readonly message: string;
}

/** What is said of a name that will not do, behind the name of its field. */
export const NAME_RULES = {
  oneLine: "must be one line",
  plain: "must be a plain name of letters, digits, dots, hyphens and underscores, such as grades.csv",
  taken: "is the name of another one too",
} as const;

/** In a working directory it is one file, on every system, and hidden on none. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

function workspaceFaults(workspace: Workspace): WorkspaceFault[] {
  const { files, tests } = workspace;
  const named = Object.entries({ files, tests }).flatMap(([list, items]) => {
    const names = items.map(({ name }) => name.trim());
    return names.flatMap((name, index): WorkspaceFault[] => {
      const message = nameFault(name, names.slice(0, index), list === "files");
      return message === null ? [] : [{ path: [list, index, "name"], message }];
    });
  });
  return [...uselessIn(workspace), ...named];
}

/** What nobody would read: it is refused rather than dropped. */
function uselessIn({ language, files, database, expectedOutput, tests }: Workspace): WorkspaceFault[] {
  const faults: WorkspaceFault[] = [];
  const refuse = (field: string, isThere: boolean, why: string) => {
    if (isThere) faults.push({ path: [field], message: `must be left out: ${why}` });
  };
  if (language !== "sql") refuse("database", database !== "", `${language} has no database, only sql has`);
  else refuse("files", files.length > 0, "sql reads its database and no files");
  if (!isRun(language)) {
    refuse("files", files.length > 0, `${language} is not run, so nothing reads them`);
    refuse("expectedOutput", expectedOutput !== "", `${language} is not run, so it prints nothing`);
    refuse("tests", tests.length > 0, `${language} is not run, so nothing can be tested`);
  }
  return faults;
}

/** What is wrong with a name behind those before it. One that is empty is missing, which is another fault. */
function nameFault(name: string, before: readonly string[], isFile: boolean): string | null {
  if (name === "") return null;
  // Capitals do not tell two apart, as in some folders they do not either.
  if (before.some((other) => other.toLowerCase() === name.toLowerCase())) return NAME_RULES.taken;
  if (isFile) return PLAIN_NAME.test(name) ? null : NAME_RULES.plain;
  return /[\r\n]/.test(name) ? NAME_RULES.oneLine : null;
}

/**
 * A workspace inside an ask, as it was when it was asked. It was held to the rules then, and they are not asked of it again: a room whose
 * texts are erased is read with one sign in the place of every text.
 */
export const AskedWorkspace = z.strictObject({
  language: Language,
  starter: z.string(),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  database: z.string(),
  expectedOutput: z.string(),
  tests: z.array(z.strictObject({ name: z.string(), visible: z.boolean(), code: z.string() })),
});
export type AskedWorkspace = z.infer<typeof AskedWorkspace>;

/** Every part of a workspace anew, its fields in the order of the schema. */
export const copiedWorkspace = (workspace: AskedWorkspace): AskedWorkspace => ({
  language: workspace.language,
  starter: workspace.starter,
  files: workspace.files.map(({ name, text }) => ({ name, text })),
  database: workspace.database,
  expectedOutput: workspace.expectedOutput,
  tests: workspace.tests.map(({ name, visible, code: test }) => ({ name, visible, code: test })),
});

/** What a candidate may see of a workspace: no hidden test, nor how many there are, and no expected output. */
export const CandidateWorkspace = z.strictObject({
  language: Language,
  starter: z.string(),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
  database: z.string(),
  tests: z.array(z.strictObject({ name: z.string(), code: z.string() })).describe("Those that are visible."),
});
export type CandidateWorkspace = z.infer<typeof CandidateWorkspace>;

/** The one place that decides what of a workspace reaches a candidate: in a room, an export, or a page that shows theirs. */
export const candidateWorkspace = ({
  language,
  starter,
  files,
  database,
  tests,
}: AskedWorkspace): CandidateWorkspace => ({
  language,
  starter,
  files: files.map(({ name, text }) => ({ name, text })),
  database,
  tests: tests.filter(({ visible }) => visible).map(({ name, code: test }) => ({ name, code: test })),
});
