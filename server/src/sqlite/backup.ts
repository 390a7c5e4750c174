import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { Connection } from "./connection.ts";
import { refuseNewer } from "./database.ts";
import { holdsSealed } from "./rows.ts";

/** More pages than a database has. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the database at `from` to a new file at `to`, readable by its owner only, while servers write: SQLite's own online backup, in one
 * read of the whole, which no writer waits for and which no writing begins anew. The copy is looked through and is one file
 * alone; under its name it is there only once it is whole. Throws, and leaves nothing, where that fails or `to` is there already.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already`);
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  closeSync(openSync(partial, "wx", 0o600));
  try {
    const source = new Connection(from, { readonly: true, fileMustExist: true });
    try {
      await source.backup(partial, { progress: () => ALL_PAGES });
    } finally {
      source.close();
    }
    makeOneFile(partial);
    settle(partial, to);
  } catch (error) {
    for (const name of [partial, `${partial}-journal`, `${partial}-wal`, `${partial}-shm`])
      rmSync(name, { force: true });
    throw error;
  }
}

/** What a database holds, as numbers. */
export interface Holdings {
  readonly rooms: number;
  readonly commits: number;
}

/** Looks a database through, every page of it, and counts what it holds; throws where it is damaged, newer than this version, or none of ours. */
export function inspectDatabase(path: string): Holdings {
  const connection = new Connection(path, { readonly: true, fileMustExist: true });
  try {
    const fault = connection.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get();
    if (fault !== "ok") throw new Error(`it is damaged: ${fault}`);
    refuseNewer(connection);
    const count = (table: "rooms" | "commits") =>
      connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    return { rooms: count("rooms"), commits: count("commits") };
  } finally {
    connection.close();
  }
}

/** Whether texts in a database are sealed, so that it is read with its keys alone. */
export function isSealed(path: string): boolean {
  const connection = new Connection(path, { readonly: true, fileMustExist: true });
  try {
    // A backup from before texts were sealed has no place for them.
    const columns = connection.prepare<[], string>("SELECT name FROM pragma_table_info('commits')").pluck().all();
    return columns.includes("sealed") && holdsSealed(connection);
  } finally {
    connection.close();
  }
}

/** Puts a backup at `to`, where nothing is; under its name only once it is whole and on disk. */
export function placeDatabase(backup: string, to: string): void {
  const partial = `${to}.partial`;
  copyFileSync(backup, partial);
  settle(partial, to);
}

/** The copy has its source's write-ahead log by name; without it the file can be read wherever it is, also where nothing can be written. */
function makeOneFile(path: string): void {
  const connection = new Connection(path);
  try {
    connection.exec("PRAGMA journal_mode = DELETE");
  } finally {
    connection.close();
  }
  inspectDatabase(path);
}

function settle(partial: string, to: string): void {
  const file = openSync(partial, "r+");
  fsyncSync(file);
  closeSync(file);
  renameSync(partial, to);
}
