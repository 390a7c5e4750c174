import { setImmediate as nextTurn } from "node:timers/promises";
import { QuestionLevel } from "@whetstone/shared/bank";
import type { BankEntry, BankSummary, SearchRequest, SearchResponse } from "@whetstone/shared/bank-wire";
import { Filters } from "./search/choices.ts";
import { excerptOf } from "./search/excerpt.ts";
import { OrderedRows } from "./search/ordered-rows.ts";
import { Texts, termsIn } from "./search/texts.ts";
import { Vocabulary } from "./search/vocabulary.ts";
import { wordsOf } from "./search/words.ts";

export { excerptOf };

/** A question with the lists and sections of the source lists that it covers items of, such as `["A", "A5"]`. */
export interface Searchable {
  readonly entry: BankEntry;
  readonly sections: readonly string[];
}

/** Questions that are indexed in one turn of the event loop, so that no interview waits for a large import. */
const INDEXED_AT_ONCE = 20;

export interface BankSearch {
  /** Adds a question, or replaces the one with its id. */
  put(question: Searchable): void;
  putAll(questions: Iterable<Searchable>): void;
  remove(id: string): void;
  /**
   * Puts questions, and removes those of which there is none, a few in one turn of the event loop. Until it is done searches find what they
   * found before, and then all of it at once. To be called when the change before is done.
   */
  change(questions: Iterable<readonly [id: string, question: Searchable | null]>): Promise<void>;
  /**
   * Section names are by value (`A`, `A5`), each list followed by its sections, in the order in which they are shown.
   */
  search(request: SearchRequest, names: { readonly sections: ReadonlyMap<string, string> }): SearchResponse;
  close(): void;
}

/** Opens an index in memory. It is filled at every start, so that it is never out of step with the bank. */
export const openSearch = (): BankSearch => new Index();

/** What is found of the index. */
interface Shown {
  readonly byTitle: OrderedRows;
  /** By topic, level and title. */
  readonly inOrder: OrderedRows;
}

/** What is indexed and taken out, and not shown yet. */
class Change {
  byTitle: OrderedRows;
  inOrder: OrderedRows;
  /** By identifier, the row that a question has afterwards; null for none. */
  readonly rows = new Map<string, number | null>();
  /** The rows that are shown no more afterwards. */
  readonly hidden: number[] = [];

  constructor({ byTitle, inOrder }: Shown) {
    this.byTitle = byTitle;
    this.inOrder = inOrder;
  }
}

