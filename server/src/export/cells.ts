import { withoutFormula } from "../bank/exchange/csv-cells.ts";

/** What a cell of a spreadsheet holds. */
export type CellValue = string | number | Date | null;

/** Everything that XML 1.0 has no place for: most control characters, halves of surrogate pairs, non-characters. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * A text that a spreadsheet can hold and does not calculate. One that begins with `= + - @` (or their full-width
 * forms), a tab or a line's end gets an apostrophe in front: a program that opens the file would otherwise run as a
 * formula what a candidate or rater wrote, which can send the sheet's contents elsewhere (CSV injection,
 * https://owasp.org/www-community/attacks/CSV_Injection). An XLSX cell says that it is text, but a sheet that is saved
 * as CSV forgets it; so both formats go through here. Characters that no sheet can hold are left out first, as one of
 * them could hide a formula. Numbers and dates need none of this.
 */
export const harmlessText = (text: string): string => withoutFormula(text.replace(UNWRITABLE, ""));
