import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Commit } from "@whetstone/shared/room/event";
import Database from "better-sqlite3";
import { asc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import type { RoomLog } from "../log.ts";
import { commits } from "./schema.ts";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Opens the log in the file at `path`, making the file and its tables where they are missing. */
export function openSqliteLog(path: string): RoomLog {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  makeDurable(database);
  const db = drizzle(database);
  migrate(db, { migrationsFolder: MIGRATIONS });

  // On the path of every command, so a bare statement: Drizzle's binding of placeholders costs as much as the insertion.
  const insert = database.prepare<[string, number, string, string | null, number, string]>(
    "INSERT INTO commits (room_id, seq, command_id, seat_id, at, events) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const select = db
    .select()
    .from(commits)
    .where(eq(commits.roomId, sql.placeholder("roomId")))
    .orderBy(asc(commits.seq))
    .prepare();
  const lastSeq = database.prepare<[string], { seq: number | null }>(
    "SELECT max(seq) AS seq FROM commits WHERE room_id = ?",
  );

  const appendAll = database.transaction((batch: readonly Commit[]) => {
    const last = new Map<string, number>();
    for (const commit of batch) {
      const before = last.get(commit.roomId) ?? lastSeq.get(commit.roomId)?.seq ?? 0;
      if (commit.seq !== before + 1)
        throw new Error(`Commit ${commit.seq} of ${commit.roomId} does not follow ${before}.`);
      const { roomId, seq, commandId, seatId, at, events } = commit;
      insert.run(roomId, seq, commandId, seatId, at, JSON.stringify(events));
      last.set(roomId, seq);
    }
  });

  return {
    append: async (batch) => {
      appendAll.immediate(batch);
    },
    read: async (roomId) =>
      select.all({ roomId }).map((row) => Commit.parse({ ...row, events: JSON.parse(row.events) })),
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
  // Rooms write to pages far apart, so the longer the log is gathered, the fewer pages a checkpoint copies. In pages of 4 KiB.
  database.pragma("wal_autocheckpoint = 8000");
  const journal = database.pragma("journal_mode", { simple: true });
  const synchronous = database.pragma("synchronous", { simple: true });
  if (journal !== "wal" || synchronous !== 2) {
    throw new Error(`The database is not durable: journal_mode ${journal}, synchronous ${synchronous}.`);
  }
}
