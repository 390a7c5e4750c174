import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { Connection } from "./connection.ts";

/** Who holds a lock: the process, the machine's name as it knows itself, and since when (ISO 8601). */
const Holder = z.object({ pid: z.int(), host: z.string(), since: z.string() });
export type Holder = z.infer<typeof Holder>;

/** Another process holds the lock; `holder` is null where it does not say who it is. */
export class Locked extends Error {
  readonly holder: Holder | null;

  constructor(holder: Holder | null) {
    super("Another process holds the lock.");
    this.holder = holder;
  }
}

export interface Lock {
  release(): void;
}

/**
 * Takes a lock for the life of this process, or throws `Locked`; makes the folder where it is missing. The lock is SQLite's own on the
 * file at `path`: the operating system holds it, on Linux, macOS and Windows alike, and takes it back with the process however that
 * ends. So there is no stale lock, and no process number is ever compared, which repeat in containers and after a restart of the
 * machine. Who holds it stands beside it, only to be read by people. `now` is in milliseconds since 1970.
 */
export function takeLock(path: string, holderPath: string, now: number): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const connection = new Connection(path);
  try {
    // Nothing is ever written in this transaction, so that it needs no space and leaves nothing to be mended.
    connection.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    connection.close();
    throw isBusy(error) ? new Locked(readHolder(holderPath)) : error;
  }
  try {
    writeHolder(holderPath, { pid: process.pid, host: hostname(), since: new Date(now).toISOString() });
  } catch (error) {
    connection.close();
    throw error;
  }
  return {
    release: () => {
      rmSync(holderPath, { force: true });
      connection.close();
    },
  };
}

const isBusy = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "SQLITE_BUSY";

/** Under its name only once it is whole, as another process may read it at any moment. */
function writeHolder(path: string, holder: Holder): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(holder)}\n`);
  renameSync(`${path}.new`, path);
}

function readHolder(path: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
