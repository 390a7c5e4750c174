import { CsvError, parse } from "csv-parse/sync";
import type { Place, Refused } from "./parsed.ts";

/** A record as it stands in a file or a sheet: its cells as they are written, and where it begins. */
export interface CellRecord {
  readonly cells: readonly string[];
  readonly at: Place;
}

/** The records of a text with the lines that they begin in, or why it cannot be read. */
export function recordsOf(text: string, file: string, delimiter: string): CellRecord[] | Refused {
  const records: CellRecord[] = [];
  let end = 0;
  const at = (line: number): Place => ({ file, line });
  try {
    parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        end = lines;
        records.push({ cells, at: at(lines - cells.join("").split("\n").length + 1) });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message =
      error.code === "CSV_QUOTE_NOT_CLOSED"
        ? "a quotation mark is opened here or below and never closed"
        : `this is no valid CSV: ${error.message}`;
    return { at: at(end + 1), field: "", message };
  }
}
