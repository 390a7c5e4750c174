import type { QuestionDraft } from "@whetstone/shared/authored";

/** How lists and follow-ups stand in one cell of a CSV file. What is written here is read back unchanged. */

type FollowUp = QuestionDraft["followUps"][number];

/** One entry a line; an entry's further lines are indented by two spaces. */
export const listCell = (entries: readonly string[]): string =>
  entries.map((entry) => entry.replaceAll("\n", "\n  ")).join("\n");

export function cellList(cell: string): string[] {
  const entries: string[] = [];
  for (const line of cell.split("\n")) {
    const last = entries.at(-1);
    if (last !== undefined && line.startsWith("  ")) entries[entries.length - 1] = `${last}\n${line.slice(2)}`;
    else if (line.trim() !== "") entries.push(line);
  }
  return entries.map((entry) => entry.trim());
}

/** A list of single words, which commas and semicolons separate too. */
export const cellWords = (cell: string): string[] =>
  cell
    .split(/[\n,;]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");

const SEPARATOR = " >> ";

export const followUpCell = ({ ask, probes }: FollowUp): string =>
  probes === "" ? escaped(ask) : `${escaped(ask)}${SEPARATOR}${escaped(probes)}`;

export function cellFollowUp(cell: string): FollowUp {
  const end = cell.indexOf(SEPARATOR);
  if (end < 0) return { ask: unescaped(cell).trim(), probes: "" };
  return { ask: unescaped(cell.slice(0, end)).trim(), probes: unescaped(cell.slice(end + SEPARATOR.length)).trim() };
}

/** A `>>` that stands alone in a text gets a backslash, and one more if it has some. */
const escaped = (text: string): string => text.replace(/(^|\s)(\\*>>)(?=\s|$)/g, "$1\\$2");
const unescaped = (text: string): string => text.replace(/(^|\s)\\(\\*>>)(?=\s|$)/g, "$1$2");

const SIGNS = "=+\\-@＝＋－＠";
const FORMULA = new RegExp(`^'*[${SIGNS}\\t\\r\\n]`);

/** The cell with an apostrophe before what a spreadsheet would take for a formula. */
export const withoutFormula = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
/** The cell as it was before `withoutFormula`. */
export const withFormula = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/**
 * Where a cell begins for whatever separator a file is opened with: a program that takes semicolons reads on past the quotes of a cell
 * that commas end, so each separator and each line within a text begins one. What is looked behind is the run between two signs and
 * no more, so a text is read once.
 */
const BEGUN = "(?<=(?:^|[,;|\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029])[\\s\"']*)";
const BEGINNINGS = new RegExp(`(?=[${SIGNS}])${BEGUN}`, "g");
const APOSTROPHES = new RegExp(`'(?=[${SIGNS}])${BEGUN}`, "g");
const BLANK = /^'*[\t\r\n]/;

/** The cell with an apostrophe before each sign that would begin a formula, whatever separates the cells. */
export function withoutFormulas(cell: string): string {
  const kept = cell.replace(BEGINNINGS, "'");
  return BLANK.test(kept) ? `'${kept}` : kept;
}
/** The cell as it was before `withoutFormulas`. */
export const withFormulas = (cell: string): string =>
  (cell.startsWith("'") && BLANK.test(cell) ? cell.slice(1) : cell).replace(APOSTROPHES, "");
