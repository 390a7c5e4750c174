import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { StartFault } from "../start-faults.ts";

/**
 * A key that is made once and kept in the file at `path`, readable by its owner only: so many random bytes as base64url. Throws a
 * `StartFault` where what is kept has not that many, as a shorter key would be a weak one.
 */
export function keptKey(path: string, bytes: number): string {
  const kept = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
  if (kept !== "") {
    if (Buffer.from(kept, "base64url").length >= bytes) return kept;
    throw new StartFault(`The key in ${path} is not whole.`, [
      "Put the file back from a copy, or delete it, and the server makes another key.",
    ]);
  }
  const key = randomBytes(bytes).toString("base64url");
  // Under its name only once it is whole, as half a key would be a weak one.
  writeFileSync(`${path}.new`, `${key}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return key;
}
