import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { commitReader, NewerEvents } from "@whetstone/shared/room/upcast";
import { KeyMissing, keyTo, type RoomKeys } from "../room/keys.ts";
import { DamagedLog, OtherHistory, type Point, type StoredCommit } from "../room/log.ts";
import { slices } from "../room/slices.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";
import { bytesOf, erasedEvents, unsealedEvents } from "./rows.ts";

type RowId = number | bigint;

/** Where a room's log ends. */
export interface End {
  /** Of the row in `rooms`. */
  readonly id: RowId;
  readonly seq: number;
  readonly lastCommit: RowId;
  /** What the chain of hashes has come to, as hexadecimal. */
  readonly hash: string;
}

interface Link {
  readonly previous: RowId | null;
  readonly roomId: string;
  readonly seq: number;
}

type HashedRow = CommitRow & { readonly hash: Buffer | null };

/** A row that is as it was stored. */
interface CheckedRow {
  readonly id: RowId;
  readonly row: CommitRow;
  /** What the chain of hashes has come to with it, as hexadecimal. */
  readonly hash: string;
}

export interface Reading {
  readonly has: (roomId: string) => boolean;
  readonly endOf: (roomId: string) => End | null;
  readonly isErased: (roomId: string) => boolean;
  /** A room's rows in order, those behind a point or all. Throws where the chain is not whole. */
  readonly rows: (roomId: string, after?: Point | null) => AsyncGenerator<CheckedRow, void, undefined>;
  readonly read: (roomId: string, after?: Point | null) => AsyncGenerator<StoredCommit, void, undefined>;
}

/**
 * Reads rooms' commits along the chain from each one's last, and holds them to its hashes. Without keys, and where a room was erased, it reads
 * them without their texts.
 */
