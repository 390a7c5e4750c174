import { setTimeout as wait } from "node:timers/promises";
import type { DocumentStore } from "./store.ts";

/**
 * How long at least lies between the beginnings of two flushes, in milliseconds: a flush costs the same for one update as for many, and nobody
 * who reads waits for it.
 */
const EVERY_MS = 20;

const nothing = Promise.resolve(true);

/** Brings to the disk what is stored, for all together who wait for it. */
export class Flushes {
  readonly #store: Pick<DocumentStore, "flush">;
  readonly #onFault: (error: unknown) => void;
  readonly #steady: () => number;
  /** Whether something was stored since the last flush began that succeeded or is under way. */
  #isBehind = false;
  #underWay: Promise<boolean> | null = null;
  #next: Promise<boolean> | null = null;
  #notBefore = 0;

  /** `steady` gives the milliseconds of a clock that nobody sets. */
  constructor(store: Pick<DocumentStore, "flush">, onFault: (error: unknown) => void, steady: () => number) {
    this.#store = store;
    this.#onFault = onFault;
    this.#steady = steady;
  }

  /** To be told when something is stored. */
  stored(): void {
    this.#isBehind = true;
  }

  /** Fulfils with whether everything that is stored by now is on disk. */
  durable(): Promise<boolean> {
    if (!this.#isBehind) return this.#underWay ?? nothing;
    this.#next ??= this.#flushNext();
    return this.#next;
  }

  async #flushNext(): Promise<boolean> {
    await this.#underWay;
    const pause = this.#notBefore - this.#steady();
    if (pause > 0) await wait(pause);
    this.#next = null;
    this.#isBehind = false;
    this.#notBefore = this.#steady() + EVERY_MS;
    this.#underWay = this.#flush();
    const isDurable = await this.#underWay;
    this.#underWay = null;
    return isDurable;
  }

  async #flush(): Promise<boolean> {
    try {
      await this.#store.flush();
      return true;
    } catch (error) {
      this.#isBehind = true;
      this.#onFault(error);
      return false;
    }
  }
}
