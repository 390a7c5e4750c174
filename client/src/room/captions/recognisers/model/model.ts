import workerUrl from "./caption-worker.ts?worker&url";
import type { Choice } from "./choice.ts";
import type { Brought } from "./files.ts";
import { FromWorker, type ToWorker } from "./protocol.ts";

/** What a model wrote down of an utterance, and how long it took for that. */
export interface Written {
  readonly text: string;
  readonly tookMs: number;
}

interface Waiting {
  readonly resolve: (written: Written) => void;
  readonly reject: (error: Error) => void;
}

/** What tells one loaded model from another. */
export const keyOf = ({ model, paths }: Choice): string =>
  model.files.flatMap(({ path, sha256 }) => (paths.includes(path) ? sha256 : [])).join(" ");

/** A speech model that is loaded, in a worker of its own. */
export class Model {
  readonly key: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;
  #isBroken = false;

  private constructor(key: string, worker: Worker) {
    this.key = key;
    this.#worker = worker;
  }

  /** Starts it; throws where it cannot be, or is not wanted any more. */
  static async start(choice: Choice, { runtime, files }: Brought, signal: AbortSignal): Promise<Model> {
    signal.throwIfAborted();
    const worker = new Worker(workerUrl, { name: "captions" });
    const model = new Model(keyOf(choice), worker);
    const ready = new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        const message = FromWorker.safeParse(data).data;
        if (message?.type === "ready") resolve();
        else reject(new Error(message?.type === "broken" ? message.message : "It said something else."));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    model.#post({ type: "load", chosen: choice.chosen, runtime, files }, [runtime, ...files.values()]);
    try {
      await ready;
    } catch (error) {
      model.close();
      throw error;
    }
    worker.onmessage = ({ data }) => model.#hear(data);
    worker.onerror = ({ message }) => model.#break(message);
    return model;
  }

  /** Nothing comes of it any more. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** What was said; `samples` are at 16 kHz, and gone afterwards. */
  transcribed(samples: Float32Array, language: string | null): Promise<Written> {
    if (this.#isBroken) return Promise.reject(new Error("The model is closed."));
    this.#count += 1;
    const id = this.#count;
    this.#post({ type: "transcribe", id, samples, language }, [samples.buffer]);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Ends the worker, and gives back what it took. */
  close(): void {
    this.#break("It was closed.");
  }

  #hear(data: unknown): void {
    const message = FromWorker.safeParse(data).data;
    if (message?.type !== "text") {
      this.#break(message?.type === "broken" ? message.message : "It said something else.");
      return;
    }
    this.#waiting.get(message.id)?.resolve(message);
    this.#waiting.delete(message.id);
  }

  #break(why: string): void {
    this.#isBroken = true;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }

  #post(message: ToWorker, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }
}
