import type { RecogniserFault } from "../../recogniser.ts";
import type { Choice } from "./choice.ts";
import { givenBack, lent } from "./lending.ts";
import { modelLoading } from "./loading.ts";
import { listenTo } from "./microphone.ts";
import type { Model, Written } from "./model.ts";
import { type Job, Pace } from "./pace.ts";
import { Resampler } from "./resampler.ts";
import { Utterances } from "./utterances.ts";
import { wordsOf } from "./words.ts";

interface CaptioningOptions {
  readonly track: MediaStreamTrack;
  readonly heard: (said: { text: string; isFinal: boolean }) => void;
  readonly failed: (fault: RecogniserFault) => void;
}

/** One microphone that is captioned by a model, from when somebody wishes it to when they end it or it fails. */
export class Captioning {
  readonly #options: CaptioningOptions;
  readonly #utterances = new Utterances();
  readonly #pace = new Pace();
  readonly #leaving = new AbortController();
  #model: Model | null = null;
  #language: string | null = null;
  #leave: (() => void) | null = null;
  /** Whether something unfinished is shown, which has to end. */
  #isShowing = false;
  #wasSlow = false;

  constructor(options: CaptioningOptions) {
    this.#options = options;
  }

  get isEnded(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** Fetches what is needed, starts the model and listens. Throws where the model cannot be loaded. */
  async begin(choice: Choice, token: string): Promise<void> {
    const model = await lent(choice, token, this.#leaving.signal);
    if (this.isEnded) return givenBack(model);
    this.#model = model;
    this.#language = choice.language;
    const { track } = this.#options;
    if (track.readyState === "ended") return this.#fail("stopped");
    track.addEventListener("ended", this.#onEnded);
    let resampler: Resampler | null = null;
    const leave = await listenTo(track, (samples, rate) => {
      resampler ??= new Resampler(rate);
      this.#take(resampler.push(samples));
    }).catch(() => null);
    if (!leave) return this.#fail("not_allowed");
    if (this.isEnded) leave();
    else this.#leave = leave;
  }

  /** Ends it, and gives the model back. */
  end(): void {
    if (this.isEnded) return;
    this.#leaving.abort();
    this.#options.track.removeEventListener("ended", this.#onEnded);
    this.#leave?.();
    this.#leave = null;
    if (this.#model) givenBack(this.#model);
    else modelLoading.tell(null);
    this.#model = null;
  }

  readonly #onEnded = (): void => this.#fail("stopped");

  #take(samples: Float32Array): void {
    for (const utterance of this.#utterances.push(samples)) this.#pace.said(utterance);
    this.#work();
  }

  #work(): void {
    const job = this.#pace.next(performance.now(), () => this.#utterances.current);
    if (job && this.#model) this.#give(job, this.#model);
    if (!this.#pace.isSlow || this.#wasSlow) return;
    this.#wasSlow = true;
    this.#options.failed("too_slow");
  }

  #give({ samples, isFinal }: Job, model: Model): void {
    model.transcribed(samples, this.#language).then(
      (written) => this.isEnded || this.#hear(written, isFinal),
      (error: unknown) => {
        if (this.isEnded) return;
        console.warn("The speech model broke:", error);
        this.#fail("stopped");
      },
    );
  }

  #hear({ text: written, tookMs }: Written, isFinal: boolean): void {
    const text = wordsOf(written);
    this.#pace.done(tookMs);
    // What came to nothing is only said of what is shown already.
    if (text !== "" || (isFinal && this.#isShowing)) this.#options.heard({ text, isFinal });
    this.#isShowing = isFinal ? false : this.#isShowing || text !== "";
    this.#work();
  }

  #fail(fault: RecogniserFault): void {
    if (this.isEnded) return;
    this.end();
    this.#options.failed(fault);
  }
}