class Index implements BankSearch {
  readonly #texts = new Texts();
  readonly #vocabulary = new Vocabulary();
  readonly #filters = new Filters();
  readonly #entries = new Map<number, BankEntry>();
  readonly #rows = new Map<string, number>();
  #lastRow = 0;
  /** Names by identifier, in the order in which they came first. */
  readonly #topics = new Map<string, string>();
  readonly #packs = new Map<string, string>();
  /** Each topic's place among them. */
  readonly #places = new Map<string, number>();
  #shown: Shown = {
    byTitle: new OrderedRows((a, b) => compareTitles(this.#entry(a), this.#entry(b))),
    inOrder: new OrderedRows((a, b) => this.#compareInOrder(this.#entry(a), this.#entry(b))),
  };

  put(question: Searchable): void {
    this.putAll([question]);
  }

  putAll(questions: Iterable<Searchable>): void {
    const change = new Change(this.#shown);
    this.#add(questions, change);
    this.#show(change);
    this.#drop(change.hidden);
  }

  remove(id: string): void {
    const change = new Change(this.#shown);
    this.#hide(id, change);
    this.#show(change);
    this.#drop(change.hidden);
  }

  async change(questions: Iterable<readonly [id: string, question: Searchable | null]>): Promise<void> {
    const change = new Change(this.#shown);
    for (const slice of slicesOf(questions)) {
      for (const [id, question] of slice) if (!question) this.#hide(id, change);
      this.#add(
        slice.flatMap(([, question]) => question ?? []),
        change,
      );
      await nextTurn();
    }
    this.#show(change);
    for (const rows of slicesOf(change.hidden)) {
      await nextTurn();
      this.#drop(rows);
    }
  }

  close(): void {
    this.#texts.close();
  }

  search(request: SearchRequest, { sections }: { readonly sections: ReadonlyMap<string, string> }): SearchResponse {
    const words = [...new Set(wordsOf(request.text))];
    const { found, corrected } =
      words.length === 0 ? { found: this.#shown.inOrder.rows, corrected: null } : this.#find(words);
    const asked = new Set(request.asked.ids.flatMap((id) => this.#rows.get(id) ?? []));
    const names = { topics: this.#topics, sections, packs: this.#packs };
    const { kept, choices } = this.#filters.apply(found, request, asked, names);
    const page = kept.slice(request.offset, request.offset + request.limit);
    return { total: kept.length, results: page.map((row) => summaryOf(this.#entry(row))), corrected, choices };
  }

  /** Indexes questions, of which none is found before the change is shown. */
  #add(questions: Iterable<Searchable>, change: Change): void {
    const newest = new Map<string, Searchable>();
    for (const question of questions) newest.set(question.entry.id, question);
    const rows: number[] = [];
    this.#texts.inOneTransaction(() => {
      for (const { entry, sections } of newest.values()) {
        this.#hide(entry.id, change);
        const row = ++this.#lastRow;
        const terms = termsIn(entry);
        this.#texts.add(row, terms);
        this.#vocabulary.add(new Set(terms.flat()));
        this.#filters.add(row, entry, sections);
        this.#entries.set(row, entry);
        if (!this.#places.has(entry.topic)) this.#places.set(entry.topic, this.#places.size);
        change.rows.set(entry.id, row);
        rows.push(row);
      }
    });
    change.byTitle = change.byTitle.with(rows);
    change.inOrder = change.inOrder.with(rows);
  }

  #hide(id: string, change: Change): void {
    const changed = change.rows.get(id);
    const row = changed === undefined ? this.#rows.get(id) : changed;
    if (row === undefined || row === null) return;
    change.byTitle = change.byTitle.without(row);
    change.inOrder = change.inOrder.without(row);
    change.rows.set(id, null);
    change.hidden.push(row);
  }

  #show({ byTitle, inOrder, rows }: Change): void {
    for (const [id, row] of rows) {
      if (row === null) {
        this.#rows.delete(id);
        continue;
      }
      const { topic, topicName, pack, packTitle } = this.#entry(row);
      this.#rows.set(id, row);
      this.#topics.set(topic, topicName);
      this.#packs.set(pack, packTitle);
    }
    this.#shown = { byTitle, inOrder };
  }

  #drop(rows: Iterable<number>): void {
    for (const row of rows) {
      this.#vocabulary.remove(new Set(termsIn(this.#entry(row)).flat()));
      this.#texts.remove(row);
      this.#filters.remove(row);
      this.#entries.delete(row);
    }
  }

  #entry(row: number): BankEntry {
    const entry = this.#entries.get(row);
    if (!entry) throw new Error(`Row ${row} of the index has no question.`);
    return entry;
  }

  #compareInOrder(a: BankEntry, b: BankEntry): number {
    const place = ({ topic }: BankEntry) => this.#places.get(topic) ?? this.#places.size;
    const level = ({ level }: BankEntry) => QuestionLevel.options.indexOf(level);
    return place(a) - place(b) || level(a) - level(b) || compareTitles(a, b);
  }

  /** Questions that hold every word, or where none does, every word as it was probably meant. */
  #find(words: readonly string[]): { found: readonly number[]; corrected: string | null } {
    const found = this.#holding(words);
    if (found.length > 0) return { found, corrected: null };
    const corrected = this.#vocabulary.correct(words);
    const foundInstead = corrected ? this.#holding(corrected) : [];
    return { found: foundInstead, corrected: corrected && foundInstead.length > 0 ? corrected.join(" ") : null };
  }

  /** Best first, and in the order of their titles where they are as good as each other. */
  #holding(words: readonly string[]): readonly number[] {
    const scores = this.#texts.holding(words);
    const score = (row: number) => scores[row] ?? Number.NaN;
    return this.#shown.byTitle.rows.filter((row) => !Number.isNaN(score(row))).sort((a, b) => score(a) - score(b));
  }
}

function* slicesOf<T>(all: Iterable<T>): Generator<readonly T[], void, undefined> {
  let slice: T[] = [];
  for (const one of all) {
    slice.push(one);
    if (slice.length < INDEXED_AT_ONCE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

const collator = new Intl.Collator("en");

const compareTitles = (a: BankEntry, b: BankEntry): number =>
  collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1);

/** A question as it stands in a list of results. */
export function summaryOf(entry: BankEntry): BankSummary {
  const { id, title, topic, level, minutes, tags, topicName, pack, own, prompt } = entry;
  return { id, title, topic, level, minutes, tags, topicName, pack, own, excerpt: excerptOf(prompt) };
}
