import { draftOfQuestion, questionOfDraft } from "@whetstone/shared/authored";
import type { Question } from "@whetstone/shared/bank";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type Existing, planImport } from "../../../server/src/bank/exchange/plan.ts";
import { describeProblem, loadBank } from "../../../server/src/bank/load.ts";
import { writeBank } from "../../support/bank-files.ts";
import { lineOf, PACK, read, readText, refusals, sampleQuestion, WORKSPACE } from "./samples.ts";

/** A question's workspace in the bank's files and in imports: what is refused where, and what is kept as it was written. */

const python = { ...WORKSPACE, expectedOutput: "3\n" };
const sql = { ...python, language: "sql" as const, files: [], database: "CREATE TABLE a (b);\n" };
type Changed = Record<string, unknown>;

const long = (length: number) => "x".repeat(length);
const test1 = python.tests[0];
const tests = (...changed: Changed[]) => ({ ...python, tests: changed.map((one) => ({ ...test1, ...one })) });
const files = (...names: string[]) => ({ ...python, files: names.map((name) => ({ name, text: "a" })) });

/** What is wrong, in which field, and what of the file the line holds that is named. */
const WRONG: readonly [string, Changed, field: string, near: string, message: string][] = [
  ["no language", { ...python, language: undefined }, "", "starter:", ""],
  ["a language that is none", { ...python, language: "cobol" }, "language", "cobol", ""],
  [
    "a database without SQL",
    { ...python, database: "x\n" },
    "database",
    "database:",
    "python has no database, only sql has",
  ],
  [
    "files with SQL",
    { ...sql, files: python.files },
    "files",
    "- name: rows.csv",
    "sql reads its database and no files",
  ],
  [
    "tests of a text",
    { ...python, language: "text", files: [], expectedOutput: "" },
    "tests",
    "- name: adds",
    "text is not run",
  ],
  [
    "files beside a text",
    { ...python, language: "markdown", expectedOutput: "", tests: [] },
    "files",
    "- name: rows.csv",
    "markdown is not run",
  ],
  [
    "output of a text",
    { ...python, language: "text", files: [], tests: [] },
    "expectedOutput",
    "expectedOutput:",
    "text is not run",
  ],
  [
    "two tests of one name",
    tests({}, { name: " Adds two ROWS" }),
    "tests.1.name",
    " Adds two ROWS",
    "is the name of another one too",
  ],
  ["a test without a name", tests({ name: " " }), "tests.0.name", 'name: " "', ""],
  ["a test without code", tests({ code: " \n" }), "tests.0.code", "code:", ""],
  ["a test of which nobody knows who sees it", tests({ visible: undefined }), "tests.0.visible", "- name: adds", ""],
  ["a test's name in two lines", tests({ name: "a\nb" }), "tests.0.name", "name: |-", "must be one line"],
  ["a file in a folder", files("data/rows.csv"), "files.0.name", "data/rows.csv", "must be a plain name"],
  ["a file above", files(".."), "files.0.name", "name: ..", "must be a plain name"],
  ["a hidden file", files(".env"), "files.0.name", ".env", "must be a plain name"],
  ["two files of one name", files("a.csv", "A.csv"), "files.1.name", "A.csv", "is the name of another one too"],
  ["too many files", files("a", "b", "c", "d", "e", "f", "g"), "files", "- name: a", ""],
  ["too many tests", tests(...Array.from({ length: 13 }, (_, n) => ({ name: `t${n}` }))), "tests", "- name: t0", ""],
  ["a starter that is too long", { ...python, starter: long(10_001) }, "starter", "starter:", ""],
  ["a file that is too long", { ...python, files: [{ name: "a", text: long(10_001) }] }, "files.0.text", "text:", ""],
  ["a test that is too long", tests({ code: long(4_001) }), "tests.0.code", "code:", ""],
  ["an output that is too long", { ...python, expectedOutput: long(4_001) }, "expectedOutput", "expectedOutput:", ""],
  ["a field that it has not", { ...python, solution: "x" }, "", "workspace:", ""],
];

const fileWith = (workspace: Changed): string => {
  const { workspace: _, ...bare } = sampleQuestion();
  return stringify({ ...bare, workspace }, { lineWidth: 0, aliasDuplicateObjects: false });
};

