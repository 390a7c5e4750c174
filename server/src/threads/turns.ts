/** How many names are remembered; whoever had a turn before so many others had theirs waits no longer than if they never had one. */
const REMEMBERED = 1_000;

/** Who had a turn, and how long ago: whoever has waited for theirs longest comes next, so that nobody's many keep another's one waiting. */
export class Turns {
  #count = 0;
  /** By name, the count at its last turn; the longest ago first. */
  readonly #last = new Map<string, number>();

  took(name: string): void {
    this.#count += 1;
    this.#last.delete(name);
    this.#last.set(name, this.#count);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= REMEMBERED) break;
      this.#last.delete(oldest);
    }
  }

  /**
   * The first of those that have the least of `ranks`, compared one after the other, where a name stands for its last turn; undefined where
   * there is none.
   */
  nextOf<T>(waiting: readonly T[], ranks: (one: T) => readonly (number | string)[]): T | undefined {
    const ranked = waiting.map((one) => ({ one, ranks: ranks(one).map((rank) => this.#number(rank)) }));
    return ranked.reduce<(typeof ranked)[number] | undefined>(
      (best, next) => (best && !isLess(next.ranks, best.ranks) ? best : next),
      undefined,
    )?.one;
  }

  #number(rank: number | string): number {
    return typeof rank === "number" ? rank : (this.#last.get(rank) ?? 0);
  }
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const place = one.findIndex((rank, index) => rank !== other[index]);
  return place >= 0 && (one[place] ?? 0) < (other[place] ?? 0);
}
