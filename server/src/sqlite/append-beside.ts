import { StandingThread } from "../threads/standing-thread.ts";
import type { Unwritten, Written } from "./append.ts";

/** From so many commits on a batch costs a thread less than what it keeps waiting. */
const MANY = 16;
/** An append that takes longer, in milliseconds, keeps everybody waiting for the disk. */
const SLOW_MS = 2;

/** The bytes of a room's key. */
export const KEY_BYTES = 32;
/** In the place of a key that is not there. */
const NO_KEY = Buffer.alloc(KEY_BYTES);

/** A batch on its way to the thread: one text, as copying its objects one by one costs several times as much. */
export interface Task {
  /** Of the database. */
  readonly path: string;
  /** As JSON, each with where its room's log ends. */
  readonly commits: string;
  /** The keys one behind the other. */
  readonly keys: Uint8Array;
}

/** What came of it, as JSON, or why nothing of it is stored. */
export type Answer = { readonly written: string } | { readonly message: string; readonly code: string | null };

/** Appends batches beside everything else, and says which. */
export interface Beside {
  /** Whether a batch of so many commits is one for it, where the last append took so many milliseconds. */
  takes(commits: number, lastTook: number): boolean;
  /** Gives what `appendingRows` does. Rejects with `ThreadLost` where it is not known what came of the batch, and else where nothing is stored of it. */
  append(batch: readonly Unwritten[]): Promise<readonly Written[]>;
  close(): Promise<void>;
}

/** Appends in a thread. It is started by the first batch that is one for it; until it is there, and where it cannot be, there are none. */
export class AppendThread implements Beside {
  readonly #path: string;
  readonly #many: number;
  readonly #thread = new StandingThread<Task, Answer>("sqlite/append-thread.js");
  #starting: Promise<unknown> | null = null;
  #isThere = false;

  /** `many`: how many commits make a batch one for it. */
  constructor(path: string, many = MANY) {
    this.#path = path;
    this.#many = many;
  }

  takes(commits: number, lastTook: number): boolean {
    if (commits < this.#many && lastTook < SLOW_MS) return false;
    void this.start();
    return this.#isThere;
  }

  /** Fulfils when the thread is there, or cannot be. */
  async start(): Promise<void> {
    this.#starting ??= this.append([]).then(
      () => {
        this.#isThere = true;
      },
      () => undefined,
    );
    await this.#starting;
  }

  async append(batch: readonly Unwritten[]): Promise<readonly Written[]> {
    const answer = await this.#thread.run({
      path: this.#path,
      commits: JSON.stringify(batch.map(({ commit, end }) => ({ commit, end }))),
      keys: Buffer.concat(batch.map(({ key }) => key ?? NO_KEY)),
    });
    if ("written" in answer) return JSON.parse(answer.written);
    const { message, code } = answer;
    throw Object.assign(new Error(message), code === null ? {} : { code });
  }

  close(): Promise<void> {
    this.#isThere = false;
    return this.#thread.close();
  }
}
