import { Worker } from "node:worker_threads";
import type { PrintAnswer, PrintRequest } from "./pdf/print-thread.ts";
import type { RoomExport } from "./room-export.ts";

/** A thread begins with a built file, also where the tests run the sources. */
const THREAD = new URL("../../dist/export/pdf/print-thread.js", import.meta.url);
const IDLE_MS = 60_000;

/** Why there is no PDF and what to do, as a sentence. */
export interface PdfProblem {
  readonly problem: string;
}

/**
 * Prints rooms in a thread of its own, so that no interview waits for a page. The thread is started by the first room,
 * ended when there has been nothing to print for a minute, and started anew where it died.
 */
export class PdfPrinter {
  readonly #thread: URL;
  readonly #waiting = new Map<number, (answer: Uint8Array | PdfProblem) => void>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(thread: URL = THREAD) {
    this.#thread = thread;
  }

  /** The room as a tagged PDF, or why there is none. Never rejects. */
  toPdf(exported: RoomExport): Promise<Uint8Array | PdfProblem> {
    clearTimeout(this.#idle);
    const worker = this.#running();
    const id = ++this.#count;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, exported } satisfies PrintRequest);
    });
  }

  /** Ends the thread; whoever still waits is told that there will be no PDF. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    this.#tellWaiting("the server is stopping");
    await worker?.terminate();
  }

  #running(): Worker {
    const worker = this.#worker ?? this.#started();
    worker.ref();
    return worker;
  }

  #started(): Worker {
    const worker = new Worker(this.#thread, { execArgv: [] });
    let reason = "its thread ended by itself";
    worker.on("message", (answer: PrintAnswer) => this.#answered(worker, answer));
    worker.on("error", (error) => {
      reason = error.message;
    });
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#tellWaiting(reason);
    });
    this.#worker = worker;
    return worker;
  }

  #answered(worker: Worker, answer: PrintAnswer): void {
    this.#waiting.get(answer.id)?.("pdf" in answer ? answer.pdf : { problem: answer.problem });
    this.#waiting.delete(answer.id);
    if (this.#waiting.size > 0) return;
    worker.unref();
    this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
  }

  #tellWaiting(reason: string): void {
    const problem = `The PDF could not be made: ${reason}. Try again, or take another format.`;
    for (const resolve of this.#waiting.values()) resolve({ problem });
    this.#waiting.clear();
  }
}
