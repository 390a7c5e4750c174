import type { ExportFormat } from "@whetstone/shared/export-wire";
import { toAshby } from "./ashby.ts";
import { toCsv } from "./csv.ts";
import { toGreenhouse } from "./greenhouse.ts";
import { toJson } from "./json.ts";
import { toLever } from "./lever.ts";
import { toMarkdown } from "./markdown.ts";
import type { PdfPrinter } from "./pdf.ts";
import type { RoomExport } from "./room-export.ts";
import { toXlsx } from "./xlsx.ts";

/** A file's contents, or why they cannot be made just now, as a sentence. */
type Written = string | Uint8Array | { readonly problem: string };

interface Writer {
  readonly mediaType: string;
  readonly write: (exported: RoomExport) => Written | Promise<Written>;
}

const JSON_TYPE = "application/json; charset=utf-8";

/**
 * How each format is written; pages by the `printer`, which stays the caller's to close. Who has interviews to serve passes a `workbook`
 * that is written elsewhere.
 */
export const writers = (
  printer: PdfPrinter,
  workbook: Writer["write"] = toXlsx,
): Readonly<Record<ExportFormat, Writer>> => ({
  pdf: { mediaType: "application/pdf", write: (exported) => printer.toPdf(exported) },
  xlsx: { mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write: workbook },
  csv: { mediaType: "text/csv; charset=utf-8", write: toCsv },
  md: { mediaType: "text/markdown; charset=utf-8", write: toMarkdown },
  json: { mediaType: JSON_TYPE, write: toJson },
  "greenhouse.json": { mediaType: JSON_TYPE, write: toGreenhouse },
  "lever.json": { mediaType: JSON_TYPE, write: toLever },
  "ashby.json": { mediaType: JSON_TYPE, write: toAshby },
});
