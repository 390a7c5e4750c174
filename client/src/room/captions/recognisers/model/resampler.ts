/** What speech models listen to, in samples a second. */
export const RATE = 16_000;

/** How many zeros of the kernel stand on each side: the more, the steeper it keeps out what the lower rate cannot hold. */
const ZEROS = 16;
/** Where it begins to fade, as a part of the lower rate's half. */
const CUTOFF = 0.9;

/**
 * Brings sound from a microphone's rate to that of the models, piece by piece as it comes, by windowed sinc functions (Smith, "Digital Audio
 * Resampling"): what is above half of the new rate is taken out, and does not come back as another tone.
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  /** Of each place that a sample can have between two of the microphone's, what the samples around it count. */
  readonly #kernels: readonly Float32Array[];
  readonly #half: number;
  /** What is not used up, with the samples before it that kernels reach back to. */
  #held: Float32Array;
  /** Where the next sample is to stand in what is held, in parts of `up`. */
  #at: number;

  constructor(from: number) {
    const common = greatestCommonDivisor(from, RATE);
    this.#up = RATE / common;
    this.#down = from / common;
    const scale = Math.min(1, RATE / from);
    this.#half = Math.ceil(ZEROS / scale);
    this.#kernels = Array.from({ length: this.#up }, (_, phase) => kernelOf(phase / this.#up, this.#half, scale));
    // Before the beginning it was silent.
    this.#held = new Float32Array(this.#half);
    this.#at = this.#half * this.#up;
  }

  /** The next samples of the new rate. They come behind by the kernel's half, a millisecond. */
  push(samples: Float32Array): Float32Array {
    const held = joined(this.#held, samples);
    const out: number[] = [];
    for (; Math.floor(this.#at / this.#up) + this.#half < held.length; this.#at += this.#down) {
      const first = Math.floor(this.#at / this.#up) - this.#half + 1;
      const kernel = this.#kernels[this.#at % this.#up] ?? new Float32Array();
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) sum += (kernel[tap] ?? 0) * (held[first + tap] ?? 0);
      out.push(sum);
    }
    const used = Math.max(0, Math.min(held.length, Math.floor(this.#at / this.#up) - this.#half));
    this.#held = held.slice(used);
    this.#at -= used * this.#up;
    return Float32Array.from(out);
  }
}

function kernelOf(fraction: number, half: number, scale: number): Float32Array {
  const cutoff = CUTOFF * scale;
  const kernel = Float32Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - half + 1 - fraction;
    const angle = Math.PI * cutoff * distance;
    const window = Math.abs(distance) >= half ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * distance) / half);
    return (angle === 0 ? 1 : Math.sin(angle) / angle) * window;
  });
  // Silence and loudness stay as they are.
  const sum = kernel.reduce((all, one) => all + one, 0);
  return kernel.map((one) => one / sum);
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** Pieces of sound, one after the other. */
export function joined(...pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
