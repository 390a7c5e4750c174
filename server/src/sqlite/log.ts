import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { secretsIn } from "@whetstone/shared/room/secrets";
import { keyTo, type RoomKeys } from "../room/keys.ts";
import type { RoomLog, Stored } from "../room/log.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { erasing } from "./erasing.ts";
import { type End, reading } from "./log-reading.ts";
import { bytesOf, holdsSealed, sealedEvents } from "./rows.ts";

/** The database holds texts that are sealed, and there is no key at all. */
export class NoKeys extends Error {}

/**
 * Opens the log in the file at `path`, making the file and its tables where they are missing. `keys` are those under which its texts are
 * sealed; whoever opened them closes them. `onAppended` is told how many rows each append brought, and never throws. Throws `NoKeys` where none are there and some must be.
 */
export function openSqliteLog(path: string, keys: RoomKeys, onAppended: (rows: number) => void = () => {}): RoomLog {
  const connection = openDatabase(path);
  try {
    if (keys.isEmpty() && holdsSealed(connection)) throw new NoKeys(`The keys to what ${path} holds are missing.`);
    const reader = reading(connection, keys);
    const { append, forget } = appending(connection, reader.endOf, keys);
    const roomOfSecret = connection.prepare<[string], string>("SELECT room_id FROM secrets WHERE hash = ?").pluck();
    const { erase, settleErasures } = erasing(connection, { reader, keys, append, forget });
    const expired = connection
      .prepare<[number], string>("SELECT room_id FROM rooms WHERE erased = 0 AND kept_until <= ?")
      .pluck();
    const keptOtherwise = connection
      .prepare<[number | null], string>("SELECT room_id FROM rooms WHERE erased = 0 AND kept_days IS NOT ?")
      .pluck();
    return {
      append: async (batch) => {
        const stored = append(batch);
        onAppended(batch.length);
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
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

// These statements are on the path of every command, so they are bare: Drizzle's binding costs as much as the insertion itself.

/** Rooms whose end is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

interface Appending {
  /** Appends a batch in one transaction, or throws and leaves everything as it was. */
  readonly append: (batch: readonly Commit[]) => readonly Stored[];
  /** Has where a room's log ends looked up again. */
  readonly forget: (roomId: string) => void;
}

/** `endOf` looks up where a room's log ends. */
function appending(connection: Connection, endOf: (roomId: string) => End | null, keys: RoomKeys): Appending {
  const insert = connection.prepare<
    [number | bigint | null, string, number, string, string | null, number, number, string, Buffer, Buffer | null]
  >(
    "INSERT INTO commits (previous, room_id, seq, command_id, seat_id, at, version, events, hash, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  );
  const open = connection.prepare<[string, number | bigint]>(
    "INSERT INTO rooms (room_id, seq, last_commit) VALUES (?, 1, ?)",
  );
  const advance = connection.prepare<[number, number | bigint, number | bigint, number | bigint]>(
    "UPDATE rooms SET seq = ?, last_commit = ? WHERE id = ? AND last_commit = ?",
  );
  const addSecret = connection.prepare<[string, string]>("INSERT OR IGNORE INTO secrets (hash, room_id) VALUES (?, ?)");
  const setErased = connection.prepare<[string]>("UPDATE rooms SET erased = 1, kept_until = NULL WHERE room_id = ?");
  const setKept = connection.prepare<[number | null, number | null, string]>(
    "UPDATE rooms SET kept_until = ?, kept_days = ? WHERE room_id = ?",
  );
  const ends = new Map<string, End>();

  const append = (commit: Commit): Stored => {
    const { roomId, seq, commandId, seatId, at, events } = commit;
    const end = ends.get(roomId) ?? endOf(roomId);
    if ((end?.seq ?? 0) !== seq - 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
    const version = EVENTS_VERSION;
    const stored = sealedEvents(events, roomId, seq, () => keyTo(keys, roomId));
    const row: CommitRow = { roomId, seq, commandId, seatId, at, version, ...stored };
    const hash = chainHash(end?.hash ?? null, row);
    const previous = end?.lastCommit ?? null;
    const { lastInsertRowid } = insert.run(
      previous,
      roomId,
      seq,
      commandId,
      seatId,
      at,
      version,
      row.events,
      Buffer.from(hash, "hex"),
      row.sealed,
    );
    if (end) {
      // What was kept in memory is checked here: another server may have moved the room on.
      if (advance.run(seq, lastInsertRowid, end.id, end.lastCommit).changes !== 1) {
        throw new Error(`Another server has added to ${roomId}.`);
      }
    }
    const id = end?.id ?? open.run(roomId, lastInsertRowid).lastInsertRowid;
    ends.set(roomId, { id, seq, lastCommit: lastInsertRowid, hash });
    index(commit);
    return { point: { seq, hash }, bytes: bytesOf(row) };
  };

  /** What is looked up without reading a room. */
  function index({ roomId, events }: Commit): void {
    for (const event of events) {
      for (const secret of secretsIn(event)) addSecret.run(secret, roomId);
      if (event.type === "roomErased") setErased.run(roomId);
      if (event.type === "keptUntilSet") setKept.run(event.until, event.days, roomId);
    }
  }

  const transaction = connection.transaction((batch: readonly Commit[]) => batch.map(append));
  return {
    append(batch) {
      if (ends.size > ENDS_KEPT) ends.clear();
      try {
        // On disk before anything that is sealed under them.
        keys.make(batch.map(({ roomId }) => roomId));
        return transaction.immediate(batch);
      } catch (error) {
        ends.clear();
        throw error;
      }
    },
    forget: (roomId) => void ends.delete(roomId),
  };
}
