/** Tables as Markdown has them: cells between `|`, and below the first row a ruler. */

const RULER = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$|^\|\s*:?-+:?\s*$/;

export const isRow = (text: string): boolean => /[^|\s]\s*\||^\|/.test(text.slice(0, 2_000));

export const isRuler = (text: string): boolean => text.length < 2_000 && RULER.test(text.trim());

/** The cells of a row; a `\\|` is a sign of the text. */
export function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
