import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Commit } from "@whetstone/shared/room/event";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import type { RoomLog } from "../log.ts";
import type { commits } from "./schema.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Opens the log in the file at `path`, making the file and its tables where they are missing. */
export function openSqliteLog(path: string): RoomLog {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  makeDurable(database);
  migrate(drizzle(database), { migrationsFolder: MIGRATIONS });
  const append = appending(database);
  const read = reading(database);
  return {
    append: async (batch) => append.immediate(batch),
    read: async (roomId) => read(roomId),
    close: async () => {
      database.close();
    },
  };
}

/** A commit is on disk when its transaction returns. better-sqlite3 reopens a WAL database at NORMAL, so this is set each time. */
function makeDurable(database: Database.Database): void {
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  const journal = database.pragma("journal_mode", { simple: true });
  const synchronous = database.pragma("synchronous", { simple: true });
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`The database is not durable: journal_mode ${journal}, synchronous ${synchronous}.`);
  }
}

// These statements are on the path of every command, so they are bare: Drizzle's binding costs as much as the insertion itself.

/** The transaction that appends a batch, or throws and leaves everything as it was. */
function appending(database: Database.Database) {
  const last = database.prepare<[string, number], { id: number; last_commit: number }>(
    "SELECT id, last_commit FROM rooms WHERE room_id = ? AND seq = ?",
  );
  const insert = database.prepare<[number | null, string, number, string, string | null, number, string]>(
    "INSERT INTO commits (previous, room_id, seq, command_id, seat_id, at, events) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const open = database.prepare<[string, number | bigint]>(
    "INSERT INTO rooms (room_id, seq, last_commit) VALUES (?, 1, ?)",
  );
  const advance = database.prepare<[number, number | bigint, number]>(
    "UPDATE rooms SET seq = ?, last_commit = ? WHERE id = ?",
  );
  return database.transaction((batch: readonly Commit[]): void => {
    for (const { roomId, seq, commandId, seatId, at, events } of batch) {
      const room = last.get(roomId, seq - 1);
      if (!room && seq !== 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
      const { lastInsertRowid } = insert.run(
        room?.last_commit ?? null,
        roomId,
        seq,
        commandId,
        seatId,
        at,
        JSON.stringify(events),
      );
      // A first commit of a room that exists fails at the room's unique name.
      if (room) advance.run(seq, lastInsertRowid, room.id);
      else open.run(roomId, lastInsertRowid);
    }
  });
}

type Row = Pick<typeof commits.$inferSelect, "seq" | "at" | "events"> & { command_id: string; seat_id: string | null };

/** Reads a room's commits along the chain from its last one. */
function reading(database: Database.Database): (roomId: string) => Commit[] {
  const select = database.prepare<[string], Row>(`
    WITH RECURSIVE chain (id) AS (
      SELECT last_commit FROM rooms WHERE room_id = ?
      UNION ALL
      SELECT previous FROM chain JOIN commits USING (id) WHERE previous IS NOT NULL
    )
    SELECT seq, command_id, seat_id, at, events FROM chain JOIN commits USING (id) ORDER BY seq
  `);
  return (roomId) =>
    select
      .all(roomId)
      .map(({ seq, command_id, seat_id, at, events }) =>
        Commit.parse({ roomId, seq, commandId: command_id, seatId: seat_id, at, events: JSON.parse(events) }),
      );
}
