import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { secretsIn } from "@whetstone/shared/room/secrets";
import type { RoomLog, Stored } from "../room/log.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { type End, reading } from "./log-reading.ts";

/** Opens the log in the file at `path`, making the file and its tables where they are missing. */
export function openSqliteLog(path: string): RoomLog {
  const connection = openDatabase(path);
  const reader = reading(connection);
  const append = appending(connection, reader.endOf);
  const roomOfSecret = connection.prepare<[string], string>("SELECT room_id FROM secrets WHERE hash = ?").pluck();
  return {
    append: async (batch) => append(batch),
    read: reader.read,
    has: async (roomId) => reader.has(roomId),
    roomOfSecret: async (secretHash) => roomOfSecret.get(secretHash) ?? null,
    close: async () => {
      connection.close();
    },
  };
}

// These statements are on the path of every command, so they are bare: Drizzle's binding costs as much as the insertion itself.

/** Rooms whose end is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

/** Appends a batch in one transaction, or throws and leaves everything as it was. `endOf` looks up where a room's log ends. */
function appending(
  connection: Connection,
  endOf: (roomId: string) => End | null,
): (batch: readonly Commit[]) => readonly Stored[] {
  const insert = connection.prepare<
    [number | bigint | null, string, number, string, string | null, number, number, string, Buffer]
  >(
    "INSERT INTO commits (previous, room_id, seq, command_id, seat_id, at, version, events, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const open = connection.prepare<[string, number | bigint]>(
    "INSERT INTO rooms (room_id, seq, last_commit) VALUES (?, 1, ?)",
  );
  const advance = connection.prepare<[number, number | bigint, number | bigint, number | bigint]>(
    "UPDATE rooms SET seq = ?, last_commit = ? WHERE id = ? AND last_commit = ?",
  );
  const addSecret = connection.prepare<[string, string]>("INSERT OR IGNORE INTO secrets (hash, room_id) VALUES (?, ?)");
  const ends = new Map<string, End>();

  const append = ({ roomId, seq, commandId, seatId, at, events }: Commit): Stored => {
    const end = ends.get(roomId) ?? endOf(roomId);
    if ((end?.seq ?? 0) !== seq - 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
    const version = EVENTS_VERSION;
    const row: CommitRow = { roomId, seq, commandId, seatId, at, version, events: JSON.stringify(events) };
    const hash = chainHash(end?.hash ?? null, row);
    const previous = end?.lastCommit ?? null;
    const { lastInsertRowid } = insert.run(previous, roomId, seq, commandId, seatId, at, version, row.events, hash);
    for (const event of events) for (const secret of secretsIn(event)) addSecret.run(secret, roomId);
    const stored = { point: { seq, hash: hash.toString("hex") }, bytes: Buffer.byteLength(row.events) };
    if (!end) {
      ends.set(roomId, {
        id: open.run(roomId, lastInsertRowid).lastInsertRowid,
        seq,
        lastCommit: lastInsertRowid,
        hash,
      });
      return stored;
    }
    // What was kept in memory is checked here: another server may have moved the room on.
    if (advance.run(seq, lastInsertRowid, end.id, end.lastCommit).changes !== 1) {
      throw new Error(`Another server has added to ${roomId}.`);
    }
    ends.set(roomId, { id: end.id, seq, lastCommit: lastInsertRowid, hash });
    return stored;
  };
  const transaction = connection.transaction((batch: readonly Commit[]) => batch.map(append));
  return (batch) => {
    if (ends.size > ENDS_KEPT) ends.clear();
    try {
      return transaction.immediate(batch);
    } catch (error) {
      ends.clear();
      throw error;
    }
  };
}
