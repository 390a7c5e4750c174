export interface SavingOptions {
  readonly onFailing: (error: unknown) => void;
  readonly onOver: () => void;
}

/**
 * Whether commits can be saved, told when that changes and not at every command: a disk that is full refuses hundreds of them. It fails
 * from an append of which nothing could be saved, to the next one of which something could.
 */
export class Saving {
  readonly #options: SavingOptions;
  #isFailing = false;

  constructor(options: SavingOptions) {
    this.#options = options;
  }

  /** Takes in how an append went: how many commits are on disk, and what kept others from it. */
  appended(saved: number, faults: readonly unknown[]): void {
    const [fault] = faults;
    if (saved > 0 && this.#isFailing) {
      this.#isFailing = false;
      this.#options.onOver();
    }
    if (faults.length === 0 || this.#isFailing) return;
    this.#isFailing = saved === 0;
    this.#options.onFailing(fault);
  }
}
