/** Rows in a fixed order, of which no two have the same place. A change makes new rows; whoever holds the ones before keeps them. */
export class OrderedRows {
  readonly #compare: (a: number, b: number) => number;
  readonly rows: readonly number[];

  constructor(compare: (a: number, b: number) => number, rows: readonly number[] = []) {
    this.#compare = compare;
    this.rows = rows;
  }

  /** Looks at few of the rows that are there already, however many they are. */
  with(added: readonly number[]): OrderedRows {
    const pieces: (readonly number[])[] = [];
    let from = 0;
    for (const row of [...added].sort(this.#compare)) {
      const place = this.#placeOf(row, from);
      pieces.push(this.rows.slice(from, place), [row]);
      from = place;
    }
    pieces.push(this.rows.slice(from));
    return new OrderedRows(this.#compare, pieces.flat());
  }

  without(row: number): OrderedRows {
    const place = this.#placeOf(row, 0);
    return this.rows[place] === row ? new OrderedRows(this.#compare, this.rows.toSpliced(place, 1)) : this;
  }

  /** The first place, not before `from`, whose row does not come before this one. */
  #placeOf(row: number, from: number): number {
    let [low, high] = [from, this.rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.rows[middle];
      if (other !== undefined && this.#compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
