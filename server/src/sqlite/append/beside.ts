import type { Commit } from "@whetstone/shared/room/event";
import type { DocumentPlace } from "../../room/documents/store.ts";
import { StandingThread } from "../../threads/standing-thread.ts";
import type { End } from "../log-reading.ts";
import type { Appended, AtHand } from "./commits.ts";
import {
  type DocumentEnd,
  type DocumentsAtHand,
  type Kept,
  keyOfPlace,
  type SealedUpdate,
  type UpdateBatch,
} from "./updates.ts";

/** A disk that takes longer, in milliseconds, would keep everybody waiting. To wait for a quicker one costs less than the way to a thread and back. */
const SLOW_MS = 3;

/** The bytes of a room's key. */
export const KEY_BYTES = 32;
/** In the place of a key that is not there. */
const NO_KEY = Buffer.alloc(KEY_BYTES);

/**
 * A batch on its way to the thread: of the log, or of updates of documents. What is text goes as JSON, as copying objects one by one costs several times as
 * much, and what is bytes stands one behind the other.
 */
export type Task = {
  /** Of the database. */
  readonly path: string;
} & (
  | {
      readonly of: "log";
      /** As JSON, the commits. */
      readonly batch: string;
      /** As JSON, the rooms that they are of, as `RoomEnd`s. */
      readonly ends: string;
      /** The keys of those rooms. */
      readonly bytes: Uint8Array;
    }
  | {
      readonly of: "documents";
      /** As JSON, a `BareBatch`. */
      readonly batch: string;
      /** As JSON, the documents that it is of, as `PlaceEnd`s. */
      readonly ends: string;
      /** What is sealed. */
      readonly bytes: Uint8Array;
    }
);

/** A room, and where its log ends. */
export type RoomEnd = readonly [roomId: string, end: End | null];

/** A document, and where it ends. */
export type PlaceEnd = readonly [place: DocumentPlace, end: DocumentEnd | null];

type Bare<Sealed> = Sealed extends { readonly sealed: Uint8Array }
  ? Omit<Sealed, "sealed"> & { readonly sealedBytes: number }
  : Sealed;

/** An `UpdateBatch` with how many bytes it takes in the place of each that is sealed, in their order. */
export interface BareBatch {
  readonly updates: readonly Bare<SealedUpdate>[];
  readonly kept: readonly Bare<Kept>[];
}

/** What came of it, with where all ends now, both as JSON, or why nothing of it is stored. */
export type Answer =
  | { readonly stored: string; readonly ends: string; readonly waited: number }
  | { readonly message: string; readonly code: string | null };

/** Appends batches beside everything else, where that is worth it. */
export interface Beside {
  /** Whether it appends the next batch, where the disk took so many milliseconds for the last one. */
  takes(waited: number): boolean;
  /** Does what `appendingCommits` does. Rejects with `ThreadLost` where it is not known what came of the batch, and else where nothing is stored of it. */
  append(batch: readonly Commit[], atHand: AtHand): Promise<Appended>;
  /** Does what `appendingUpdates` does, and rejects as `append` does. */
  appendUpdates(batch: UpdateBatch, atHand: DocumentsAtHand): Promise<number>;
  close(): Promise<void>;
}

/** Appends in a thread, while the disk is slow. It is started when that is first so; until it is there, and where it cannot be, it takes nothing. */
export class AppendThread implements Beside {
  readonly #path: string;
  readonly #slowMs: number;
  readonly #thread = new StandingThread<Task, Answer>("sqlite/append/append-thread.js");
  #starting: Promise<unknown> | null = null;
  #isThere = false;

  /** `slowMs`: from when on the disk is slow. */
  constructor(path: string, slowMs = SLOW_MS) {
    this.#path = path;
    this.#slowMs = slowMs;
  }

  takes(waited: number): boolean {
    if (waited < this.#slowMs) return false;
    void this.start();
    return this.#isThere;
  }

  /** Fulfils when the thread is there, or cannot be. */
  async start(): Promise<void> {
    this.#starting ??= this.#answerTo({ of: "log", path: this.#path, batch: "[]", ends: "[]", bytes: NO_KEY }).then(
      () => {
        this.#isThere = true;
      },
      () => undefined,
    );
    await this.#starting;
  }

  async append(batch: readonly Commit[], atHand: AtHand): Promise<Appended> {
    const roomIds = [...new Set(batch.map(({ roomId }) => roomId))];
    const ends: RoomEnd[] = roomIds.map((roomId) => [roomId, atHand.endOf(roomId)]);
    const answer = await this.#answerTo({
      of: "log",
      path: this.#path,
      batch: JSON.stringify(batch),
      ends: JSON.stringify(ends),
      bytes: Buffer.concat(roomIds.map((roomId) => atHand.keyOf(roomId) ?? NO_KEY)),
    });
    const now: readonly RoomEnd[] = JSON.parse(answer.ends);
    for (const [roomId, end] of now) if (end) atHand.ends(roomId, end);
    return { stored: JSON.parse(answer.stored), waited: answer.waited };
  }

  async appendUpdates({ updates, kept }: UpdateBatch, atHand: DocumentsAtHand): Promise<number> {
    const places = new Map(updates.map(({ roomId, name }) => [keyOfPlace({ roomId, name }), { roomId, name }]));
    const ends: PlaceEnd[] = [...places.values()].map((place) => [place, atHand.endOf(place)]);
    const sealed = [...updates, ...kept].flatMap((one) => ("sealed" in one ? one.sealed : []));
    const batch: BareBatch = { updates: updates.map(bare), kept: kept.map(bareKept) };
    const answer = await this.#answerTo({
      of: "documents",
      path: this.#path,
      batch: JSON.stringify(batch),
      ends: JSON.stringify(ends),
      bytes: Buffer.concat(sealed),
    });
    const now: readonly PlaceEnd[] = JSON.parse(answer.ends);
    for (const [place, end] of now) if (end) atHand.ends(place, end);
    return answer.waited;
  }

  close(): Promise<void> {
    this.#isThere = false;
    return this.#thread.close();
  }

  async #answerTo(task: Task): Promise<Exclude<Answer, { readonly message: string }>> {
    const answer = await this.#thread.run(task);
    if ("stored" in answer) return answer;
    const { message, code } = answer;
    throw Object.assign(new Error(message), code === null ? {} : { code });
  }
}

const bare = ({ sealed, ...one }: SealedUpdate): Bare<SealedUpdate> => ({ ...one, sealedBytes: sealed.length });

function bareKept(kept: Kept): Bare<Kept> {
  if (kept.kind === "folded") return kept;
  const { sealed, ...one } = kept;
  return { ...one, sealedBytes: sealed.length };
}
