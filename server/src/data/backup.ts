import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyDatabase, type Holdings, inspectDatabase, isSealed, placeDatabase } from "../sqlite/backup.ts";
import { NewerDatabase } from "../sqlite/database.ts";
import { copyKeys } from "../sqlite/keys.ts";
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
 * first, and nothing is touched where it is damaged. Its rooms are opened by the keys in the file `keys`, as they are now: what was erased
 * since stays so. `now` is in milliseconds since 1970.
 */
export function restore(file: string, dataDir: string, now: number, keys: string | null = null): Holdings {
  const holdings = lookedThrough(file);
  if (keys === null && isSealed(file)) {
    throw new BackupFault(
      `The rooms in ${file} are sealed, and their keys are not in it. Say where those are: npm run restore -- FILE --keys DATA_DIR/keys.sqlite, of the server that made the backup, or its KEYS_COPY.`,
    );
  }
  refuseFull(dataDir);
  const lock = lockedFor(dataDir, now);
  try {
    // Somebody may have come before the lock.
    refuseFull(dataDir);
    if (keys !== null) copyKeys(keys, pathIn(dataDir, "roomKeys"));
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

/**
 * The file with the keys to a backup's rooms: the one that is named, else the copy that is configured, else that of the data directory in which
 * the backup stands; null where there is none.
 */
export function keysFor(file: string, named: string | null, configured: string | null): string | null {
  if (named !== null) {
    if (!existsSync(named)) throw new BackupFault(`There is no file ${named}.`);
    return named;
  }
  const beside = dirname(resolve(file));
  const places = [configured, pathIn(beside, "roomKeys"), pathIn(dirname(beside), "roomKeys")];
  return places.find((place) => place !== null && existsSync(place)) ?? null;
}

/** Where backups go that are named by nobody. */
export const backupDirectory = (dataDir: string, configured: string | null): string =>
  configured ?? pathIn(dataDir, "backups");

export const newBackup = (directory: string, at: number): string => join(directory, backupName(at));
