import type { ImportFile } from "./parsed.ts";
import { type RawImport, rawImport } from "./raw.ts";
import { recordsOf } from "./records.ts";
import { isCards, readCards } from "./tables/cards.ts";
import { promptByName } from "./tables/meant-columns.ts";
import { isOwnHeader } from "./tables/own-table.ts";
import { knownIn, readRecords } from "./tables/read-records.ts";
import { withPlainLineEnds } from "./tidy.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Reads a table as a spreadsheet or another program saves it: by the names of its columns, ours or others'. */
export function readCsv({ name, text }: ImportFile): RawImport {
  // Excel's own first line, `sep=;`; it is emptied and not removed, so that lines keep their numbers.
  const lines = withPlainLineEnds(text).replace(/^sep=.(?=\n)/, "");
  if (isCards(lines)) return readCards({ name, text: lines });
  const records = recordsOf(lines, name, separatorOf(lines));
  if ("message" in records) return rawImport({ refused: [records] });
  if (records.length > 0) return readRecords(records, null);
  return rawImport({ passedOver: [{ at: { file: name, line: 1 }, message: "The file is empty." }] });
}

/** Whether a text without an ending is a table: its first line names at least two columns that are known, one of them the question. */
export function isTable(text: string): boolean {
  const header = headerOf(text);
  if (isCards(text)) return true;
  if (header.trimStart().startsWith("|")) return false;
  return SEPARATORS.some((separator) => {
    const cells = cellsOf(header, separator);
    if (knownIn(cells) < 2 || !(isOwnHeader(cells) || promptByName(cells) !== null)) return false;
    // A sentence may list such words too; a header has names and nothing else, and rows below it.
    return cells.every((cell) => cell.length <= LONGEST_NAME) && !/[.?!:]\s*$/.test(header);
  });
}

const LONGEST_NAME = 60;

/** Whether every line is a question, a tab and more: two or more columns as they are copied from a table. */
export function isBareTable(text: string): boolean {
  let lines = 0;
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    if (line.trim() === "") continue;
    if (!/^[^\t]*[?？؟]["'”’»)]*\t[^\t]*\S/.test(line)) return false;
    lines += 1;
  }
  return lines > 0;
}

const headerOf = (text: string): string => text.trimStart().split("\n", 1)[0] ?? "";
const cellsOf = (header: string, separator: string): string[] =>
  header.split(separator).map((cell) => cell.replaceAll('"', "").trim());

/** The separator with which most columns are known, or else the one that stands in the first line most often. */
function separatorOf(text: string): string {
  const header = headerOf(text);
  const cells = (separator: string) => cellsOf(header, separator);
  const known = SEPARATORS.map((separator) => knownIn(cells(separator)));
  const most = Math.max(...known);
  const counts = SEPARATORS.map((separator, index) => (known[index] === most ? cells(separator).length : 0));
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
