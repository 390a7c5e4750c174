import { availableParallelism } from "node:os";
import type { Transferable } from "node:worker_threads";
import { Piscina } from "piscina";

/** Where the built files are, also where the tests run the sources: a thread begins with one. */
const DIST = new URL("../../dist/", import.meta.url);
const IDLE_MS = 60_000;

/** Why a pool has no result for whoever asked, each as a part of a sentence. */
const REASONS = {
  busy: "too much is waiting already",
  died: "its thread ended by itself",
  stopping: "the server is stopping",
} as const;

export class WorkLost extends Error {
  readonly reason: keyof typeof REASONS;

  constructor(reason: keyof typeof REASONS, cause: unknown) {
    super(REASONS[reason], { cause });
    this.reason = reason;
  }
}

interface PoolOptions {
  /** Threads that work at once. */
  readonly threads?: number;
  /** What may wait for a thread; beyond that work is refused. */
  readonly waiting?: number;
  /** The memory that one thread may use before it dies of it, in MiB. */
  readonly memory?: number;
}

/**
 * The threads in which everything is done that would make interviews wait: imports, figures, workbooks, pages and archives. They are
 * started by the first work and ended when there has been none for a minute. A thread that dies takes its own work with it, and
 * another one takes its place.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  #threads: Piscina | null = null;
  #idle: NodeJS.Timeout | undefined;
  #underWay = 0;

  constructor({ threads = Math.max(2, availableParallelism() - 1), waiting = 32, memory = 1_024 }: PoolOptions = {}) {
    this.#options = { threads, waiting, memory };
  }

  /**
   * Does the work of a file: calls its default export, of type `Work`, with the task. `file` is its path under `dist`. Rejects with
   * `WorkLost`, or with what the work throws. What is in `transfer` goes over instead of being copied.
   */
  async run<Work extends (task: never) => unknown>(
    file: string,
    task: Parameters<Work>[0],
    transfer: Transferable[] = [],
  ): Promise<Awaited<ReturnType<Work>>> {
    clearTimeout(this.#idle);
    const threads = this.#threads ?? this.#start();
    this.#threads = threads;
    this.#underWay += 1;
    try {
      const filename = new URL(file, DIST).href;
      return await threads.run(task, { filename, transferList: transfer as never });
    } catch (error) {
      throw this.#threads === threads ? lostOrFailed(error) : new WorkLost("stopping", error);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
    }
  }

  /** Ends the threads; whoever still waits for work is told that it is lost. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const threads = this.#threads;
    this.#threads = null;
    await threads?.destroy();
  }

  #start(): Piscina {
    const { threads, waiting, memory } = this.#options;
    const pool = new Piscina({
      minThreads: threads,
      maxThreads: threads,
      maxQueue: waiting,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory },
      recordTiming: false,
    });
    // A thread that dies without work harms nobody, and is replaced.
    pool.on("error", () => undefined);
    return pool;
  }
}

/** What Piscina says where it has no result, which it tells by words alone. */
const BUSY = "Task queue is at limit";
const DIED = /^(worker exited with code|Terminating worker thread)/;

function lostOrFailed(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.message === BUSY) return new WorkLost("busy", error);
  const died = ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") || DIED.test(error.message);
  return died ? new WorkLost("died", error) : error;
}
