import type { ImportFile } from "./parsed.ts";
import { type RawImport, rawImport } from "./raw.ts";
import { recordsOf } from "./records.ts";
import { isCards, readCards } from "./tables/cards.ts";
import { promptByName } from "./tables/meant-columns.ts";
import { isOwnHeader } from "./tables/own-table.ts";
import { knownIn, MOST_COLUMNS, readRecords, tooWide } from "./tables/read-records.ts";
import { withPlainLineEnds } from "./tidy.ts";

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Reads a table as a spreadsheet or another program saves it: by the names of its columns, ours or others'. */
export function readCsv({ name, text }: ImportFile): RawImport {
  // Excel's own first line, `sep=;`; it is emptied and not removed, so that lines keep their numbers.
  const lines = withPlainLineEnds(text).replace(/^sep=.(?=\n)/, "");
  if (isCards(lines)) return readCards({ name, text: lines });
  // Looked at before it is read, as that alone takes long.
  const columns = Math.max(...SEPARATORS.map((separator) => (lines.split("\n", 1)[0] ?? "").split(separator).length));
  if (columns > MOST_COLUMNS) return tooWide({ file: name, line: 1 }, columns);
  const records = recordsOf(lines, name, separatorOf(lines));
  if ("message" in records) return rawImport({ refused: [records] });
  if (records.length > 0) return readRecords(records, null);
  return rawImport({ passedOver: [{ at: { file: name, line: 1 }, message: "The file is empty." }] });
}

/**
 * Whether a text without an ending is a table: its first line names columns that are known, one of them the question, and every row has as many
 * cells; or there are tabs in every line, as in what is copied from a sheet.
 */
export function isTable(text: string): boolean {
  if (isCards(text)) return true;
  const header = headerOf(text);
  if (header.trimStart().startsWith("|")) return false;
  return isCopied(text) || SEPARATORS.some((separator) => isNamed(text, header, separator));
}

function isNamed(text: string, header: string, separator: string): boolean {
  const cells = cellsOf(header, separator);
  if (cells.length < 2 || !(isOwnHeader(cells) || promptByName(cells) !== null)) return false;
  // A sentence may list such words too; a header has names and nothing else.
  if (cells.some((cell) => cell.length > LONGEST_NAME) || /[.?!:]\s*$/.test(header)) return false;
  if (knownIn(cells) >= 2 && knownIn(cells) === cells.length) return true;
  if (separator === "," && /,\s/.test(header)) return false;
  const records = recordsOf(withPlainLineEnds(text), "", separator);
  if ("message" in records) return false;
  return (
    records.length > 1 && records.every((record) => record.cells.length > 1 && record.cells.length <= cells.length)
  );
}

const LONGEST_NAME = 60;

/** Numbers and bullets as word processors write them before a tab, which make a list of lines. */
const MARKER = /^\s*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[-*+–—·•◦▪▫‣●○■o]|)$/i;

/** Whether every line has as many tabs as the first, and not as the lines of a list have them. */
function isCopied(text: string): boolean {
  let width = 0;
  let lines = 0;
  let marked = 0;
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    if (line.trim() === "") continue;
    const cells = line.split("\t");
    if (lines === 0) width = cells.length;
    if (cells.length !== width || width < 2) return false;
    if (MARKER.test(cells[0] ?? "")) marked += 1;
    lines += 1;
  }
  return lines > 0 && marked < lines && (lines > 1 || isAskedBare(text));
}

/** Of one line alone, whether it is a question, a tab and more. */
const isAskedBare = (line: string): boolean => /^[^\t]*[?？؟]["'”’»)]*\t[^\t]*\S/.test(line);

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
