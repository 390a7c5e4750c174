import type { Commit } from "@whetstone/shared/room/event";
import type { RoomKeys } from "../../room/keys.ts";
import type { Stored } from "../../room/log.ts";
import { ThreadLost } from "../../threads/standing-thread.ts";
import type { Connection } from "../connection.ts";
import type { End } from "../log-reading.ts";
import { bytesOf } from "../rows.ts";
import type { Beside } from "./beside.ts";
import { type Appended, type AtHand, appendingCommits } from "./commits.ts";
import type { Writing } from "./writing.ts";

/** Rooms whose end is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

export interface CommitAppenderOptions extends Pick<Writing, "turns" | "beside" | "steady"> {
  readonly connection: Connection;
  readonly keys: RoomKeys;
  /** Looks up where a room's log ends. */
  readonly endOf: (roomId: string) => End | null;
}

interface LastRow {
  readonly roomId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly hash: Buffer;
  readonly events: string;
  readonly sealed: Buffer | null;
}

/** Appends batches to the log: here, which is quickest, or beside everything else where the disk is slow, so that nobody waits for it but who wrote. */
export class CommitAppender {
  readonly #options: CommitAppenderOptions;
  readonly #here: ReturnType<typeof appendingCommits>;
  readonly #lastRows;
  readonly #ends = new Map<string, End>();
  readonly #atHand: AtHand;
  /** For how long the disk was waited for at the last append, in milliseconds. */
  #waited = 0;

  constructor(options: CommitAppenderOptions) {
    this.#options = options;
    this.#here = appendingCommits(options.connection, options.steady);
    this.#lastRows = options.connection.prepare<[number], LastRow>(
      `SELECT room_id AS roomId, seq, command_id AS commandId, hash, events, sealed FROM commits ORDER BY id DESC LIMIT ?`,
    );
    const { endOf, keys } = options;
    this.#atHand = {
      endOf: (roomId) => this.#ends.get(roomId) ?? endOf(roomId),
      ends: (roomId, end) => void this.#ends.set(roomId, end),
      keyOf: (roomId) => {
        const found = keys.of(roomId);
        return found.kind === "key" ? found.key : null;
      },
    };
  }

  /** Appends a batch in one transaction, or rejects and leaves everything as it was. */
  append(batch: readonly Commit[]): Promise<readonly Stored[]> {
    return this.#options.turns.do(() => this.#append(batch));
  }

  /** Has where a room's log ends looked up again. */
  forget(roomId: string): void {
    this.#ends.delete(roomId);
  }

  async #append(batch: readonly Commit[]): Promise<readonly Stored[]> {
    const { keys, beside } = this.#options;
    if (this.#ends.size > ENDS_KEPT) this.#ends.clear();
    try {
      // On disk before anything that is sealed under them.
      keys.make(batch.map(({ roomId }) => roomId));
      const { stored, waited } = beside?.takes(this.#waited)
        ? await this.#appendBeside(beside, batch)
        : this.#here(batch, this.#atHand);
      this.#waited = waited;
      return stored;
    } catch (error) {
      this.#ends.clear();
      throw error;
    }
  }

  async #appendBeside(beside: Beside, batch: readonly Commit[]): Promise<Appended> {
    try {
      return await beside.append(batch, this.#atHand);
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      this.#ends.clear();
      const stored = this.#foundAtTheEnd(batch);
      return stored ? { stored, waited: 0 } : this.#here(batch, this.#atHand);
    }
  }

  /** What came of a batch that is the last in the log, as nobody else has written since it was begun; null where it is not there. */
  #foundAtTheEnd(batch: readonly Commit[]): readonly Stored[] | null {
    const rows = this.#lastRows.all(batch.length).reverse();
    const stored: Stored[] = [];
    for (const [index, { roomId, seq, commandId }] of batch.entries()) {
      const row = rows[index];
      if (row?.roomId !== roomId || row.seq !== seq || row.commandId !== commandId) return null;
      stored.push({ point: { seq, hash: row.hash.toString("hex") }, bytes: bytesOf(row) });
    }
    return stored;
  }
}
