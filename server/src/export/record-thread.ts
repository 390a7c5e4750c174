import "../threads/background.ts";
import { deserialize } from "node:v8";
import { strToU8, zipSync } from "fflate";
import { fileName, folderName } from "./file-name.ts";
import { writers } from "./formats.ts";
import type { CandidateRecord } from "./record.ts";

/** What people read beside the record itself. */
const READABLE = ["pdf", "md", "csv"] as const;

/** A ZIP of the record and of the room's files, with the sentences of what could not be made. */
export default async function zipRecord(packed: Uint8Array): Promise<Uint8Array> {
  const record: CandidateRecord = deserialize(packed);
  const folder = folderName(record.room);
  const files: Record<string, Uint8Array> = {};
  const problems: string[] = [];
  for (const format of READABLE) {
    const name = fileName(record.room, format).full;
    const written = await writers[format].write(record.room);
    if (typeof written === "object" && "problem" in written) problems.push(`${name}: ${written.problem}`);
    else files[`${folder}/${name}`] = typeof written === "string" ? strToU8(written) : written;
  }
  const whole = { ...record, leftOut: [...record.leftOut, ...problems] };
  files[`${folder}/record.json`] = strToU8(`${JSON.stringify(whole, null, 2)}\n`);
  return zipSync(files);
}
