import { dirname, join } from "node:path";
import type { RoomKeys } from "../../server/src/room/keys.ts";
import type { RoomLog } from "../../server/src/room/log.ts";
import type { Writing } from "../../server/src/sqlite/append/writing.ts";
import { openSqliteKeys } from "../../server/src/sqlite/keys.ts";
import { openSqliteLog } from "../../server/src/sqlite/log.ts";

/** Where the keys to the rooms in a database are, as in a data directory. */
export const keysBeside = (dataFile: string): string => join(dirname(dataFile), "keys.sqlite");

/** The keys to the rooms in a database. */
export const openKeys = (dataFile: string): RoomKeys => openSqliteKeys(keysBeside(dataFile));

/** A database's log with the keys beside it, closed together. */
export function openLog(dataFile: string, options: Partial<Writing> = {}): RoomLog {
  const keys = openKeys(dataFile);
  const log = openSqliteLog(dataFile, keys, options);
  return {
    ...log,
    close: async () => {
      await log.close();
      keys.close();
    },
  };
}