export function reading(connection: Connection, keys: Pick<RoomKeys, "of"> | null): Reading {
  // Backups of earlier versions are read as they are.
  const has = columnsOf(connection);
  const findRoom = connection.prepare<[string], Omit<End, "hash"> & { readonly erased: number }>(
    `SELECT id, seq, last_commit AS lastCommit, ${has("rooms", "erased") ? "erased" : "0 AS erased"} FROM rooms WHERE room_id = ?`,
  );
  const findLink = connection.prepare<[RowId], Link>(
    "SELECT previous, room_id AS roomId, seq FROM commits WHERE id = ?",
  );
  const findRow = connection.prepare<[RowId], HashedRow>(
    `SELECT room_id AS roomId, seq, command_id AS commandId, seat_id AS seatId, at, version, events,
       ${has("commits", "hash") ? "hash" : "NULL AS hash"}, ${has("commits", "sealed") ? "sealed" : "NULL AS sealed"}
     FROM commits WHERE id = ?`,
  );

  const isErased = (roomId: string): boolean =>
    findRoom.get(roomId)?.erased === 1 || keys?.of(roomId).kind === "erased";

  /**
   * The ids of a room's commits behind `after`, oldest first. Throws where the chain is not whole, or has not come to `after` there.
   */
  async function idsOf(roomId: string, after: Point | null, pause: () => Promise<void> | null): Promise<RowId[]> {
    const room = findRoom.get(roomId);
    const from = after?.seq ?? 0;
    const ids: RowId[] = [];
    let id = room?.lastCommit ?? null;
    for (let seq = room?.seq ?? 0; seq > from; seq--) {
      const link: Link | undefined = id === null ? undefined : findLink.get(id);
      if (id === null || link?.roomId !== roomId || link.seq !== seq) throw new DamagedLog(roomId, seq);
      ids.push(id);
      id = link.previous;
      await pause();
    }
    if (after && (id === null || findRow.get(id)?.hash?.toString("hex") !== after.hash)) throw new OtherHistory();
    if (!after && id !== null) throw new DamagedLog(roomId, 1);
    return ids.reverse();
  }

  /** Throws `DamagedLog` where the database cannot give the row. */
  function rowAt(id: RowId, roomId: string, seq: number): HashedRow {
    try {
      const row = findRow.get(id);
      if (row) return row;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_CORRUPT"))) throw error;
      throw new DamagedLog(roomId, seq, error);
    }
    throw new DamagedLog(roomId, seq);
  }

  async function* rows(roomId: string, after: Point | null = null): AsyncGenerator<CheckedRow, void, undefined> {
    const pause = slices();
    let chain: string | null = after?.hash ?? null;
    let isChained = after !== null;
    let seq = after?.seq ?? 0;
    for (const id of await idsOf(roomId, after, pause)) {
      seq += 1;
      const row = rowAt(id, roomId, seq);
      // A newer version may chain otherwise, too.
      if (row.version > EVENTS_VERSION) throw new NewerEvents(row);
      // What older versions stored behind the point cannot be read without what stands before it.
      if (after && row.version < EVENTS_VERSION) throw new OtherHistory();
      const hash = chainHash(chain, row);
      // Rows from before there was a chain stand at the beginning, and the first hash behind them holds them too.
      if (row.hash ? row.hash.toString("hex") !== hash : isChained) throw new DamagedLog(roomId, seq);
      isChained ||= row.hash !== null;
      chain = hash;
      yield { id, row, hash };
      await pause();
    }
  }

  async function* read(roomId: string, after: Point | null = null): AsyncGenerator<StoredCommit, void, undefined> {
    const readCommit = commitReader();
    const key = keys && !isErased(roomId) ? () => keyTo(keys, roomId) : null;
    for await (const { row, hash } of rows(roomId, after)) {
      const point = { seq: row.seq, hash };
      yield { commit: parsed(row, readCommit, key), point, bytes: bytesOf(row) };
    }
  }

  /** Looks up where a room's log ends. One whose end is from before there was a chain is read through, once. */
  function endOf(roomId: string): End | null {
    const room = findRoom.get(roomId);
    if (!room) return null;
    const { id, seq, lastCommit } = room;
    return {
      id,
      seq,
      lastCommit,
      hash: findRow.get(lastCommit)?.hash?.toString("hex") ?? chainUpTo(roomId, lastCommit),
    };
  }

  function chainUpTo(roomId: string, lastCommit: RowId): string {
    const ids: RowId[] = [];
    for (let id: RowId | null = lastCommit; id !== null; id = findLink.get(id)?.previous ?? null) ids.push(id);
    let chain: string | null = null;
    for (const id of ids.reverse()) {
      const row = findRow.get(id);
      if (row) chain = chainHash(chain, row);
    }
    if (!chain) throw new DamagedLog(roomId, 1);
    return chain;
  }

  return { has: (roomId) => findRoom.get(roomId) !== undefined, endOf, isErased, rows, read };
}

/** Whether a table has a column, as not all have in backups of earlier versions. */
export function columnsOf(
  connection: Connection,
): (table: "rooms" | "commits" | "document_updates", column: string) => boolean {
  const find = connection
    .prepare<[string, string], number>("SELECT 1 FROM pragma_table_info(?) WHERE name = ?")
    .pluck();
  return (table, column) => find.get(table, column) === 1;
}

/**
 * Throws `NewerEvents` of what a newer version stored, `KeyMissing` of what is sealed under a key that is not here, and `DamagedLog` of what was
 * never stored. `key` is null where the texts are left out.
 */
function parsed(row: CommitRow, readCommit: ReturnType<typeof commitReader>, key: (() => Buffer) | null): Commit {
  const { roomId, seq, commandId, seatId, at, version } = row;
  try {
    const events = key ? unsealedEvents(row, roomId, seq, key) : erasedEvents(row);
    return readCommit({ roomId, seq, commandId, seatId, at, version, events });
  } catch (error) {
    if (error instanceof NewerEvents || error instanceof KeyMissing) throw error;
    throw new DamagedLog(roomId, seq, error);
  }
}
