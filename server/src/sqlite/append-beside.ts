import type { Commit } from "@whetstone/shared/room/event";
import { StandingThread } from "../threads/standing-thread.ts";
import type { Appended, AtHand } from "./append.ts";
import type { End } from "./log-reading.ts";

/** A disk that takes longer, in milliseconds, would keep everybody waiting. To wait for a quicker one costs less than the way to a thread and back. */
const SLOW_MS = 3;

/** The bytes of a room's key. */
export const KEY_BYTES = 32;
/** In the place of a key that is not there. */
const NO_KEY = Buffer.alloc(KEY_BYTES);

const NOTHING_AT_HAND: AtHand = { endOf: () => null, ends: () => undefined, keyOf: () => null };

/** A batch on its way to the thread: as text, as copying its objects one by one costs several times as much. */
export interface Task {
  /** Of the database. */
  readonly path: string;
  /** As JSON. */
  readonly commits: string;
  /** As JSON, the rooms that it is about, each with where its log ends. */
  readonly rooms: string;
  /** Their keys, one behind the other. */
  readonly keys: Uint8Array;
}

/** A room in a task, and in its answer. */
export type RoomEnd = readonly [roomId: string, end: End | null];

/** What came of it, with where the rooms' logs end now, as JSON, or why nothing of it is stored. */
export type Answer =
  | { readonly stored: string; readonly rooms: string; readonly waited: number }
  | { readonly message: string; readonly code: string | null };

/** Appends batches beside everything else, where that is worth it. */
export interface Beside {
  /** Whether it appends the next batch, where the disk took so many milliseconds for the last one. */
  takes(waited: number): boolean;
  /** Does what `appendingRows` does. Rejects with `ThreadLost` where it is not known what came of the batch, and else where nothing is stored of it. */
  append(batch: readonly Commit[], atHand: AtHand): Promise<Appended>;
  close(): Promise<void>;
}

/** Appends in a thread, while the disk is slow. It is started when that is first so; until it is there, and where it cannot be, it takes nothing. */
export class AppendThread implements Beside {
  readonly #path: string;
  readonly #slowMs: number;
  readonly #thread = new StandingThread<Task, Answer>("sqlite/append-thread.js");
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
    this.#starting ??= this.append([], NOTHING_AT_HAND).then(
      () => {
        this.#isThere = true;
      },
      () => undefined,
    );
    await this.#starting;
  }

  async append(batch: readonly Commit[], atHand: AtHand): Promise<Appended> {
    const roomIds = [...new Set(batch.map(({ roomId }) => roomId))];
    const rooms: RoomEnd[] = roomIds.map((roomId) => [roomId, atHand.endOf(roomId)]);
    const answer = await this.#thread.run({
      path: this.#path,
      commits: JSON.stringify(batch),
      rooms: JSON.stringify(rooms),
      keys: Buffer.concat(roomIds.map((roomId) => atHand.keyOf(roomId) ?? NO_KEY)),
    });
    if ("message" in answer) {
      const { message, code } = answer;
      throw Object.assign(new Error(message), code === null ? {} : { code });
    }
    const now: readonly RoomEnd[] = JSON.parse(answer.rooms);
    for (const [roomId, end] of now) if (end) atHand.ends(roomId, end);
    return { stored: JSON.parse(answer.stored), waited: answer.waited };
  }

  close(): Promise<void> {
    this.#isThere = false;
    return this.#thread.close();
  }
}
