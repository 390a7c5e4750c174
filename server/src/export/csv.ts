import { csvText } from "../bank/exchange/csv-text.ts";
import { type CellValue, writableText } from "./cells.ts";
import { RATING_COLUMNS, ratingRows } from "./rating-columns.ts";
import type { RoomExport } from "./room-export.ts";

/** One row a rating. Moments are ISO 8601 in UTC; no cell is a formula. */
export const toCsv = (exported: RoomExport): string =>
  csvText([
    RATING_COLUMNS.map(({ name }) => name),
    ...ratingRows(exported).map((row) => RATING_COLUMNS.map(({ value }) => cellOf(value(row)))),
  ]);

function cellOf(value: CellValue): string {
  if (value instanceof Date) return value.toISOString();
  return writableText(String(value ?? ""));
}
