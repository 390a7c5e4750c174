import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { secretsIn } from "@whetstone/shared/room/secrets";
import { KeyMissing } from "../room/keys.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";
import type { End } from "./log-reading.ts";
import { bytesOf, sealedEvents } from "./rows.ts";

/** A commit with all that is needed to append it. */
export interface Unwritten {
  readonly commit: Commit;
  /** Where its room's log ends before the batch; null where the room begins with it. */
  readonly end: End | null;
  /** The room's key, 32 bytes; null where there is none, which is wrong only where the commit holds texts. */
  readonly key: Buffer | null;
}

/** What came of a commit. */
export interface Written {
  /** Where its room's log ends with it. */
  readonly end: End;
  /** What its events take. */
  readonly bytes: number;
}

/**
 * Prepares what appends batches to the log on `connection`. It keeps nothing between two of them, so that each may be appended on another
 * connection. A batch is one transaction; what is thrown leaves everything as it was.
 */
export function appendingRows(connection: Connection): (batch: readonly Unwritten[]) => readonly Written[] {
  // These statements are on the path of every command, so they are bare: Drizzle's binding costs as much as the insertion itself.
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

  function append({ commit, key }: Unwritten, end: End | null): Written {
    const { roomId, seq, commandId, seatId, at, events } = commit;
    if ((end?.seq ?? 0) !== seq - 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
    const version = EVENTS_VERSION;
    const stored = sealedEvents(events, roomId, seq, () => {
      if (key) return key;
      throw new KeyMissing(roomId);
    });
    const row: CommitRow = { roomId, seq, commandId, seatId, at, version, ...stored };
    const hash = chainHash(end?.hash ?? null, row);
    const { lastInsertRowid: lastCommit } = insert.run(
      end?.lastCommit ?? null,
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
    // What was known of its end is checked here: another server may have moved the room on.
    if (end && advance.run(seq, lastCommit, end.id, end.lastCommit).changes !== 1) {
      throw new Error(`Another server has added to ${roomId}.`);
    }
    const id = end?.id ?? open.run(roomId, lastCommit).lastInsertRowid;
    index(commit);
    return { end: { id, seq, lastCommit, hash }, bytes: bytesOf(row) };
  }

  /** What is looked up without reading a room. */
  function index({ roomId, events }: Commit): void {
    for (const event of events) {
      for (const secret of secretsIn(event)) addSecret.run(secret, roomId);
      if (event.type === "roomErased") setErased.run(roomId);
      if (event.type === "keptUntilSet") setKept.run(event.until, event.days, roomId);
    }
  }

  const transaction = connection.transaction((batch: readonly Unwritten[]) => {
    const ends = new Map<string, End>();
    return batch.map((unwritten) => {
      const { roomId } = unwritten.commit;
      const written = append(unwritten, ends.get(roomId) ?? unwritten.end);
      ends.set(roomId, written.end);
      return written;
    });
  });
  return (batch) => transaction.immediate(batch);
}
