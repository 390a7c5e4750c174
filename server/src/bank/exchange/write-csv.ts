import type { Criterion, Question } from "@whetstone/shared/bank";
import type { CandidateWorkspace, Workspace } from "@whetstone/shared/workspace/workspace";
import type { Prompt } from "./contents.ts";
import { followUpCell, listCell } from "./csv-cells.ts";
import { filesCell, testsCell } from "./csv-code.ts";
import { CSV_COLUMNS, type CsvColumn, isWorkspaceColumn, PROMPT_COLUMNS, SEEN_COLUMNS } from "./csv-columns.ts";
import { csvText } from "./csv-text.ts";

type Row = Readonly<Record<string, string>>;

/** The columns of `CSV_COLUMNS`, a row for each question. A pack and its kits have no place in it. */
export function csvOfQuestions(questions: readonly Question[]): string {
  const columns = Object.keys(CSV_COLUMNS);
  const hasWorkspace = questions.some(({ workspace }) => workspace);
  return csv(hasWorkspace ? columns : columns.filter((column) => !isWorkspaceColumn(column)), questions.map(rowOf));
}

export const csvOfPrompts = (prompts: readonly Prompt[]): string =>
  csv(
    prompts.some(({ workspace }) => workspace) ? [...PROMPT_COLUMNS, ...SEEN_COLUMNS] : PROMPT_COLUMNS,
    prompts.map(({ topic, level, minutes, prompt, workspace }) => ({
      topic,
      level,
      minutes: String(minutes),
      prompt,
      ...(workspace && seenCells(workspace)),
    })),
  );

const seenCells = ({ language, starter, files, database, tests }: CandidateWorkspace): Row => ({
  workspace_language: language,
  workspace_starter: starter,
  workspace_files: filesCell(files),
  workspace_database: database,
  workspace_tests: testsCell(tests.map((test) => ({ ...test, visible: true }))),
});

const workspaceCells = (workspace: Workspace): Row => ({
  ...seenCells(workspace),
  workspace_expected_output: workspace.expectedOutput,
  workspace_tests: testsCell(workspace.tests),
});

const csv = (columns: readonly string[], rows: readonly Row[]): string =>
  csvText([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]);

function rowOf(question: Question): Row {
  return {
    id: question.id,
    title: question.title,
    topic: question.topic,
    level: question.level,
    minutes: String(question.minutes),
    tags: listCell(question.tags),
    aliases: listCell(question.aliases),
    prompt: question.prompt,
    hints: listCell(question.hints),
    follow_ups: listCell(question.followUps.map(followUpCell)),
    strong_answer: listCell(question.strongAnswer),
    red_flags: listCell(question.redFlags),
    ...Object.fromEntries(question.criteria.flatMap(criterionCells)),
    ...(question.workspace && workspaceCells(question.workspace)),
    references: listCell(question.references),
    covers: listCell(question.covers),
    reviewed: question.reviewed,
  } satisfies Partial<Record<CsvColumn, string>>;
}

const criterionCells = ({ id, name, anchors }: Criterion, index: number): [string, string][] => [
  [`criterion_${index + 1}_id`, id],
  [`criterion_${index + 1}_name`, name],
  ...anchors.map((anchor, level): [string, string] => [`criterion_${index + 1}_level_${level + 1}`, anchor]),
];
