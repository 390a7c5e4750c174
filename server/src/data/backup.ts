import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyDatabase, type Holdings, inspectDatabase, placeDatabase } from "../sqlite/backup.ts";
import { NewerDatabase } from "../sqlite/database.ts";
import { Locked, takeLock } from "../sqlite/lock.ts";
import { IN_BACKUP, OF_THE_LOCK, pathIn } from "./directory.ts";

/**
 * Backups of a data directory: one file each. What belongs to one is told in `directory.ts`; it is the database alone, so that the
 * file is that database.
 */

/** Why a backup or a restoring was not done, as a sentence that says what to do. */
export class BackupFault extends Error {}

const STAMP = /^whetstone-\d{8}T\d{6}Z\.sqlite$/;

/** A backup's name, by the moment of its making (milliseconds since 1970): names sort as moments do. */
const backupName = (at: number): string => `whetstone-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, "")}.sqlite`;

/** The names of the backups in a directory, the oldest first. */
export const backupsIn = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => STAMP.test(name))
        .sort()
    : [];

/** Backs a data directory up into a new file, also while a server writes there, and counts what the backup holds. */
export async function backUp(dataDir: string, file: string): Promise<Holdings> {
  if (IN_BACKUP.length !== 1) throw new Error("A backup of several files needs another form than this.");
  const database = pathIn(dataDir, "database");
  if (!existsSync(database)) throw new BackupFault(`There is no database in ${dataDir}. Set DATA_DIR to the server's.`);
  if (existsSync(file)) throw new BackupFault(`${file} is there already. Choose another name.`);
  mkdirSync(dirname(resolve(file)), { recursive: true });
  await copyDatabase(database, file);
  return inspectDatabase(file);
}

/**
 * Puts a backup into a data directory that is empty and that no server uses, and counts what it holds. The backup is looked through
 * first, and nothing is touched where it is damaged. `now` is in milliseconds since 1970.
 */
export function restore(file: string, dataDir: string, now: number): Holdings {
  const holdings = lookedThrough(file);
  refuseFull(dataDir);
  const lock = lockedFor(dataDir, now);
  try {
    // Somebody may have come before the lock.
    refuseFull(dataDir);
    placeDatabase(file, pathIn(dataDir, "database"));
  } finally {
    lock.release();
  }
  return holdings;
}

function lookedThrough(file: string): Holdings {
  if (!existsSync(file)) throw new BackupFault(`There is no file ${file}.`);
  try {
    return inspectDatabase(file);
  } catch (error) {
    if (error instanceof NewerDatabase) {
      throw new BackupFault(`${file} was made by a newer version of the server. Update this one first.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupFault(`${file} is no backup that can be used (${reason}). Choose another one.`);
  }
}

function refuseFull(dataDir: string): void {
  const names = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => !OF_THE_LOCK.includes(name)) : [];
  if (names.length === 0) return;
  const things = names.slice(0, 3).join(", ");
  throw new BackupFault(
    `${dataDir} is not empty (${things}). Set DATA_DIR to an empty directory; nothing was changed.`,
  );
}

function lockedFor(dataDir: string, now: number) {
  try {
    return takeLock(pathIn(dataDir, "lock"), pathIn(dataDir, "holder"), now);
  } catch (error) {
    if (error instanceof Locked) throw new BackupFault(`A server is using ${dataDir}. Stop it first.`);
    throw error;
  }
}

/** Where backups go that are named by nobody. */
export const backupDirectory = (dataDir: string, configured: string | null): string =>
  configured ?? pathIn(dataDir, "backups");

export const newBackup = (directory: string, at: number): string => join(directory, backupName(at));
