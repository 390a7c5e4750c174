import { closeSync, openSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { ExportFormat } from "@whetstone/shared/export-wire";
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { workInBackground } from "./background.ts";
import { fileName, folderName } from "./file-name.ts";
import { writers } from "./formats.ts";
import { PdfPrinter } from "./pdf.ts";
import type { RoomExport } from "./room-export.ts";

// A thread that makes one ZIP: it is sent one room after the other, answers each when its files are in, and ends with the last.

export interface ZipWork {
  readonly path: string;
  readonly formats: readonly ExportFormat[];
}
export type ZipRequest = { readonly kind: "room"; readonly exported: RoomExport } | { readonly kind: "end" };
export type ZipAnswer = { readonly kind: "added"; readonly problems: readonly string[] } | { readonly kind: "closed" };

/** Formats whose files are compressed already. */
const COMPRESSED: ReadonlySet<ExportFormat> = new Set(["pdf", "xlsx"]);

workInBackground();
const { path, formats }: ZipWork = workerData;
const file = openSync(path, "w", 0o600);
const printer = new PdfPrinter();
const formatWriters = writers(printer);
const names = new Set<string>();
const zip = new Zip((error, chunk, isLast) => {
  if (error) throw error;
  writeSync(file, chunk);
  if (isLast) closeSync(file);
});

parentPort?.on("message", async (request: ZipRequest) => {
  switch (request.kind) {
    case "room":
      return answer({ kind: "added", problems: await addRoom(request.exported) });
    case "end":
      zip.end();
      await printer.close();
      answer({ kind: "closed" });
      return parentPort?.close();
    default:
      return request satisfies never;
  }
});

const answer = (message: ZipAnswer): void => parentPort?.postMessage(message);

async function addRoom(exported: RoomExport): Promise<string[]> {
  const problems: string[] = [];
  const folder = folderName(exported);
  for (const format of formats) {
    const name = unused(folder, fileName(exported, format).full);
    const written = await formatWriters[format].write(exported);
    if (typeof written === "object" && "problem" in written) {
      problems.push(`${name}: ${written.problem}`);
      continue;
    }
    const entry = COMPRESSED.has(format) ? new ZipPassThrough(name) : new ZipDeflate(name);
    zip.add(entry);
    entry.push(typeof written === "string" ? strToU8(written) : written, true);
  }
  return problems;
}

/** The name in its folder, with a number where two rooms of one candidate are called alike. */
function unused(folder: string, name: string): string {
  const [stem = "", ...extensions] = name.split(".");
  let candidate = `${folder}/${name}`;
  for (let number = 2; names.has(candidate); number++) {
    candidate = `${folder}/${[`${stem}-${number}`, ...extensions].join(".")}`;
  }
  names.add(candidate);
  return candidate;
}
