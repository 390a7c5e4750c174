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
    this.#tell(run);
  }

  hear(seatId: string, run: RunNow | null): void {
    const others = this.#runs.filter((other) => other.seatId !== seatId);
    this.#become(run ? [...others, { seatId, run }] : others);
  }

  /** The connection is another one, and whoever still runs something says so. */
  clear(): void {
    if (this.#runs.length > 0) this.#become([]);
  }

  #become(runs: readonly OthersRun[]): void {
    this.#runs = runs;
    for (const listener of this.#listeners) listener();
  }
}
