import type { RunNow } from "@whetstone/shared/workspace/wire";

export interface OthersRun {
  readonly seatId: string;
  readonly run: RunNow;
}

/** What others run in a document just now, and this seat tells them of its own. */
export class OthersRuns {
  readonly #tell: (run: RunNow | null) => void;
  readonly #listeners = new Set<() => void>();
  #runs: readonly OthersRun[] = [];
  #own: RunNow | null = null;

  constructor(tell: (run: RunNow | null) => void) {
    this.#tell = tell;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly OthersRun[] => this.#runs;

  /** How the own program stands by now; null once it is over. */
  tell(run: RunNow | null): void {
    this.#own = run;
    this.#tell(run);
  }

  hear(seatId: string, run: RunNow | null): void {
    const others = this.#runs.filter((other) => other.seatId !== seatId);
    this.#become(run ? [...others, { seatId, run }] : others);
  }

  /** The document was opened, and these are all that there are. Of the own one the server knows nothing by then. */
  all(runs: readonly OthersRun[]): void {
    if (runs.length > 0 || this.#runs.length > 0) this.#become(runs);
    if (this.#own) this.#tell(this.#own);
  }

  /** Whether others still run something is not known before the document is opened anew. */
  clear(): void {
    if (this.#runs.length > 0) this.#become([]);
  }

  #become(runs: readonly OthersRun[]): void {
    this.#runs = runs;
    for (const listener of this.#listeners) listener();
  }
}
