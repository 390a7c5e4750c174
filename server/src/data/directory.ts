import { join } from "node:path";

/**
 * Everything that the server keeps in its data directory, in one place: the name that it has there, and whether a backup holds it. A
 * key in a backup would open the server to whoever finds the backup, and neither is needed to read one: the server makes new ones.
 */
const KEPT = {
  database: { name: "whetstone.sqlite", inBackup: true },
  hostKey: { name: "host-key", inBackup: false },
  serverKey: { name: "server-key", inBackup: false },
  /**
   * Under which the rooms' texts are sealed. In a backup they would open what is erased later: each backup is read with the keys as they are
   * now.
   */
  roomKeys: { name: "keys.sqlite", inBackup: false },
  /** A cache: a backup's rooms are read from their log. */
  snapshots: { name: "snapshots.sqlite", inBackup: false },
  /** Files that are made anew whenever somebody asks for them. */
  exports: { name: "exports", inBackup: false },
  /** Python's packages for programs, which can be had again where they came from. */
  python: { name: "python", inBackup: false },
  /** Speech models for captions, which can be had again where they came from. */
  captionModels: { name: "caption-models", inBackup: false },
  /** Copies of the database, where no other place is configured for them. */
  backups: { name: "backups", inBackup: false },
  /** Who uses the directory just now. */
  lock: { name: "lock.sqlite", inBackup: false },
  holder: { name: "lock.json", inBackup: false },
} as const satisfies Record<string, { readonly name: string; readonly inBackup: boolean }>;

type Kept = keyof typeof KEPT;

export const pathIn = (dataDir: string, kept: Kept): string => join(dataDir, KEPT[kept].name);

/** The names of what a backup holds. */
export const IN_BACKUP: readonly string[] = Object.values(KEPT).flatMap(({ name, inBackup }) => (inBackup ? name : []));

/** The names of what is there as long as a process uses the directory, and says nothing about what it holds. */
export const OF_THE_LOCK: readonly string[] = [KEPT.lock.name, KEPT.holder.name];
