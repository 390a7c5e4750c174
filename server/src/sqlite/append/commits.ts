import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { secretsIn } from "@whetstone/shared/room/secrets";
import { KeyMissing } from "../../room/keys.ts";
import type { Stored } from "../../room/log.ts";
import { type CommitRow, chainHash } from "../chain.ts";
import type { Connection } from "../connection.ts";
import type { End } from "../log-reading.ts";
import { bytesOf, sealedEvents } from "../rows.ts";

/** What has to be at hand of rooms to append to them. */
export interface AtHand {
  /** Where a room's log ends; null where there is no such room yet. */
  endOf(roomId: string): End | null;
  /** Where it ends from now on. */
  ends(roomId: string, end: End): void;
  /** A room's key, 32 bytes; null where there is none, which is wrong only where a commit holds texts. */
  keyOf(roomId: string): Buffer | null;
}

/** What came of a batch. */
export interface Appended {
  readonly stored: readonly Stored[];
  /** For how long the disk was waited for, in milliseconds. */
  readonly waited: number;
}

/**
 * Prepares what appends batches to the log on `connection`. It keeps nothing between two of them, so that each may be appended on another
 * connection. A batch is one transaction; what is thrown leaves the database as it was, and what is at hand to be looked up anew. `steady` gives the milliseconds of a clock that nobody sets.
 */
export function appendingCommits(
  connection: Connection,
  steady: () => number,
): (batch: readonly Commit[], atHand: AtHand) => Appended {
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

  function append(commit: Commit, atHand: AtHand): Stored {
    const { roomId, seq, commandId, seatId, at, events } = commit;
    const end = atHand.endOf(roomId);
    if ((end?.seq ?? 0) !== seq - 1) throw new Error(`Commit ${seq} of ${roomId} does not follow the last one.`);
    const version = EVENTS_VERSION;
    const stored = sealedEvents(events, roomId, seq, () => {
      const key = atHand.keyOf(roomId);
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
    atHand.ends(roomId, { id, seq, lastCommit, hash });
    index(commit);
    return { point: { seq, hash }, bytes: bytesOf(row) };
  }

  /** What is looked up without reading a room. */
  function index({ roomId, events }: Commit): void {
    for (const event of events) {
      for (const secret of secretsIn(event)) addSecret.run(secret, roomId);
      if (event.type === "roomErased") setErased.run(roomId);
      if (event.type === "keptUntilSet") setKept.run(event.until, event.days, roomId);
    }
  }

  let from = 0;
  const transaction = connection.transaction((batch: readonly Commit[], atHand: AtHand) => {
    const stored = batch.map((commit) => append(commit, atHand));
    from = steady();
    return stored;
  });
  return (batch, atHand) => {
    const stored = transaction.immediate(batch, atHand);
    return { stored, waited: steady() - from };
  };
}
