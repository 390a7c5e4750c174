import type { ExportFormat } from "@whetstone/shared/export-wire";
import type { Pool } from "../threads/pool.ts";
import { type Kind, WORK } from "../threads/work.ts";
import { toAshby } from "./ashby.ts";
import { toCsv } from "./csv.ts";
import { toGreenhouse } from "./greenhouse.ts";
import { toJson } from "./json.ts";
import { toLever } from "./lever.ts";
import { toMarkdown } from "./markdown.ts";
import { packed } from "./packed.ts";
import { toPdf } from "./pdf/print.ts";
import type pdfWork from "./pdf-thread.ts";
import type { RoomExport } from "./room-export.ts";
import { toXlsx } from "./xlsx.ts";
import type xlsxWork from "./xlsx-thread.ts";

/** A file's contents, or why they cannot be made just now, as a sentence. */
type Written = string | Uint8Array | { readonly problem: string };

interface Writer {
  readonly mediaType: string;
  readonly write: (exported: RoomExport) => Written | Promise<Written>;
}

const JSON_TYPE = "application/json; charset=utf-8";

type Writers = Readonly<Record<ExportFormat, Writer>>;

/** How each format is written, in the calling thread. */
export const writers: Writers = {
  pdf: { mediaType: "application/pdf", write: toPdf },
  xlsx: { mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write: toXlsx },
  csv: { mediaType: "text/csv; charset=utf-8", write: toCsv },
  md: { mediaType: "text/markdown; charset=utf-8", write: toMarkdown },
  json: { mediaType: JSON_TYPE, write: toJson },
  "greenhouse.json": { mediaType: JSON_TYPE, write: toGreenhouse },
  "lever.json": { mediaType: JSON_TYPE, write: toLever },
  "ashby.json": { mediaType: JSON_TYPE, write: toAshby },
};

/** The same for whoever has interviews to serve: what takes long is written in a thread. */
export const writersBeside = (pool: Pool, asker: string): Writers => ({
  ...writers,
  pdf: {
    ...writers.pdf,
    write: (exported) => orProblem("PDF", inThread(pool, asker, WORK.pdf, exported)),
  },
  xlsx: {
    ...writers.xlsx,
    write: (exported) => orProblem("workbook", inThread(pool, asker, WORK.workbook, exported)),
  },
});

function inThread(pool: Pool, asker: string, kind: Kind, exported: RoomExport) {
  const task = packed(exported);
  const about = { asker, bytes: task.byteLength, transfer: [task.buffer] };
  return pool.run<typeof pdfWork | typeof xlsxWork>(kind, task, about);
}

/** What a thread writes, or a sentence where it died or none is free. */
async function orProblem(what: string, written: Promise<Uint8Array | { problem: string }>) {
  try {
    return await written;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { problem: `The ${what} could not be made: ${why}. Try again, or take another format.` };
  }
}
