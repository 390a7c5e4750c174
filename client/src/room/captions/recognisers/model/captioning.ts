import type { RecogniserFault } from "../../recogniser.ts";
import workerUrl from "./caption-worker.ts?worker&url";
import type { Choice } from "./choice.ts";
import { filesOf } from "./files.ts";
import { modelLoading } from "./loading.ts";
import { listenTo } from "./microphone.ts";
import { type Job, Pace } from "./pace.ts";
import { FromWorker, type ToWorker } from "./protocol.ts";
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
  #worker: Worker | null = null;
  #leave: (() => void) | null = null;
  #job: { readonly id: number; readonly isFinal: boolean } | null = null;
  #language: string | null = null;
  /** Whether something unfinished is shown, which has to end. */
  #isShowing = false;
  #wasSlow = false;

  constructor(options: CaptioningOptions) {
    this.#options = options;
  }

  /** Fetches what is needed, starts the model and listens. */
  async begin(choice: Choice, token: string): Promise<void> {
    const { signal } = this.#leaving;
    const brought = await filesOf(choice, token, (fetched) => signal.aborted || modelLoading.tell(fetched), signal);
    if (signal.aborted) return;
    this.#language = choice.language;
    const worker = new Worker(workerUrl, { name: "captions" });
    this.#worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        const message = FromWorker.parse(data);
        if (message.type === "ready") resolve();
        else reject(new Error(message.type === "broken" ? message.message : "The model spoke before it was ready."));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      signal.addEventListener("abort", () => reject(signal.reason));
      this.#post({ type: "load", chosen: choice.chosen, ...brought }, [brought.runtime, ...brought.files.values()]);
    });
    modelLoading.tell(null);
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = () => this.#fail("stopped");
    await this.#listen();
  }

  /** Ends everything, and gives back what the model took. */
  end(): void {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    this.#worker?.terminate();
    this.#worker = null;
    this.#leave?.();
    this.#leave = null;
    this.#options.track.removeEventListener("ended", this.#onEnded);
    modelLoading.tell(null);
  }

  get isEnded(): boolean {
    return this.#leaving.signal.aborted;
  }

  async #listen(): Promise<void> {
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

  readonly #onEnded = (): void => this.#fail("stopped");

  #take(samples: Float32Array): void {
    for (const utterance of this.#utterances.push(samples)) this.#pace.said(utterance);
    this.#work();
  }

  #work(): void {
    const job = this.#pace.next(performance.now(), () => this.#utterances.current);
    if (job) this.#give(job);
    if (!this.#pace.isSlow || this.#wasSlow) return;
    this.#wasSlow = true;
    this.#options.failed("too_slow");
  }

  #give({ samples, isFinal }: Job): void {
    const id = (this.#job?.id ?? 0) + 1;
    this.#job = { id, isFinal };
    this.#post({ type: "transcribe", id, samples, language: this.#language }, [samples.buffer]);
  }

  #hear(data: unknown): void {
    const message = FromWorker.safeParse(data).data;
    if (message?.type !== "text") {
      console.warn("The speech model broke:", message?.type === "broken" ? message.message : message);
      this.#fail("stopped");
      return;
    }
    if (message.id !== this.#job?.id) return;
    const { isFinal } = this.#job;
    const text = wordsOf(message.text);
    this.#pace.done(message.tookMs);
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

  #post(message: ToWorker, transfer: Transferable[]): void {
    this.#worker?.postMessage(message, transfer);
  }
}
