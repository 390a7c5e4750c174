/** Hands on what a microphone hears, a tenth of a second at a time, on the browser's thread of sound. */

declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

class Microphone extends AudioWorkletProcessor {
  #piece = new Float32Array(Math.ceil(sampleRate / 10));
  #filled = 0;

  /** Called by the browser with the next samples of each channel, of which the first is enough. */
  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const samples = input?.[0];
    // A microphone that gives nothing is silent.
    this.#take(samples ?? new Float32Array(128));
    return true;
  }

  #take(samples: Float32Array): void {
    for (let from = 0; from < samples.length; ) {
      const more = samples.subarray(from, from + this.#piece.length - this.#filled);
      this.#piece.set(more, this.#filled);
      this.#filled += more.length;
      from += more.length;
      if (this.#filled < this.#piece.length) continue;
      this.port.postMessage(this.#piece, [this.#piece.buffer]);
      this.#piece = new Float32Array(Math.ceil(sampleRate / 10));
      this.#filled = 0;
    }
  }
}

registerProcessor("microphone", Microphone);
