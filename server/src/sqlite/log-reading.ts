import { type Commit, EVENTS_VERSION } from "@whetstone/shared/room/event";
import { commitReader, NewerEvents } from "@whetstone/shared/room/upcast";
import { DamagedLog, OtherHistory, type Point, type StoredCommit } from "../room/log.ts";
import { slices } from "../room/slices.ts";
import { type CommitRow, chainHash } from "./chain.ts";
import type { Connection } from "./connection.ts";

type RowId = number | bigint;

/** Where a room's log ends. */
export interface End {
  /** Of the row in `rooms`. */
  readonly id: RowId;
  readonly seq: number;
  readonly lastCommit: RowId;
  readonly hash: Buffer;
}

interface Link {
  readonly previous: RowId | null;
  readonly roomId: string;
  readonly seq: number;
}

type HashedRow = CommitRow & { readonly hash: Buffer | null };

interface Reading {
  readonly has: (roomId: string) => boolean;
  readonly endOf: (roomId: string) => End | null;
  readonly read: (roomId: string, after?: Point | null) => AsyncGenerator<StoredCommit, void, undefined>;
}

/** Reads rooms' commits along the chain from each one's last, and holds them to its hashes. */
export function reading(connection: Connection): Reading {
  const findRoom = connection.prepare<[string], Omit<End, "hash">>(
    "SELECT id, seq, last_commit AS lastCommit FROM rooms WHERE room_id = ?",
  );
  const findLink = connection.prepare<[RowId], Link>(
    "SELECT previous, room_id AS roomId, seq FROM commits WHERE id = ?",
  );
  const findRow = connection.prepare<[RowId], HashedRow>(
    "SELECT room_id AS roomId, seq, command_id AS commandId, seat_id AS seatId, at, version, events, hash FROM commits WHERE id = ?",
  );

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

  async function* read(roomId: string, after: Point | null = null): AsyncGenerator<StoredCommit, void, undefined> {
    const pause = slices();
    const readCommit = commitReader();
    let chain: Buffer | null = after ? Buffer.from(after.hash, "hex") : null;
    let isChained = after !== null;
    let seq = after?.seq ?? 0;
    for (const id of await idsOf(roomId, after, pause)) {
      seq += 1;
      const row = rowAt(id, roomId, seq);
      // A newer version may chain otherwise, too.
      if (row.version > EVENTS_VERSION) throw new NewerEvents(row);
      // What older versions stored behind the point cannot be read without what stands before it.
      if (after && row.version < EVENTS_VERSION) throw new OtherHistory();
      const next = chainHash(chain, row);
      // Rows from before there was a chain stand at the beginning, and the first hash behind them holds them too.
      if (row.hash ? !row.hash.equals(next) : isChained) throw new DamagedLog(roomId, seq);
      isChained ||= row.hash !== null;
      chain = next;
      const point = { seq, hash: next.toString("hex") };
      yield { commit: parsed(row, readCommit), point, bytes: Buffer.byteLength(row.events) };
      await pause();
    }
  }

  /** Looks up where a room's log ends. One whose end is from before there was a chain is read through, once. */
  function endOf(roomId: string): End | null {
    const room = findRoom.get(roomId);
    if (!room) return null;
    return { ...room, hash: findRow.get(room.lastCommit)?.hash ?? chainUpTo(roomId, room.lastCommit) };
  }

  function chainUpTo(roomId: string, lastCommit: RowId): Buffer {
    const ids: RowId[] = [];
    for (let id: RowId | null = lastCommit; id !== null; id = findLink.get(id)?.previous ?? null) ids.push(id);
    let chain: Buffer | null = null;
    for (const id of ids.reverse()) {
      const row = findRow.get(id);
      if (row) chain = chainHash(chain, row);
    }
    if (!chain) throw new DamagedLog(roomId, 1);
    return chain;
  }

  return { has: (roomId) => findRoom.get(roomId) !== undefined, endOf, read };
}

/** Throws `NewerEvents` of what a newer version stored, and `DamagedLog` of what was never stored. */
function parsed(row: CommitRow, readCommit: ReturnType<typeof commitReader>): Commit {
  const { roomId, seq, commandId, seatId, at, version, events } = row;
  try {
    return readCommit({ roomId, seq, commandId, seatId, at, version, events: JSON.parse(events) });
  } catch (error) {
    throw error instanceof NewerEvents ? error : new DamagedLog(roomId, seq, error);
  }
}
