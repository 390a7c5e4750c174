/** The columns of a CSV file of questions, each with a sentence for those who fill it. In the order of an export. */
export const CSV_COLUMNS = {
  id: "The identifier, lower-case words joined by hyphens. Where it is missing it is made from the title.",
  title: "A short name for the panel's lists. Where it is missing it is the beginning of the prompt.",
  topic: "The topic, by its identifier or by its name.",
  level: "One of foundation, working, advanced, research. Working where it is missing.",
  minutes: "How long the question takes, 1 to 60. 6 where it is missing.",
  tags: "A list; commas separate too. Words are joined by hyphens.",
  aliases: "A list of other ways to ask the question, for search.",
  prompt: "What the candidate sees, as Markdown. A row needs a title or a prompt.",
  hints: "A list of one to three hints, in rising strength.",
  follow_ups: "A list of two to four follow-ups, each as: what is asked >> what it probes.",
  strong_answer: "A list of four to eight key points of a strong answer.",
  red_flags: "A list of one to eight red flags.",
  criterion_1_id: "The first criterion: its identifier. Where it is missing it is made from the name.",
  criterion_1_name: "The first criterion: its name.",
  criterion_1_level_1: "The first criterion: what an answer at level 1 sounds like.",
  criterion_1_level_2: "The first criterion: what an answer at level 2 sounds like.",
  criterion_1_level_3: "The first criterion: what an answer at level 3 sounds like.",
  criterion_1_level_4: "The first criterion: what an answer at level 4 sounds like.",
  criterion_2_id: "The second criterion: its identifier. Where it is missing it is made from the name.",
  criterion_2_name: "The second criterion: its name.",
  criterion_2_level_1: "The second criterion: what an answer at level 1 sounds like.",
  criterion_2_level_2: "The second criterion: what an answer at level 2 sounds like.",
  criterion_2_level_3: "The second criterion: what an answer at level 3 sounds like.",
  criterion_2_level_4: "The second criterion: what an answer at level 4 sounds like.",
  criterion_3_id:
    "The third criterion, where there is one: its identifier. Where it is missing it is made from the name.",
  criterion_3_name: "The third criterion, where there is one: its name.",
  criterion_3_level_1: "The third criterion, where there is one: what an answer at level 1 sounds like.",
  criterion_3_level_2: "The third criterion, where there is one: what an answer at level 2 sounds like.",
  criterion_3_level_3: "The third criterion, where there is one: what an answer at level 3 sounds like.",
  criterion_3_level_4: "The third criterion, where there is one: what an answer at level 4 sounds like.",
  workspace_language:
    "What the candidate's workspace is written in: text, markdown, python, javascript, typescript or sql. Empty where the question has none.",
  workspace_starter: "What stands in the editor when the question is asked. Spaces and empty lines are kept.",
  workspace_files:
    "Files beside the program: a line with the name of each, and below it its text, every line two spaces in.",
  workspace_database: "With sql, the script that makes the tables.",
  workspace_expected_output: "What a right program prints. The candidate never sees it.",
  workspace_tests:
    "Tests: a line for each as visible: its name, or hidden: its name, and below it its code, every line two spaces in. One that does not say is hidden.",
  references: "A list of papers and books.",
  covers: "A list of items of the pack's source lists, such as A1.5; commas separate too.",
  reviewed: "The month of the last review, as YYYY-MM. The month of the import where it is missing.",
} as const;

export type CsvColumn = keyof typeof CSV_COLUMNS;

/** The columns of a workspace, which an export has where one of its questions has one. */
export const isWorkspaceColumn = (name: string): boolean => name.startsWith("workspace_");

export const isCsvColumn = (name: string): name is CsvColumn => Object.hasOwn(CSV_COLUMNS, name);

/** The columns of an export for candidates, and those of what they see of a workspace, which it has where one of its questions has one. */
export const PROMPT_COLUMNS = ["topic", "level", "minutes", "prompt"] as const satisfies CsvColumn[];
export const SEEN_COLUMNS = [
  "workspace_language",
  "workspace_starter",
  "workspace_files",
  "workspace_database",
  "workspace_tests",
] as const satisfies CsvColumn[];

/**
 * Whether a header is that of an export, whoever saved it since. Only there is an apostrophe within a text one that was put there: whoever
 * writes a file by hand writes `'+', '-'` and means it.
 */
export function isExportHeader(columns: readonly string[]): boolean {
  const all = Object.keys(CSV_COLUMNS);
  const headers = [
    all,
    all.filter((column) => !isWorkspaceColumn(column)),
    PROMPT_COLUMNS,
    [...PROMPT_COLUMNS, ...SEEN_COLUMNS],
  ];
  return headers.some((header) => header.join() === columns.join());
}

/** The columns of each of the three criteria that a question can have. */
export const CRITERION_COLUMNS = [1, 2, 3] as const;

/** What holds for cells of every column. */
export const CSV_RULES = [
  "The first line names the columns, in any order. Commas, semicolons or tabs separate the cells.",
  "The entries of a list are separated by line breaks. A line that begins with two spaces belongs to the entry above.",
  "A cell that a spreadsheet would take for a formula, as it begins with =, +, - or @, has an apostrophe before it.",
  "In an export such a sign has one wherever a cell could begin: after a comma, semicolon, tab, upright line or line break.",
  "These apostrophes are taken off again.",
] as const;
