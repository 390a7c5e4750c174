/** Does something later, in milliseconds, unless what it gives is called before. */
export type After = (milliseconds: number, act: () => void) => () => void;

/** What is done later, all of which ends at once. */
export class Timers {
  readonly #after: After;
  readonly #cancels = new Set<() => void>();
  #isOver = false;

  constructor(after: After) {
    this.#after = after;
  }

  readonly after: After = (milliseconds, act) => {
    if (this.#isOver) return () => {};
    const cancel = this.#after(milliseconds, () => {
      this.#cancels.delete(cancel);
      act();
    });
    this.#cancels.add(cancel);
    return () => {
      this.#cancels.delete(cancel);
      cancel();
    };
  };

  /** Does something again and again. */
  every(milliseconds: number, act: () => void): void {
    this.after(milliseconds, () => {
      act();
      this.every(milliseconds, act);
    });
  }

  end(): void {
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
