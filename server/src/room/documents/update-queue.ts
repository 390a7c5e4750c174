import { setTimeout as wait } from "node:timers/promises";
import type { DocumentPlace, DocumentStore, DocumentUpdate } from "./store.ts";

interface Entry {
  readonly update: DocumentPlace & DocumentUpdate;
  readonly answer: (isSaved: boolean) => void;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** So many updates wait for no others. */
const APPENDED_AT_ONCE = 96;

/**
 * For how long at most what comes behind an append is gathered, in milliseconds: else for as long as that took, or the one before it where that
 * was shorter. So behind a fast disk nothing waits, also where it was slow once, and a slow one takes at most half of the time.
 */
const GATHERED_MOST_MS = 8;
/** What is shorter no timer measures. */
const SHORTEST_PAUSE_MS = 1;

/** Makes updates of documents durable, those together that come at once. */
export class UpdateQueue {
  readonly #store: Pick<DocumentStore, "append">;
  readonly #onAppended: (saved: number, faults: readonly unknown[]) => void;
  readonly #steady: () => number;
  #waiting: Entry[] = [];
  /** Until when, by the steady clock, what comes is gathered, and how long the last append took. */
  #gathersUntil = 0;
  #lastTook = 0;
  #flushing: Promise<void> | null = null;

  /**
   * `onAppended` is told of every append: how many updates are on disk, and why others are not. `steady` gives the milliseconds of a clock that
   * nobody sets.
   */
  constructor(
    store: Pick<DocumentStore, "append">,
    onAppended: (saved: number, faults: readonly unknown[]) => void,
    steady: () => number,
  ) {
    this.#store = store;
    this.#onAppended = onAppended;
    this.#steady = steady;
  }

  /** Fulfils with whether it is on disk. Updates of one document are answered in their order. */
  add(update: DocumentPlace & DocumentUpdate): Promise<boolean> {
    const answered = new Promise<boolean>((answer) => {
      this.#waiting.push({ update, answer });
    });
    this.#flushing ??= this.#flush();
    return answered;
  }

  /** Waits until everything that was taken in is answered. */
  async settle(): Promise<void> {
    while (this.#flushing) await this.#flushing;
  }

  async #flush(): Promise<void> {
    do {
      await this.#gather();
      const batch = this.#waiting;
      this.#waiting = [];
      const from = this.#steady();
      await this.#append(batch);
      const until = this.#steady();
      const took = until - from;
      this.#gathersUntil = until + Math.min(took, this.#lastTook, GATHERED_MOST_MS);
      this.#lastTook = took;
    } while (this.#waiting.length > 0);
    this.#flushing = null;
  }

  /** Lasts a turn of the event loop, and longer while each brings more: an append costs the disk the same for one as for many. */
  async #gather(): Promise<void> {
    const pause = this.#gathersUntil - this.#steady();
    if (pause >= SHORTEST_PAUSE_MS) await wait(pause);
    let gathered: number;
    do {
      gathered = this.#waiting.length;
      await nextTurn();
    } while (this.#waiting.length > gathered && this.#waiting.length < APPENDED_AT_ONCE);
  }

  /** Where a batch fails it is tried document by document, so that only those are refused that cannot be saved. */
  async #append(batch: readonly Entry[]): Promise<void> {
    const faults: unknown[] = [];
    let saved = 0;
    const parts: (readonly Entry[])[] = [batch];
    for (const part of parts) {
      try {
        await this.#store.append(part.map(({ update }) => update));
        saved += part.length;
        for (const { answer } of part) answer(true);
      } catch (error) {
        faults.push(error);
        const names = new Set(part.map(nameOf));
        if (names.size > 1) for (const name of names) parts.push(part.filter((entry) => nameOf(entry) === name));
        else for (const { answer } of part) answer(false);
      }
    }
    this.#onAppended(saved, faults);
  }
}

const nameOf = ({ update }: Entry): string => `${update.roomId} ${update.name}`;
