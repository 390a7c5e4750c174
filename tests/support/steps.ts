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

  /** `counts` says of a file by its URL whether its steps are counted. */
  async of(work: () => unknown, counts: (url: string) => boolean = () => true): Promise<number> {
    await this.#taken(counts);
    await work();
    return this.#taken(counts);
  }

  stop(): void {
    this.#session.disconnect();
  }

  /** The count since it was taken last. */
  async #taken(counts: (url: string) => boolean): Promise<number> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const counted = result.filter(({ url }) => counts(url));
    return counted.reduce((sum, script) => sum + script.functions.reduce((all, one) => all + countOf(one), 0), 0);
  }
}

const countOf = ({ ranges }: Profiler.FunctionCoverage): number => ranges.reduce((sum, { count }) => sum + count, 0);
