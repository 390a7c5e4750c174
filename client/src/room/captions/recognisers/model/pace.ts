import { RATE } from "./resampler.ts";

/** What a model is given to write down: an utterance up to now, or the whole of one. */
export interface Job {
  readonly samples: Float32Array;
  readonly isFinal: boolean;
}

/** How much has to be said before a model can make something of it, in samples. */
const SHORTEST = RATE;
/** How often what is being said is shown while it is said, in milliseconds. */
const INTERIM_MS = 2_000;
/** How much of the time a device may compute for that alone. */
const SHARE = 0.4;
/** A device that takes longer for one utterance is too slow to show any while it is said. */
const SLOW_MS = 4_000;
/** How many utterances may wait. */
const WAITING = 2;

/**
 * What a model works on next: one thing at a time, whole utterances first. What is still being said is shown as often as the device keeps up
 * with, so that nothing queues up behind it; of whole utterances, the oldest is left out where too many wait.
 */
export class Pace {
  #waiting: Float32Array[] = [];
  #works = false;
  #interimAt = Number.NEGATIVE_INFINITY;
  /** How long the last one took. */
  #tookMs = 0;
  #isSlow = false;

  /** Whether the device does not keep up. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Takes an utterance that is over. */
  said(samples: Float32Array): void {
    this.#waiting.push(samples);
    if (this.#waiting.length <= WAITING) return;
    this.#waiting.shift();
    this.#isSlow = true;
  }

  /** What to begin at `nowMs`, where anything; `current` is what is being said up to now. */
  next(nowMs: number, current: () => Float32Array | null): Job | null {
    if (this.#works) return null;
    const whole = this.#waiting.shift();
    if (whole) return this.#begin({ samples: whole, isFinal: true });
    const part = this.#isInterimDue(nowMs) ? current() : null;
    if (!part || part.length < SHORTEST) return null;
    this.#interimAt = nowMs;
    return this.#begin({ samples: part, isFinal: false });
  }

  #begin(job: Job): Job {
    this.#works = true;
    return job;
  }

  /** What was begun is done. */
  done(tookMs: number): void {
    this.#works = false;
    this.#tookMs = tookMs;
    this.#isSlow = tookMs > SLOW_MS;
  }

  #isInterimDue(nowMs: number): boolean {
    return this.#tookMs <= SLOW_MS && nowMs - this.#interimAt >= Math.max(INTERIM_MS, this.#tookMs / SHARE);
  }
}
