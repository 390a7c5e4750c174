import type { DocumentPlace, DocumentStore } from "../../room/documents/store.ts";
import { keyTo, type RoomKeys } from "../../room/keys.ts";
import { ThreadLost } from "../../threads/standing-thread.ts";
import type { Connection } from "../connection.ts";
import { seal } from "../seal.ts";
import {
  appendingUpdates,
  type DocumentEnd,
  type DocumentsAtHand,
  type Kept,
  keeping,
  keyOfPlace,
  SEQ_BITS,
  type UpdateBatch,
} from "./updates.ts";
import type { Writing } from "./writing.ts";

/** Documents whose row is kept in memory; beyond that all are looked up again. */
const ENDS_KEPT = 20_000;

/** Where an update is sealed for. */
export const placeOfUpdate = ({ roomId, name }: DocumentPlace, seq: number): string => `${roomId} ${name} ${seq}`;

export interface UpdateAppenderOptions extends Pick<Writing, "turns" | "beside" | "steady"> {
  readonly connection: Connection;
  readonly keys: RoomKeys;
  /** Looks up where a document ends. */
  readonly endOf: (place: DocumentPlace) => DocumentEnd | null;
}

/** Appends to documents, here or beside everything else, as `CommitAppender` does to the log. */
export class UpdateAppender {
  readonly #options: UpdateAppenderOptions;
  readonly #here: ReturnType<typeof appendingUpdates>;
  readonly #isThere;
  readonly #keepAlone;
  readonly #ends = new Map<string, DocumentEnd>();
  readonly #atHand: DocumentsAtHand;
  /** What only saves time, by what it is of. It is written with what must be on disk anyway: alone, it would cost the disk as much. */
  readonly #kept = new Map<string, Kept>();
  /** For how long the disk was waited for at the last append, in milliseconds. */
  #waited = 0;

  constructor(options: UpdateAppenderOptions) {
    this.#options = options;
    const { connection, endOf } = options;
    this.#here = appendingUpdates(connection, options.steady);
    this.#isThere = connection
      .prepare<[number | bigint, number], number>(
        `SELECT 1 FROM document_updates WHERE place = (? << ${SEQ_BITS}) | ? LIMIT 1`,
      )
      .pluck();
    const keep = keeping(connection);
    this.#keepAlone = connection.transaction((all: readonly Kept[]) => all.forEach(keep));
    this.#atHand = {
      endOf: (place) => this.#ends.get(keyOfPlace(place)) ?? endOf(place),
      ends: (place, end) => void this.#ends.set(keyOfPlace(place), end),
    };
  }

  /** Appends updates in one transaction, or rejects and leaves them all out. */
  readonly append: DocumentStore["append"] = async (updates) => {
    const { keys, turns } = this.#options;
    const sealed = updates.map(({ update, ...one }) => ({
      ...one,
      sealed: seal(keyTo(keys, one.roomId), placeOfUpdate(one, one.seq), update),
    }));
    await turns.do(async () => {
      const kept = [...this.#kept.values()];
      this.#kept.clear();
      if (this.#ends.size > ENDS_KEPT) this.#ends.clear();
      try {
        this.#waited = await this.#appendAll({ updates: sealed, kept });
      } catch (error) {
        this.#ends.clear();
        throw error;
      }
    });
  };

  /** Is written with what is appended next. */
  keep(kept: Kept): void {
    this.#kept.set(`${kept.kind} ${keyOfPlace(kept)}`, kept);
  }

  /** Writes what was to be written with the next append, as there is none. */
  close(): void {
    if (this.#kept.size > 0) this.#keepAlone.immediate([...this.#kept.values()]);
  }

  async #appendAll(batch: UpdateBatch): Promise<number> {
    const { beside } = this.#options;
    if (!beside?.takes(this.#waited)) return this.#here(batch, this.#atHand);
    try {
      return await beside.appendUpdates(batch, this.#atHand);
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      this.#ends.clear();
      return this.#isStored(batch) ? 0 : this.#here(batch, this.#atHand);
    }
  }

  /** Whether a batch is there, of which either all is or nothing. */
  #isStored({ updates: [first] }: UpdateBatch): boolean {
    if (!first) return false;
    const end = this.#options.endOf(first);
    return end !== null && this.#isThere.get(end.id, first.seq) === 1;
  }
}
