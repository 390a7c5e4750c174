import { joined, RATE } from "./resampler.ts";

/** Finds in what a microphone hears where somebody says something, by its loudness alone, and cuts it where they pause. */

/** How long a piece of sound is whose loudness is measured, in samples: 20 ms. */
const FRAME = RATE / 50;
const seconds = (count: number): number => Math.round((count * RATE) / FRAME);

/** How loud speech is at least: the root mean square of samples that go from −1 to 1. */
const QUIETEST = 0.006;
/** By how much it stands out from what is always there. */
const OUT_OF_NOISE = 3;
/** As long as nothing is quieter, that is no speech but a hum: in speech, there are gaps between any two words. */
const HUM = seconds(3);
/** What is kept from before the first loud frame, as words begin softly, and after the last. */
const BEFORE = seconds(0.3);
const AFTER = seconds(0.2);
/** A pause of this length ends what is said. */
const PAUSE = seconds(0.7);
/** Less than this is a click or a cough. */
const SHORTEST = seconds(0.2);
/** What goes on for longer is cut where it is quietest near its end. */
const LONGEST = seconds(15);
const NEAR_END = seconds(3);

interface Frame {
  readonly samples: Float32Array;
  readonly loudness: number;
  readonly isLoud: boolean;
}

export class Utterances {
  #rest = new Float32Array();
  /** How loud it was lately, whatever it was. */
  #lately: number[] = [];
  /** While nobody speaks, what came last; and then what is being said. */
  #frames: Frame[] = [];
  #isSaying = false;
  #quietFor = 0;

  /** What ended with these samples, each at 16 kHz. */
  push(samples: Float32Array): Float32Array[] {
    const all = joined(this.#rest, samples);
    const ended: Float32Array[] = [];
    let at = 0;
    for (; at + FRAME <= all.length; at += FRAME) {
      const one = this.#take(all.slice(at, at + FRAME));
      if (one) ended.push(one);
    }
    this.#rest = all.slice(at);
    return ended;
  }

  /** What is being said, up to now; null where nobody speaks, or for too short a time to tell. */
  get current(): Float32Array | null {
    return this.#isSaying && loudIn(this.#frames) >= SHORTEST ? soundOf(this.#frames) : null;
  }

  #take(samples: Float32Array): Float32Array | null {
    const frame = this.#measured(samples);
    this.#frames.push(frame);
    if (!this.#isSaying) {
      if (frame.isLoud) {
        this.#isSaying = true;
        this.#quietFor = 0;
      } else this.#frames = this.#frames.slice(-BEFORE);
      return null;
    }
    this.#quietFor = frame.isLoud ? 0 : this.#quietFor + 1;
    if (this.#quietFor >= PAUSE) return this.#end();
    return this.#frames.length >= LONGEST ? this.#cut() : null;
  }

  #measured(samples: Float32Array): Frame {
    const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    this.#lately = [...this.#lately, loudness].slice(-HUM);
    const noise = Math.min(...this.#lately);
    return { samples, loudness, isLoud: loudness > Math.max(QUIETEST, OUT_OF_NOISE * noise) };
  }

  #end(): Float32Array | null {
    const said = this.#frames.slice(0, Math.max(0, this.#frames.length - this.#quietFor + AFTER));
    this.#frames = this.#frames.slice(-BEFORE).filter(({ isLoud }) => !isLoud);
    this.#isSaying = false;
    return loudIn(said) >= SHORTEST ? soundOf(said) : null;
  }

  #cut(): Float32Array {
    const from = this.#frames.length - NEAR_END;
    const quietest = this.#frames
      .slice(from)
      .reduce((best, { loudness }, at, all) => (loudness < (all[best]?.loudness ?? 0) ? at : best), 0);
    const said = this.#frames.slice(0, from + quietest);
    this.#frames = this.#frames.slice(from + quietest);
    return soundOf(said);
  }
}

const loudIn = (frames: readonly Frame[]): number => frames.reduce((sum, { isLoud }) => sum + (isLoud ? 1 : 0), 0);
const soundOf = (frames: readonly Frame[]): Float32Array => joined(...frames.map(({ samples }) => samples));
