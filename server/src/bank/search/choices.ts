import { QuestionLevel } from "@whetstone/shared/bank";
import type { BankEntry, Choice, SearchRequest, SearchResponse } from "@whetstone/shared/bank-wire";

type Choices = SearchResponse["choices"];
type Kind = keyof Choices;
const KINDS = ["topics", "levels", "minutes", "tags", "sections", "packs", "asked"] as const satisfies readonly Kind[];

/** So many tags are offered, besides those that are chosen. */
const TAGS_OFFERED = 40;

/** Names by value, in the order in which they are shown. */
type Names = ReadonlyMap<string, string>;

interface ChoiceNames {
  readonly topics: Names;
  readonly sections: Names;
  readonly packs: Names;
}

const NO_NAMES: Names = new Map();
const LEVEL_NAMES: Names = new Map(QuestionLevel.options.map((level) => [level, level]));
const ASKED_NAMES: Names = new Map([
  ["asked", "Asked before"],
  ["not_asked", "Not asked before"],
]);

/**
 * Filters questions and counts what they have. A question is a row, and its values are numbers, each with the bit of
 * its kind: what is gone through at each search is so small that 10,000 questions fit into a processor's cache.
 */
export class Filters {
  readonly #numbers: Readonly<Record<Kind, Map<string, number>>> = byKind(() => new Map());
  readonly #bits: number[] = [];
  readonly #ofRow: (readonly number[])[] = [];
  readonly #asked = this.#numberOf("asked", "asked");
  readonly #notAsked = this.#numberOf("asked", "not_asked");

  add(row: number, entry: BankEntry, sections: readonly string[]): void {
    this.#ofRow[row] = [
      this.#numberOf("topics", entry.topic),
      this.#numberOf("levels", entry.level),
      this.#numberOf("minutes", String(entry.minutes)),
      this.#numberOf("packs", entry.pack),
      ...[...new Set(entry.tags)].map((tag) => this.#numberOf("tags", tag)),
      ...[...new Set(sections)].map((section) => this.#numberOf("sections", section)),
    ];
  }

  remove(row: number): void {
    this.#ofRow[row] = [];
  }

  /**
   * The rows that meet every kind of a request's choices, in the order in which they came, and what could be chosen
   * instead.
   */
  apply(found: readonly number[], request: SearchRequest, asked: ReadonlySet<number>, names: ChoiceNames): Filtered {
    const chosen = chosenIn(request);
    const { kept, counts } = this.#keep(found, chosen, asked);
    const offered = (kind: Kind, names: Names): Choice[] =>
      [...new Set([...names.keys(), ...this.#numbers[kind].keys(), ...chosen[kind]])]
        .map((value) => ({
          value,
          name: names.get(value) ?? value,
          count: counts[this.#numbers[kind].get(value) ?? counts.length] ?? 0,
        }))
        .filter(({ value, count }) => count > 0 || chosen[kind].has(value) || kind === "asked");
    return {
      kept,
      choices: {
        topics: offered("topics", names.topics),
        levels: offered("levels", LEVEL_NAMES),
        minutes: offered("minutes", NO_NAMES)
          .sort((a, b) => Number(a.value) - Number(b.value))
          .map((choice) => ({ ...choice, name: `${choice.value} min` })),
        tags: offered("tags", NO_NAMES)
          .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
          .filter(({ value }, place) => place < TAGS_OFFERED || chosen.tags.has(value)),
        sections: offered("sections", names.sections),
        packs: offered("packs", names.packs),
        asked: offered("asked", ASKED_NAMES),
      },
    };
  }

  /** What misses the choices of one kind alone still counts among that kind's. */
  #keep(found: readonly number[], chosen: Chosen, asked: ReadonlySet<number>): { kept: number[]; counts: Uint32Array } {
    const bits = this.#bits;
    const isChosen = this.#chosenNumbers(chosen);
    const restricted = KINDS.reduce((mask, kind) => (chosen[kind].size > 0 ? mask | bitOf(kind) : mask), 0);
    const counts = new Uint32Array(bits.length);
    const kept: number[] = [];
    for (const row of found) {
      const numbers = this.#ofRow[row] ?? [];
      const ofAsked = asked.has(row) ? this.#asked : this.#notAsked;
      let met = isChosen[ofAsked] === 1 ? bitOf("asked") : 0;
      for (const number of numbers) if (isChosen[number] === 1) met |= bits[number] ?? 0;
      const missed = restricted & ~met;
      const missesOneKind = missed !== 0 && (missed & (missed - 1)) === 0;
      if (missed === 0) kept.push(row);
      else if (!missesOneKind) continue;
      if (missed === 0 || missed === bitOf("asked")) counts[ofAsked] = (counts[ofAsked] ?? 0) + 1;
      for (const number of numbers) {
        if (missed === 0 || missed === bits[number]) counts[number] = (counts[number] ?? 0) + 1;
      }
    }
    return { kept, counts };
  }

  /** A one at each number that is chosen. */
  #chosenNumbers(chosen: Chosen): Uint8Array {
    const isChosen = new Uint8Array(this.#bits.length);
    for (const kind of KINDS) {
      for (const value of chosen[kind]) isChosen[this.#numbers[kind].get(value) ?? isChosen.length] = 1;
    }
    return isChosen;
  }

  #numberOf(kind: Kind, value: string): number {
    const known = this.#numbers[kind].get(value);
    if (known !== undefined) return known;
    const number = this.#bits.push(bitOf(kind)) - 1;
    this.#numbers[kind].set(value, number);
    return number;
  }
}

interface Filtered {
  readonly kept: readonly number[];
  readonly choices: Choices;
}

const BITS = {
  topics: 1,
  levels: 2,
  minutes: 4,
  tags: 8,
  sections: 16,
  packs: 32,
  asked: 64,
} as const satisfies Record<Kind, number>;
const bitOf = (kind: Kind): number => BITS[kind];

type Chosen = Readonly<Record<Kind, ReadonlySet<string>>>;

const chosenIn = (request: SearchRequest): Chosen => ({
  topics: new Set(request.topics),
  levels: new Set(request.levels),
  minutes: new Set(request.minutes.map(String)),
  tags: new Set(request.tags),
  sections: new Set(request.sections),
  packs: new Set(request.packs),
  asked: new Set(request.asked.keep === "all" ? [] : [request.asked.keep]),
});

const byKind = <T>(make: () => T): Record<Kind, T> => ({
  topics: make(),
  levels: make(),
  minutes: make(),
  tags: make(),
  sections: make(),
  packs: make(),
  asked: make(),
});
