import "../threads/background.ts";
import { on } from "node:events";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import type { ExportFormat } from "@whetstone/shared/export-wire";
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { fileName, folderName } from "./file-name.ts";
import { writers } from "./formats.ts";
import type { RoomExport } from "./room-export.ts";

export interface ZipTask {
  readonly path: string;
  readonly formats: readonly ExportFormat[];
  /** Where the rooms come from, one after the other; each is answered when its files are in. */
  readonly port: MessagePort;
}
export type ZipRequest =
  | { readonly kind: "room"; readonly exported: RoomExport }
  | { readonly kind: "end" }
  /** Leaves nothing of the file. */
  | { readonly kind: "stop" };
/** The problems of files that could not be made. */
export type ZipAnswer = readonly string[];

/** Formats whose files are compressed already. */
const COMPRESSED: ReadonlySet<ExportFormat> = new Set(["pdf", "xlsx"]);

/** Makes one ZIP of the rooms that come, until it is told to end. */
export default async function writeZip({ path, formats, port }: ZipTask): Promise<void> {
  const file = openSync(path, "w", 0o600);
  const names = new Set<string>();
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    writeSync(file, chunk);
  });
  try {
    for await (const request of requestsOf(port)) {
      switch (request.kind) {
        case "room":
          port.postMessage((await addRoom(zip, names, formats, request.exported)) satisfies ZipAnswer);
          break;
        case "end":
          zip.end();
          return;
        case "stop":
          rmSync(path, { force: true });
          return;
        default:
          return request satisfies never;
      }
    }
  } finally {
    closeSync(file);
    port.close();
  }
}

async function* requestsOf(port: MessagePort): AsyncGenerator<ZipRequest> {
  for await (const [request] of on(port, "message")) yield request;
}

async function addRoom(
  zip: Zip,
  names: Set<string>,
  formats: readonly ExportFormat[],
  exported: RoomExport,
): Promise<string[]> {
  const problems: string[] = [];
  const folder = folderName(exported);
  for (const format of formats) {
    const name = unused(names, folder, fileName(exported, format).full);
    const written = await writers[format].write(exported);
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
function unused(names: Set<string>, folder: string, name: string): string {
  const [stem = "", ...extensions] = name.split(".");
  let candidate = `${folder}/${name}`;
  for (let number = 2; names.has(candidate); number++) {
    candidate = `${folder}/${[`${stem}-${number}`, ...extensions].join(".")}`;
  }
  names.add(candidate);
  return candidate;
}
