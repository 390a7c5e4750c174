import type { RoomKeys } from "../room/keys.ts";
import type { RoomLog } from "../room/log.ts";
import { CommitAppender } from "./append/commit-appender.ts";
import { type Writing, writingBy } from "./append/writing.ts";
import { openDatabase } from "./database.ts";
import { erasing } from "./erasing.ts";
import { reading } from "./log-reading.ts";
import { holdsSealed } from "./rows.ts";

/** The database holds texts that are sealed, and there is no key at all. */
export class NoKeys extends Error {}

/**
 * Opens the log in the file at `path`, making the file and its tables where they are missing. `keys` are those under which its texts are
 * sealed; whoever opened them closes them. Throws `NoKeys` where none are there and some must be.
 */
export function openSqliteLog(path: string, keys: RoomKeys, given: Partial<Writing> = {}): RoomLog {
  const writing = writingBy(given);
  const connection = openDatabase(path);
  try {
    if (keys.isEmpty() && holdsSealed(connection)) throw new NoKeys(`The keys to what ${path} holds are missing.`);
    const reader = reading(connection, keys);
    const appender = new CommitAppender({ connection, keys, endOf: reader.endOf, ...writing });
    const roomOfSecret = connection.prepare<[string], string>("SELECT room_id FROM secrets WHERE hash = ?").pluck();
    const { erase, settleErasures } = erasing(connection, { reader, keys, appender, turns: writing.turns });
    const expired = connection
      .prepare<[number], string>("SELECT room_id FROM rooms WHERE erased = 0 AND kept_until <= ?")
      .pluck();
    const keptOtherwise = connection
      .prepare<[number | null], string>("SELECT room_id FROM rooms WHERE erased = 0 AND kept_days IS NOT ?")
      .pluck();
    return {
      append: async (batch) => {
        const stored = await appender.append(batch);
        writing.onAppended(batch.length);
        return stored;
      },
      read: reader.read,
      has: async (roomId) => reader.has(roomId),
      roomOfSecret: async (secretHash) => roomOfSecret.get(secretHash) ?? null,
      erase,
      settleErasures,
      expired: async (at) => expired.all(at),
      keptOtherwise: async (days) => keptOtherwise.all(days),
      close: async () => {
        await writing.beside?.close();
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
