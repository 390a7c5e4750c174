import { QuestionLevel } from "@whetstone/shared/bank";
import type { BankEntry, BankSummary, SearchRequest, SearchResponse } from "@whetstone/shared/bank-wire";
import { Filters } from "./search/choices.ts";
import { excerptOf } from "./search/excerpt.ts";
import { Texts, termsIn } from "./search/texts.ts";
import { Vocabulary } from "./search/vocabulary.ts";
import { wordsOf } from "./search/words.ts";

export { excerptOf };

/** A question with the lists and sections of the source lists that it covers items of, such as `["A", "A5"]`. */
export interface Searchable {
  readonly entry: BankEntry;
  readonly sections: readonly string[];
}

export interface BankSearch {
  /** Adds a question, or replaces the one with its id. */
  put(question: Searchable): void;
  putAll(questions: Iterable<Searchable>): void;
  remove(id: string): void;
  /**
   * Section names are by value (`A`, `A5`), each list followed by its sections, in the order in which they are shown.
   */
  search(request: SearchRequest, names: { readonly sections: ReadonlyMap<string, string> }): SearchResponse;
  close(): void;
}

/** Opens an index in memory. It is filled at every start, so that it is never out of step with the bank. */
export const openSearch = (): BankSearch => new Index();

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
  #byTitle: readonly number[] = [];
  /** By topic, level and title. */
  #inOrder: readonly number[] = [];

  put(question: Searchable): void {
    this.putAll([question]);
  }

  putAll(questions: Iterable<Searchable>): void {
    this.#texts.inOneTransaction(() => {
      for (const question of questions) this.#add(question);
    });
    this.#sort();
  }

  remove(id: string): void {
    this.#drop(id);
    this.#sort();
  }

  close(): void {
    this.#texts.close();
  }

  search(request: SearchRequest, { sections }: { readonly sections: ReadonlyMap<string, string> }): SearchResponse {
    const words = [...new Set(wordsOf(request.text))];
    const { found, corrected } = words.length === 0 ? { found: this.#inOrder, corrected: null } : this.#find(words);
    const asked = new Set(request.asked.ids.flatMap((id) => this.#rows.get(id) ?? []));
    const names = { topics: this.#topics, sections, packs: this.#packs };
    const { kept, choices } = this.#filters.apply(found, request, asked, names);
    const page = kept.slice(request.offset, request.offset + request.limit);
    return { total: kept.length, results: page.map((row) => summaryOf(this.#entry(row))), corrected, choices };
  }

  #add({ entry, sections }: Searchable): void {
    this.#drop(entry.id);
    this.#lastRow++;
    const terms = termsIn(entry);
    this.#texts.add(this.#lastRow, terms);
    this.#vocabulary.add(new Set(terms.flat()));
    this.#filters.add(this.#lastRow, entry, sections);
    this.#entries.set(this.#lastRow, entry);
    this.#rows.set(entry.id, this.#lastRow);
    this.#topics.set(entry.topic, entry.topicName);
    this.#packs.set(entry.pack, entry.packTitle);
  }

  #drop(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#vocabulary.remove(new Set(termsIn(this.#entry(row)).flat()));
    this.#texts.remove(row);
    this.#filters.remove(row);
    this.#entries.delete(row);
    this.#rows.delete(id);
  }

  #entry(row: number): BankEntry {
    const entry = this.#entries.get(row);
    if (!entry) throw new Error(`Row ${row} of the index has no question.`);
    return entry;
  }

  #sort(): void {
    const places = new Map([...this.#topics.keys()].map((topic, place) => [topic, place]));
    const topic = ({ topic }: BankEntry) => places.get(topic) ?? places.size;
    const level = ({ level }: BankEntry) => QuestionLevel.options.indexOf(level);
    const byTitle = [...this.#entries.values()].sort(compareTitles);
    const inOrder = [...byTitle].sort((a, b) => topic(a) - topic(b) || level(a) - level(b));
    const rowsOf = (entries: readonly BankEntry[]) => entries.flatMap(({ id }) => this.#rows.get(id) ?? []);
    this.#byTitle = rowsOf(byTitle);
    this.#inOrder = rowsOf(inOrder);
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
    return this.#byTitle.filter((row) => !Number.isNaN(score(row))).sort((a, b) => score(a) - score(b));
  }
}

const collator = new Intl.Collator("en");

const compareTitles = (a: BankEntry, b: BankEntry): number =>
  collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1);

/** A question as it stands in a list of results. */
export function summaryOf(entry: BankEntry): BankSummary {
  const { id, title, topic, level, minutes, tags, topicName, pack, own, prompt } = entry;
  return { id, title, topic, level, minutes, tags, topicName, pack, own, excerpt: excerptOf(prompt) };
}