describe("a workspace that cannot be", () => {
  test.each(WRONG)("stops the start with file, line and field: %s", async (_, workspace, field, near, message) => {
    const text = fileWith(workspace);
    const loaded = await loadBank(await writeBank({ "small/nets/first.yaml": text }));
    const problems = "problems" in loaded ? loaded.problems.map(describeProblem) : [];
    const own = problems.filter((problem) => problem.includes("first.yaml"));
    expect(own).toHaveLength(1);
    expect(own[0]).toContain(message);
    const path = ["workspace", ...(field ? [field] : [])].join(".");
    // What is missing or too much is named at the group it belongs to, by the name it would have or has.
    expect(own[0]).toMatch(new RegExp(`^bank/small/nets/first\\.yaml:\\d+: ${path.replaceAll(".", "\\.")}`));
    if (field !== "" && !field.endsWith("visible")) expect(own[0]).toContain(`:${lineOf(text, near)}: `);
  });

  // What is only not written yet makes a draft of a question, and no refusal; and whoever does not say who sees a test hides it.
  const LACKING = ["a test without a name", "a test without code", "a test of which nobody knows who sees it"];

  test.each(WRONG.filter(([name]) => !LACKING.includes(name)))(
    "is refused in an import, with its line: %s",
    (name, workspace, field, near, message) => {
      const text = fileWith(workspace);
      const found = refusals(readText("a.yaml", text));
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(message);
      if (name === "no language") expect(found[0]).toMatch(/: workspace\.language: is missing$/);
      else if (name === "a field that it has not")
        expect(found[0]).toMatch(/solution: is not a field that a question has$/);
      else expect(found[0]).toContain(`a.yaml:${lineOf(text, near)}: workspace.${field}: `);
    },
  );

  test("is a draft in an import where something is not written yet, and says what", () => {
    const lacking = [{ name: "", text: "" }];
    const [question] = readText(
      "a.yaml",
      fileWith({ ...python, files: lacking, tests: [{ name: "", visible: true, code: "" }] }),
    ).questions;
    expect(question?.question).toBeNull();
    expect(question?.lacks).toEqual(["the name of file 1", "the name of test 1", "the code of test 1"]);
  });

  test("hides a test in an import that does not say who sees it", () => {
    const [question] = readText("a.yaml", fileWith(tests({ visible: undefined }))).questions;
    expect(question?.question?.workspace?.tests).toMatchObject([{ name: "adds two rows", visible: false }]);
  });

  test("is refused in CSV by its column", () => {
    const header = "title,workspace_language,workspace_files,workspace_tests,workspace_database";
    const found = (row: string) => refusals(readText("a.csv", `${header}\n${row}\n`));
    expect(found("A,,,visible: a,")).toEqual(["a.csv:2: workspace_language: is missing"]);
    expect(found("A,cobol,,,")[0]).toMatch(/^a\.csv:2: workspace_language: must be one of: text, markdown, python/);
    expect(found("A,python,a/b,,")[0]).toMatch(/^a\.csv:2: workspace_files: must be a plain name/);
    expect(found("A,python,,,CREATE")[0]).toMatch(/^a\.csv:2: workspace_database: must be left out/);
    expect(found('A,python,,"hidden: a\n  b\nhidden: A\n  b",')).toEqual([
      "a.csv:2: workspace_tests: is the name of another one too",
    ]);
  });
});

describe("a workspace in CSV", () => {
  const workspaceOf = (cells: string) =>
    readText("a.csv", `title,workspace_language,workspace_tests\nA,Python,"${cells}"\n`).questions[0]?.draft.workspace;

  test("as people write it: an empty line belongs to a test, and one that does not say is hidden", () => {
    expect(
      workspaceOf("Visible : adds\n  assert add(1, 2) == 3\n\n  assert add(0, 0) == 0\ntakes none\n  assert 1"),
    ).toEqual({
      language: "python",
      starter: "",
      files: [],
      database: "",
      expectedOutput: "",
      tests: [
        { name: "adds", visible: true, code: "assert add(1, 2) == 3\n\nassert add(0, 0) == 0" },
        { name: "takes none", visible: false, code: "assert 1" },
      ],
    });
  });

  test("is none where its cells are empty", () => {
    const text = "title,workspace_language,workspace_starter\nA,python,x = 1\nB,,\n";
    expect(
      readText("a.csv", text).questions.map(({ draft, given }) => [
        draft.workspace?.starter,
        given.includes("workspace"),
      ]),
    ).toEqual([
      ["x = 1", true],
      [undefined, false],
    ]);
  });
});

describe("the plan of an import", () => {
  const bank = (question: Question): Existing => ({
    question: (id) =>
      id === question.id ? { question, draft: draftOfQuestion(question), pack: "small", own: true } : undefined,
    kit: () => undefined,
    pack: () => ({ title: "A small pack", own: true }),
  });
  const planned = (before: Question, after: Question) => {
    const text = JSON.stringify({ whetstone: 1, pack: PACK, questions: [after] });
    const [entry] = planImport(readText("a.json", text), bank(before), "small").entries;
    return [entry?.outcome, entry?.details, entry?.kind === "question" ? entry.draft.workspace : null];
  };
  const before = sampleQuestion({ workspace: python });

  test("takes every space of code for a change, and line ends of other systems for none", () => {
    const indented = { ...python, starter: ` ${python.starter}` };
    expect(planned(before, sampleQuestion({ workspace: indented }))).toEqual(["changed", ["workspace"], indented]);
    const ended = { ...python, starter: python.starter.replaceAll("\n", "\r\n") };
    expect(planned(before, sampleQuestion({ workspace: ended }))).toEqual(["unchanged", [], python]);
  });

  test("leaves the workspace alone of which the import says nothing", () => {
    expect(planned(before, sampleQuestion())).toEqual(["unchanged", [], python]);
    const list = read({ name: "list.md", text: "# Nets\n- Why depth?\n" });
    const depth = sampleQuestion({ id: "why-depth", prompt: "Why?", workspace: python });
    expect(planImport(list, bank(depth), "small").entries[0]).toMatchObject({
      outcome: "changed",
      details: ["prompt"],
      draft: { workspace: python },
    });
  });

  test("of a copy is what was copied", () => {
    const made = questionOfDraft("copy", draftOfQuestion(before));
    expect(made).toEqual({ question: { ...before, id: "copy" } });
  });
});
