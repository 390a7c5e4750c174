import { stringify } from "csv-stringify/sync";
import { withoutFormulas } from "./csv-cells.ts";

/**
 * Rows as CSV: UTF-8 with a byte-order mark and CRLF line ends (RFC 4180). Every cell is quoted, and none is a formula, whether the file
 * is opened with commas, semicolons, tabs or upright lines.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(withoutFormulas));
  return stringify(cells, { bom: true, quoted: true, quoted_empty: true, record_delimiter: "windows" });
}
