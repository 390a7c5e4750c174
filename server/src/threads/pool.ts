import { availableParallelism } from "node:os";
import type { Transferable } from "node:worker_threads";
import { Piscina } from "piscina";
import { Turns } from "./turns.ts";
import type { Kind } from "./work.ts";

/** Where the built files are, also where the tests run the sources: a thread begins with one. */
const DIST = new URL("../../dist/", import.meta.url);
const IDLE_MS = 60_000;

/** Why a pool has no result for whoever asked, each as a part of a sentence. */
const REASONS = {
  busy: "too much is waiting already",
  yours: "too much of yours is waiting already",
  died: "its thread ended by itself",
  late: "it took too long",
  stopping: "the server is stopping",
} as const;

export class WorkLost extends Error {
  readonly reason: keyof typeof REASONS;

  constructor(reason: keyof typeof REASONS, cause?: unknown) {
    super(REASONS[reason], { cause });
    this.reason = reason;
  }
}

interface PoolOptions {
  /** Threads that work at once. */
  readonly threads?: number;
  /** How much may wait for a thread, and how much of one asker's; beyond that work is refused. */
  readonly waiting?: number;
  readonly waitingOfOne?: number;
  /** How many bytes may wait, in all tasks together. */
  readonly waitingBytes?: number;
  /** The memory that a thread may use whatever it does, in MiB. */
  readonly memory?: number;
  /** Calls back after so many milliseconds, unless the function that it gives is called before. */
  readonly after?: (ms: number, call: () => void) => () => void;
}

/** Whose work it is, and what it holds while it waits. */
interface Asked {
  /** The seat, or else the address, that asks for it. */
  readonly asker: string;
  /** The size of the task, where it is worth counting. */
  readonly bytes?: number;
  /** Settled once it has read what it was given; until then its kind's `readingMs` is what it may take. */
  readonly hasRead?: Promise<unknown> | undefined;
  /** What goes over instead of being copied. */
  readonly transfer?: readonly Transferable[];
}

interface Waiting {
  readonly kind: Kind;
  readonly asker: string;
  readonly bytes: number;
  readonly begin: () => Promise<void>;
  readonly refuse: (lost: WorkLost) => void;
}

/**
 * The threads in which everything is done that would make interviews wait: imports, figures, workbooks, pages, archives, backups and checkpoints. They are
 * started by the first work and ended when there has been none for a minute. A thread that dies, or is ended because its work takes too
 * long, takes that work with it and no other. Whoever has least at work comes first, and of those whoever had their last turn longest ago, so that nobody's many keep another's one
 * waiting.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  /** By the memory that they may use. */
  #threads = new Map<number, Piscina>();
  #waiting: Waiting[] = [];
  readonly #atWork = new Set<Waiting>();
  readonly #turns = new Turns();

  constructor({
    threads = Math.max(3, availableParallelism()),
    waiting = 32,
    waitingOfOne = 8,
    waitingBytes = 64 * 1024 * 1024,
    memory = 1_024,
    after = afterTime,
  }: PoolOptions = {}) {
    this.#options = { threads, waiting, waitingOfOne, waitingBytes, memory, after };
  }

  /**
   * Does a kind of work: calls the default export of its file, of type `Work`, with the task. Rejects with `WorkLost`, or with what the
   * work throws.
   */
  run<Work extends (task: never) => unknown>(
    kind: Kind,
    task: Parameters<Work>[0],
    { asker, bytes = 0, hasRead, transfer = [] }: Asked,
  ): Promise<Awaited<ReturnType<Work>>> {
    return new Promise((resolve, reject) => {
      const begin = () => this.#do(kind, task, transfer, hasRead).then(resolve, reject);
      const work: Waiting = { kind, asker, bytes, begin, refuse: reject };
      const reason = this.#canBegin(work) ? null : this.#whyRefused(work);
      if (reason !== null) return reject(new WorkLost(reason));
      this.#waiting.push(work);
      this.#beginNext();
    });
  }

  /** Ends the threads; whoever still waits for work is told that it is lost. */
  async close(): Promise<void> {
    const threads = [...this.#threads.values()];
    this.#threads = new Map();
    const lost = this.#waiting;
    this.#waiting = [];
    for (const { refuse } of lost) refuse(new WorkLost("stopping"));
    await Promise.all(threads.map((pool) => pool.destroy()));
  }

  #canBegin({ kind }: Waiting): boolean {
    const ofKind = [...this.#atWork].filter((work) => work.kind.file === kind.file).length;
    return this.#atWork.size < this.#options.threads && ofKind < kind.most;
  }

  #whyRefused({ asker, bytes }: Waiting): "busy" | "yours" | null {
    const { waiting, waitingOfOne, waitingBytes } = this.#options;
    if (this.#waiting.filter((work) => work.asker === asker).length >= waitingOfOne) return "yours";
    const bytesWaiting = this.#waiting.reduce((sum, work) => sum + work.bytes, bytes);
    return this.#waiting.length >= waiting || bytesWaiting > waitingBytes ? "busy" : null;
  }

  #beginNext(): void {
    const next = this.#next();
    if (!next) return;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#atWork.add(next);
    this.#turns.took(next.asker);
    void next.begin().finally(() => {
      this.#atWork.delete(next);
      this.#beginNext();
    });
    this.#beginNext();
  }

  /** Of what can begin, the first of whoever comes next. */
  #next(): Waiting | undefined {
    const having = (asker: string) => [...this.#atWork].filter((work) => work.asker === asker).length;
    const canBegin = this.#waiting.filter((work) => this.#canBegin(work));
    return this.#turns.nextOf(canBegin, ({ asker }) => [having(asker), asker]);
  }

  async #do(kind: Kind, task: unknown, transfer: readonly Transferable[], hasRead: Promise<unknown> | undefined) {
    const memory = Math.min(kind.memory, this.#options.memory);
    const sizes = this.#threads;
    const threads = sizes.get(memory) ?? this.#start(memory);
    sizes.set(memory, threads);
    const late = new AbortController();
    const inTime = this.#options.after(kind.ms, () => late.abort());
    const readInTime = hasRead && this.#options.after(kind.readingMs ?? kind.ms, () => late.abort());
    void hasRead?.then(readInTime, readInTime);
    try {
      const filename = new URL(kind.file, DIST).href;
      return await threads.run(task, { filename, transferList: [...transfer] as never, signal: late.signal });
    } catch (error) {
      if (this.#threads !== sizes) throw new WorkLost("stopping", error);
      throw late.signal.aborted ? new WorkLost("late", error) : lostOrFailed(error);
    } finally {
      inTime();
      readInTime?.();
    }
  }

  #start(memory: number): Piscina {
    const pool = new Piscina({
      minThreads: 0,
      maxThreads: this.#options.threads,
      idleTimeout: IDLE_MS,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memory },
      recordTiming: false,
    });
    // A thread that dies without work harms nobody, and is replaced.
    pool.on("error", () => undefined);
    return pool;
  }
}

function afterTime(ms: number, call: () => void): () => void {
  const timeout = setTimeout(call, ms).unref();
  return () => clearTimeout(timeout);
}

/** What Piscina says where a thread is gone, which it tells by words alone. */
const DIED = /^(worker exited with code|Terminating worker thread)/;

function lostOrFailed(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const died = ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") || DIED.test(error.message);
  return died ? new WorkLost("died", error) : error;
}
