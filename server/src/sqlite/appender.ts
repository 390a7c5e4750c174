import type { Commit } from "@whetstone/shared/room/event";
import type { RoomKeys } from "../room/keys.ts";
import type { Stored } from "../room/log.ts";
import { ThreadLost } from "../threads/standing-thread.ts";
import { appendingRows, type Unwritten, type Written } from "./append.ts";
import type { Beside } from "./append-beside.ts";
import type { Connection } from "./connection.ts";
import type { End } from "./log-reading.ts";
import { bytesOf } from "./rows.ts";
import type { WriteTurns } from "./write-turns.ts";

/** Rooms whose end is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

export interface AppenderOptions {
  readonly connection: Connection;
  readonly keys: RoomKeys;
  /** Looks up where a room's log ends. */
  readonly endOf: (roomId: string) => End | null;
  readonly turns: WriteTurns;
  /** Null where all is appended here. */
  readonly beside: Beside | null;
  /** Milliseconds of a clock that nobody sets; it only measures. */
  readonly steady: () => number;
}

interface LastRow {
  readonly id: number | bigint;
  readonly roomId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly hash: Buffer;
  readonly events: string;
  readonly sealed: Buffer | null;
}

/** Appends batches to the log: here, which a single command waits for least, or beside everything else, as many and slow ones keep nobody waiting there. */
export class Appender {
  readonly #options: AppenderOptions;
  readonly #here: (batch: readonly Unwritten[]) => readonly Written[];
  readonly #lastRows;
  readonly #ends = new Map<string, End>();
  #lastTook = 0;

  constructor(options: AppenderOptions) {
    this.#options = options;
    this.#here = appendingRows(options.connection);
    this.#lastRows = options.connection.prepare<[number], LastRow>(
      `SELECT id, room_id AS roomId, seq, command_id AS commandId, hash, events, sealed FROM commits ORDER BY id DESC LIMIT ?`,
    );
  }

  /** Appends a batch in one transaction, or rejects and leaves everything as it was. */
  append(batch: readonly Commit[]): Promise<readonly Stored[]> {
    return this.#options.turns.do(() => this.#append(batch));
  }

  /** Has where a room's log ends looked up again. */
  forget(roomId: string): void {
    this.#ends.delete(roomId);
  }

  async #append(commits: readonly Commit[]): Promise<readonly Stored[]> {
    const { keys, beside, steady } = this.#options;
    if (this.#ends.size > ENDS_KEPT) this.#ends.clear();
    try {
      // On disk before anything that is sealed under them.
      keys.make(commits.map(({ roomId }) => roomId));
      const batch = commits.map((commit) => this.#unwritten(commit));
      const from = steady();
      const written = beside?.takes(batch.length, this.#lastTook)
        ? await this.#appendBeside(beside, batch)
        : this.#here(batch);
      this.#lastTook = steady() - from;
      return written.map(({ end, bytes }, index) => {
        const commit = commits[index];
        if (commit) this.#ends.set(commit.roomId, end);
        return { point: { seq: end.seq, hash: end.hash }, bytes };
      });
    } catch (error) {
      this.#ends.clear();
      throw error;
    }
  }

  #unwritten(commit: Commit): Unwritten {
    const { keys, endOf } = this.#options;
    const { roomId } = commit;
    const found = keys.of(roomId);
    return { commit, end: this.#ends.get(roomId) ?? endOf(roomId), key: found.kind === "key" ? found.key : null };
  }

  async #appendBeside(beside: Beside, batch: readonly Unwritten[]): Promise<readonly Written[]> {
    try {
      return await beside.append(batch);
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      return this.#foundAtTheEnd(batch) ?? this.#here(batch);
    }
  }

  /** What came of a batch that is the last in the log, as nobody else has written since it was begun; null where it is not there. */
  #foundAtTheEnd(batch: readonly Unwritten[]): readonly Written[] | null {
    const rows = this.#lastRows.all(batch.length).reverse();
    const written: Written[] = [];
    for (const [index, { commit }] of batch.entries()) {
      const row = rows[index];
      const room = this.#options.endOf(commit.roomId);
      if (row?.roomId !== commit.roomId || row.seq !== commit.seq || row.commandId !== commit.commandId || !room) {
        return null;
      }
      const end: End = { id: room.id, seq: row.seq, lastCommit: row.id, hash: row.hash.toString("hex") };
      written.push({ end, bytes: bytesOf(row) });
    }
    return written;
  }
}
