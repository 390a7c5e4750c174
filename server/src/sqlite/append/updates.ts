import type { DocumentPlace } from "../../room/documents/store.ts";
import type { Connection } from "../connection.ts";

type RowId = number | bigint;

/** In how many bits of its place the number of an update stands, see `documentUpdates` in `schema.ts`. */
export const SEQ_BITS = 24;
export const MOST_UPDATES = 2 ** SEQ_BITS - 1;

export const keyOfPlace = ({ roomId, name }: DocumentPlace): string => `${roomId} ${name}`;

export interface SealedUpdate extends DocumentPlace {
  readonly seq: number;
  readonly at: number;
  readonly seatId: string | null;
  readonly sealed: Uint8Array;
}

/** What only saves time, up to the update with the number `seq`. */
export type Kept = DocumentPlace & { readonly seq: number } & (
    | { readonly kind: "state"; readonly sealed: Uint8Array; readonly owners: string }
    | { readonly kind: "folded" }
  );

export interface UpdateBatch {
  readonly updates: readonly SealedUpdate[];
  /** Written with them. */
  readonly kept: readonly Kept[];
}

/** Where a document ends: its row, and the number of its last update. */
export interface DocumentEnd {
  readonly id: RowId;
  readonly seq: number;
}

/** What has to be at hand of documents to append to them. */
export interface DocumentsAtHand {
  /** Where a document ends; null where there is no such document yet. */
  endOf(place: DocumentPlace): DocumentEnd | null;
  /** Where it ends from now on. */
  ends(place: DocumentPlace, end: DocumentEnd): void;
}

/**
 * Prepares what appends updates to documents on `connection`, as `appendingCommits` does for the log. It gives for how many milliseconds the disk was
 * waited for.
 */
export function appendingUpdates(
  connection: Connection,
  steady: () => number,
): (batch: UpdateBatch, atHand: DocumentsAtHand) => number {
  // As on the path of commands, these statements are bare.
  const add = connection.prepare<[string, string]>("INSERT INTO documents (room_id, name) VALUES (?, ?)");
  const insert = connection.prepare<[RowId, number, number, string | null, Uint8Array]>(
    `INSERT INTO document_updates (place, at, seat_id, sealed) VALUES ((? << ${SEQ_BITS}) | ?, ?, ?, ?)`,
  );
  const keep = keeping(connection);
  let from = 0;
  const transaction = connection.transaction(({ updates, kept }: UpdateBatch, atHand: DocumentsAtHand) => {
    for (const update of updates) {
      const { roomId, name, seq, at, seatId, sealed } = update;
      const end = atHand.endOf(update) ?? { id: add.run(roomId, name).lastInsertRowid, seq: 0 };
      if (end.seq !== seq - 1 || seq > MOST_UPDATES)
        throw new Error(`Update ${seq} of ${name} in ${roomId} does not follow the last one.`);
      insert.run(end.id, seq, at, seatId, sealed);
      atHand.ends(update, { id: end.id, seq });
    }
    for (const one of kept) keep(one);
    from = steady();
  });
  return (batch, atHand) => {
    transaction.immediate(batch, atHand);
    return steady() - from;
  };
}

/** Prepares what writes down what only saves time. */
export function keeping(connection: Connection): (kept: Kept) => void {
  const setState = connection.prepare<[number, Uint8Array, string, string, string]>(
    "UPDATE documents SET state_seq = ?, state = ?, owners = ? WHERE room_id = ? AND name = ?",
  );
  const setFolded = connection.prepare<[number, string, string]>(
    "UPDATE documents SET folded = ? WHERE room_id = ? AND name = ?",
  );
  return (kept) => {
    const { roomId, name, seq } = kept;
    if (kept.kind === "state") setState.run(seq, kept.sealed, kept.owners, roomId, name);
    else setFolded.run(seq, roomId, name);
  };
}
