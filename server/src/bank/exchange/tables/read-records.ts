import { cellList, withFormula } from "../csv-cells.ts";
import { isCsvColumn } from "../csv-columns.ts";
import { askingOf, asksByMark } from "../list/asking.ts";
import type { PassedOver, Place } from "../parsed.ts";
import { shortened } from "../phrases.ts";
import { joined, type RawImport, rawImport, refusal } from "../raw.ts";
import type { CellRecord } from "../records.ts";
import { meaningOf, promptRank } from "./column-names.ts";
import { readForeign } from "./foreign-table.ts";
import { promptByName } from "./meant-columns.ts";
import { columnName, isOwnHeader, readOwn, withoutColumn } from "./own-table.ts";
import { cellsOf, leftOut, type Row } from "./table.ts";

/** More than any sheet has; each of them would be looked at and named. */
export const MOST_COLUMNS = 20_000;
/** How far below the top the names of the columns may stand. */
const MOST_ABOVE = 10;

export const tooWide = (at: Place, columns: number): RawImport =>
  refusal(at, "", `the first line has ${columns.toLocaleString("en-GB")} columns, far more than a question has`);

/** Reads the records of a file or a sheet, of which one of the first names the columns. `topic` is for questions that name none. */
export function readRecords(records: readonly CellRecord[], topic: string | null): RawImport {
  const wide = records.slice(0, MOST_ABOVE).find(({ cells }) => cells.length > MOST_COLUMNS);
  if (wide) return tooWide(wide.at, wide.cells.length);
  const index = headerOf(records);
  const header = records[index];
  if (!header) return rawImport({});
  const above = rawImport({ passedOver: records.slice(0, index).flatMap(aboveHeader) });
  const below = records.slice(index + 1);
  if (isOwnHeader(header.cells)) return joined([above, readOwn(header, below, topic)]);
  const names = promptByName(header.cells) === null ? namesOfBare(records) : null;
  if (names) return readOthers({ ...header, cells: names }, records, topic);
  return joined([above, readOthers(header, below, topic)]);
}

/** The record that names the columns: of the first ones, one with a name of a question and of another column; else one with the former. */
function headerOf(records: readonly CellRecord[]): number {
  const first = records.slice(0, MOST_ABOVE);
  const widest = Math.max(...first.map(widthOf));
  const isNamed = first.map((record) => {
    const { cells } = record;
    if (isOwnHeader(cells)) return true;
    const rank = promptRank(cells[promptByName(cells) ?? -1] ?? "");
    // Above a table may stand what it is a table of, in one cell and in more words than a name has.
    return rank !== null && (Number.isInteger(rank) || widthOf(record) > 1 || widest === 1);
  });
  const whole = first.findIndex(({ cells }, index) => isNamed[index] && knownIn(cells) > 1);
  return Math.max(0, whole >= 0 ? whole : isNamed.indexOf(true));
}

/** How many cells hold anything. */
const widthOf = ({ cells }: CellRecord): number => cells.filter((cell) => cell.trim() !== "").length;

/** How many of a header's names are known. */
export const knownIn = (cells: readonly string[]): number =>
  cells.filter((cell) => isCsvColumn(columnName(cell)) || meaningOf(cell) !== null).length;

const QUOTED = 300;

function aboveHeader({ cells, at }: CellRecord): PassedOver[] {
  const text = cells.filter((cell) => cell.trim() !== "").join(", ");
  return text === ""
    ? []
    : [leftOut(at, `This row stands above the names of the columns, and was left out: “${shortened(text, QUOTED)}”`)];
}

/** A cell as long as a mark beside a question may be. */
const SHORT = 40;

/**
 * Names for the columns of records without any: where every text of one column asks something, and it is the first, or the others hold but
 * short marks. `null` where that is not certain.
 */
function namesOfBare(records: readonly CellRecord[]): string[] | null {
  const rows = records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const width = rows[0]?.cells.length ?? 0;
  if (width === 0 || rows.some(({ cells }) => cells.length !== width)) return null;
  const columns = Array.from({ length: width }, (_, index) => rows.map(({ cells }) => (cells[index] ?? "").trim()));
  if (areQuestionsAndAnswers(columns)) return ["question", "answer"];
  const asking = columns.flatMap((texts, index) => (texts.every(asksByMark) ? [index] : []));
  const [found, second] = asking;
  if (found === undefined || second !== undefined) return null;
  const isCertain =
    found === 0 || columns.every((texts, index) => index === found || texts.every((text) => text.length <= SHORT));
  if (!isCertain) return null;
  return columns.map((_, index) => (index === found ? "question" : width === 2 ? "answer" : ""));
}

/** Whether of two columns most of the first asks, in whatever words, and nothing of the second does. */
function areQuestionsAndAnswers([first = [], second = [], ...others]: readonly (readonly string[])[]): boolean {
  const asking = first.filter((text) => askingOf(text) !== null).length;
  return (
    others.length === 0 &&
    asking > 1 &&
    asking * 2 > first.length &&
    !second.some((text) => asksByMark(text)) &&
    second.some((text) => text !== "")
  );
}

/** Columns that are lists in our own files, and are read as such wherever they stand. */
const LISTS: ReadonlySet<string> = new Set(["strong_answer", "red_flags", "hints", "follow_ups"]);

function readOthers(header: CellRecord, records: readonly CellRecord[], topic: string | null): RawImport {
  const columns = header.cells;
  const areLists = columns.map((name) => LISTS.has(columnName(name)));
  const rows: Row[] = [];
  const parts: RawImport[] = [];
  for (const { cells, at } of records) {
    const extra = cells.findIndex((cell, index) => index >= columns.length && cell.trim() !== "");
    if (extra >= 0) parts.push(refusal(at, "", withoutColumn(extra)));
    else {
      const texts = cells.slice(0, columns.length).map(withFormula);
      rows.push({
        at,
        cells: cellsOf(texts.map((text, index) => (areLists[index] ? cellList(text) : [text]))),
        notes: [],
      });
    }
  }
  return joined([...parts, readForeign({ columns, at: header.at, rows, topic })]);
}
