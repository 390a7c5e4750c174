const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before something is tried again that the server could not do just now, in milliseconds: twice as long each time, up
 * to half a minute, and by chance up to half of it less, so that many who were turned away at once do not all come back at once.
 */
export class Pauses {
  readonly #random: () => number;
  #next = FIRST_MS;

  /** `random` gives numbers from 0 up to 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  next(): number {
    const pause = this.#next * (1 - this.#random() / 2);
    this.#next = Math.min(LONGEST_MS, this.#next * 2);
    return pause;
  }

  /** It was done: the next pause is a first one again. */
  over(): void {
    this.#next = FIRST_MS;
  }
}
