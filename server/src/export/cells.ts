import { withoutFormula } from "../bank/exchange/csv-cells.ts";

/** What a cell of a spreadsheet holds. */
export type CellValue = string | number | Date | null;

/** Everything that XML 1.0 has no place for: most control characters, halves of surrogate pairs, non-characters. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The text without what no sheet can hold, as such a character could hide a formula. */
export const writableText = (text: string): string => text.replace(UNWRITABLE, "");

/**
 * A text that a workbook can hold and does not calculate. One that begins with `= + - @` (or their full-width forms), a tab or a line's
 * end gets an apostrophe in front: a program that opens the file would otherwise run as a formula what a candidate or rater wrote, which
 * can send the sheet's contents elsewhere (CSV injection, https://owasp.org/www-community/attacks/CSV_Injection). A cell says that it is
 * text, but a sheet that is saved as CSV forgets it. Where cells end is certain in a workbook, so what stands within a text stays as it is.
 */
export const harmlessText = (text: string): string => withoutFormula(writableText(text));
