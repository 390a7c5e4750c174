import { type Item, numberOf } from "./blocks.ts";

/** In which of several lists of a text one stands, as its names over others tell: they begin to count anew, or no longer count. */
export class ListNames {
  /** Counted from 1. */
  list = 1;
  #last: Item | null = null;
  /** In which list a name came first. */
  readonly #lists = new Map<string, number>();

  /** The name of an item over others; one that an earlier list has, too, says from which list it is. */
  nameOf(item: Item, name: string, mayBeAnew: boolean): string {
    const before = this.#last;
    const [number, last] = [numberOf(item), before && numberOf(before)];
    const isAnew = number !== null && last !== null ? number <= last : (number === null) !== (last === null);
    if (before && isAnew && mayBeAnew) this.list += 1;
    this.#last = item;
    const key = name.toLowerCase();
    const first = this.#lists.get(key) ?? this.list;
    this.#lists.set(key, first);
    return first === this.list ? name : `${name} (list ${this.list})`;
  }
}
