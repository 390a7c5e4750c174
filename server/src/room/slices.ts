import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds for which one piece of long work may keep everybody else waiting. */
const SLICE_MS = 4;

/**
 * Cuts long work on the main thread into slices: called after each small step of it, it gives something to wait for once that a slice is
 * over, and null before. `now` is in milliseconds and only measures.
 */
export function slices(now: () => number = performance.now.bind(performance)): () => Promise<void> | null {
  let began = now();
  const turn = async (): Promise<void> => {
    await nextTurn();
    began = now();
  };
  return () => (now() - began >= SLICE_MS ? turn() : null);
}

/**
 * Work of which each piece is quick and many come at once, as whole views do: one piece a turn of the event loop, so that whatever else comes
 * meanwhile is between two of them and not behind all.
 */
export class OneATurn {
  readonly #waiting: (() => void)[] = [];
  #isUnderWay = false;

  /** What `work` gives or throws, once its turn has come. */
  do<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise<void>((go) => {
      this.#waiting.push(go);
      if (this.#isUnderWay) return;
      this.#isUnderWay = true;
      setImmediate(() => this.#next());
    }).then(work);
  }

  #next(): void {
    this.#waiting.shift()?.();
    this.#isUnderWay = this.#waiting.length > 0;
    if (this.#isUnderWay) setImmediate(() => this.#next());
  }
}
