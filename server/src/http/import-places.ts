/** Imports that are received, read and carried out at once: a body of twenty megabytes is in memory all the while. */
const MOST = 4;
const MOST_FROM_ADDRESS = 2;

/** Who has an import under way, by address. */
export class ImportPlaces {
  readonly #underWay: string[] = [];

  /** Takes a place before anything of the body is read, and gives the function that leaves it; null where there is none. */
  take(address: string): (() => void) | null {
    const fromThere = this.#underWay.filter((other) => other === address).length;
    if (this.#underWay.length >= MOST || fromThere >= MOST_FROM_ADDRESS) return null;
    this.#underWay.push(address);
    return () => void this.#underWay.splice(this.#underWay.indexOf(address), 1);
  }
}
