import { type Profiler, Session } from "node:inspector/promises";

/**
 * Counts how many blocks of code a piece of work runs through, in our own code and in libraries': the engine's own counters, and no time.
 * What one call of the engine itself does, as of a regular expression, counts as one. To be made before anything of the work is called, as
 * code that was compiled earlier has no counters.
 */
export class StepCounter {
  readonly #session: Session;

  private constructor(session: Session) {
    this.#session = session;
  }

  static async start(): Promise<StepCounter> {
    const session = new Session();
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    return new StepCounter(session);
  }

  async of(work: () => unknown): Promise<number> {
    await this.#taken();
    await work();
    return this.#taken();
  }

  stop(): void {
    this.#session.disconnect();
  }

  /** The count since it was taken last. */
  async #taken(): Promise<number> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    return result.reduce((sum, script) => sum + script.functions.reduce((all, one) => all + countOf(one), 0), 0);
  }
}

const countOf = ({ ranges }: Profiler.FunctionCoverage): number => ranges.reduce((sum, { count }) => sum + count, 0);
