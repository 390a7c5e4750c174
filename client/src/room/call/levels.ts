/** How loud somebody has to be to be taken to speak: the root mean square of a microphone's samples, which go from −1 to 1. */
const SPEAKS = 0.015;

/** How loud microphones are, one's own and those of others, by the browser's own analysis of sound. */
export class Levels {
  readonly #audio: AudioContext;
  readonly #watched = new Map<string, Watched>();

  constructor(audio: AudioContext) {
    this.#audio = audio;
  }

  /** Follows these tracks, each under its name, and no others. */
  follow(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [name, { track, source }] of this.#watched) {
      if (tracks.get(name) === track) continue;
      source.disconnect();
      this.#watched.delete(name);
    }
    for (const [name, track] of tracks) {
      if (this.#watched.has(name)) continue;
      const source = this.#audio.createMediaStreamSource(new MediaStream([track]));
      const analyser = this.#audio.createAnalyser();
      analyser.fftSize = 512;
      source.connect(analyser);
      this.#watched.set(name, { track, source, analyser, samples: new Float32Array(analyser.fftSize) });
    }
  }

  /** How loud it is just now, from 0 to 1. */
  of(name: string): number {
    const watched = this.#watched.get(name);
    if (!watched) return 0;
    watched.analyser.getFloatTimeDomainData(watched.samples);
    const sum = watched.samples.reduce((all, sample) => all + sample * sample, 0);
    return Math.sqrt(sum / watched.samples.length);
  }

  /** The names of those who are loud enough to speak. */
  get speaking(): readonly string[] {
    return [...this.#watched.keys()].filter((name) => this.of(name) > SPEAKS);
  }

  close(): void {
    this.follow(new Map());
    // It may be closed already, with the page.
    this.#audio.close().catch(() => {});
  }
}

interface Watched {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly analyser: AnalyserNode;
  readonly samples: Float32Array<ArrayBuffer>;
}
