import { Piscina } from "piscina";

/** Where the built files are, also where the tests run the sources: a thread begins with one. */
const DIST = new URL("../../dist/", import.meta.url);

/** The thread ended, or its work failed: what came of that is not known. */
export class ThreadLost extends Error {}

/**
 * A thread for work before which nobody else's may come, apart from the pool's. It starts with the first piece, does one after the other, and stands by until it
 * is closed; one that dies is replaced.
 */
export class StandingThread<Task, Answer> {
  readonly #file: string;
  #thread: Piscina<Task, Answer> | null = null;

  /** `file`: its path under `dist`; its default export takes a task and gives the answer. */
  constructor(file: string) {
    this.#file = file;
  }

  /** Rejects with `ThreadLost` only. */
  async run(task: Task): Promise<Answer> {
    this.#thread ??= this.#start();
    try {
      return await this.#thread.run(task);
    } catch (error) {
      throw new ThreadLost("The thread was lost.", { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#thread?.destroy();
  }

  #start(): Piscina<Task, Answer> {
    const thread = new Piscina<Task, Answer>({
      filename: new URL(this.#file, DIST).href,
      minThreads: 1,
      maxThreads: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
      execArgv: [],
      recordTiming: false,
    });
    // Whoever waits for it is told.
    thread.on("error", () => undefined);
    return thread;
  }
}
