import { SCOUT_MS } from "./scout.ts";

export interface PulseOptions {
  /** Asks the far end for an answer, which it gives at once. */
  readonly ask: (answered: () => void) => void;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  readonly onAnswer: () => void;
  /** No answer has come yet, and in `SCOUT_MS` it will be too late. Returns what is to be done once it is known. */
  readonly onDoubt: () => () => void;
  /** No answer came in time: the line is dead, whatever the browser says of it. */
  readonly onSilent: () => void;
}

/** In milliseconds. A line that carries nothing any more is known to be dead within the sum of this and of the patience below. */
const EVERY_MS = 2_500;
const PATIENCE_MS = 3_000;
/** Where one answer took long, as one does that comes behind something large. */
const MOST_PATIENCE_MS = 3_500;
/** For the first answer, which comes behind the whole view. */
const FIRST_PATIENCE_MS = 5_000;
/** Where something has happened that lines often do not survive. */
const LOOK_PATIENCE_MS = 2_000;
const LONGEST_MS = 24_000;
/** So many answers tell how slow a line is, and so many make up for a silence. */
const ANSWERS = 3;
/** A timer that is later than this was held back, in a hidden page or while the computer slept. */
const LATE_MS = 1_000;

/**
 * Asks again and again whether the other end is there. When it asks depends on its own answers and on nothing that is in them, so that
 * its traffic says nothing of a room. On a slow line it is patient: whatever was cut off would have to come whole once more.
 */
export class Pulse {
  readonly #options: PulseOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isKnown = () => {};
  /** What is waited for; an answer to anything before it says nothing of the line as it is now. */
  #asked: object | null = null;
  #isOn = false;
  #trips: readonly number[] = [];
  #silences = 0;
  #answersSince = 0;

  constructor(options: PulseOptions) {
    this.#options = options;
  }

  /** The line was opened. */
  start(): void {
    this.#isOn = true;
    this.#answersSince = 0;
    this.#ask(FIRST_PATIENCE_MS);
  }

  /** Asks at once, as something has happened. */
  look(): void {
    if (this.#isOn) this.#ask(LOOK_PATIENCE_MS);
  }

  /** The line was closed. */
  stop(): void {
    this.#isOn = false;
    this.#asked = null;
    this.#rest();
  }

  /** Nothing is waited for, and nothing doubted. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#isKnown();
    this.#isKnown = () => {};
  }

  #ask(patienceMs: number, isSecond = false): void {
    const { ask, steady, onDoubt } = this.#options;
    const asked = {};
    this.#asked = asked;
    const at = steady();
    const waits = this.#patience(patienceMs);
    this.#rest();
    const tooLate = () => {
      // Held back, it says nothing of how long the other end took.
      const isLate = steady() - at > waits + LATE_MS;
      if (isLate && !isSecond) this.#ask(LOOK_PATIENCE_MS, true);
      else this.#silent();
    };
    this.#timer = setTimeout(() => {
      this.#isKnown = onDoubt();
      this.#timer = setTimeout(tooLate, SCOUT_MS);
    }, waits - SCOUT_MS);
    ask(() => {
      if (this.#asked === asked) this.#answered(steady() - at);
    });
  }

  #patience(leastMs: number): number {
    const trips = this.#trips;
    const [fastest, slowest] = [Math.min(...trips), Math.max(0, ...trips)];
    // That every answer takes long is the line; that one did is what was on it.
    const ofLine = trips.length < ANSWERS ? 0 : 3 * fastest;
    const waits = Math.max(leastMs, Math.min(MOST_PATIENCE_MS, 3 * slowest), ofLine);
    return Math.min(LONGEST_MS, waits * 2 ** this.#silences);
  }

  #answered(tripMs: number): void {
    this.#asked = null;
    this.#trips = [...this.#trips, tripMs].slice(-ANSWERS);
    this.#answersSince += 1;
    if (this.#answersSince >= ANSWERS) this.#silences = 0;
    this.#rest();
    this.#timer = setTimeout(() => this.#ask(PATIENCE_MS), EVERY_MS);
    this.#options.onAnswer();
  }

  #silent(): void {
    this.stop();
    // One that had answered was not too slow to: it is dead, and the next one is not waited for longer because of it.
    if (this.#answersSince === 0) this.#silences = Math.min(this.#silences + 1, 4);
    this.#options.onSilent();
  }
}
