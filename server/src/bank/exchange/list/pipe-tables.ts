/** Tables as Markdown has them: cells between `|`, and below the first row a ruler. */

/** Ends a line within a cell, as a row stands in one line. No text holds this sign, as what does is no text file. */
export const END_IN_CELL = "\u0003";

const RULER = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$|^\|\s*:?-+:?\s*$/;

export const isRow = (text: string): boolean => /[^|\s]\s*\||^\|/.test(text.slice(0, 2_000));

export const isRuler = (text: string): boolean => text.length < 2_000 && RULER.test(text.trim());

/** The cells of a row; a `\\|` is a sign of the text. */
export function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => linesOf(cell.replaceAll("\\|", "|")).join("\n"));
}

/** The lines of a cell that say anything. */
function linesOf(cell: string): string[] {
  const lines = cell.split(END_IN_CELL).map((line) => line.trim());
  return lines.filter((line) => line !== "");
}
