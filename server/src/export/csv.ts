import { stringify } from "csv-stringify/sync";
import { type CellValue, harmlessText } from "./cells.ts";
import { RATING_COLUMNS, ratingRows } from "./rating-columns.ts";
import type { RoomExport } from "./room-export.ts";

/**
 * One row a rating, UTF-8 with a byte-order mark and CRLF line ends (RFC 4180). Moments are ISO 8601 in UTC; no cell is
 * a formula.
 */
export function toCsv(exported: RoomExport): string {
  const header = RATING_COLUMNS.map(({ name }) => name);
  const rows = ratingRows(exported).map((row) => RATING_COLUMNS.map(({ value }) => cellOf(value(row))));
  return stringify([header, ...rows], { bom: true, quoted_match: /[\r\n]/, record_delimiter: "windows" });
}

function cellOf(value: CellValue): string | number | null {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? harmlessText(value) : value;
}
