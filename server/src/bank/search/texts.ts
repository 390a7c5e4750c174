import type { BankEntry } from "@whetstone/shared/bank-wire";
import { LANGUAGE_NAMES } from "@whetstone/shared/workspace/language";
import type { Workspace } from "@whetstone/shared/workspace/workspace";
import type { Statement } from "better-sqlite3";
import { Connection } from "../../sqlite/connection.ts";
import { joined, partsOf, spellingsOf, termsOf } from "./words.ts";

/**
 * What a question is found by, and how much a word weighs there against one in `rest`. What stands in a name says what
 * a question is about; in the rest it may be said in passing.
 */
const COLUMNS = {
  title: { weight: 20, text: (entry: BankEntry) => [entry.title] },
  aliases: { weight: 12, text: (entry: BankEntry) => entry.aliases },
  tags: { weight: 12, text: (entry: BankEntry) => entry.tags },
  topic: { weight: 3, text: (entry: BankEntry) => [entry.topicName] },
  prompt: { weight: 2, text: (entry: BankEntry) => [entry.prompt] },
  rest: {
    weight: 1,
    text: ({ hints, followUps, strongAnswer, redFlags, criteria, references, workspace }: BankEntry) => [
      ...hints,
      ...followUps.flatMap(({ ask, probes }) => [ask, probes]),
      ...strongAnswer,
      ...redFlags,
      ...criteria.flatMap(({ name, anchors }) => [name, ...anchors]),
      ...references,
      ...(workspace ? wordsOf(workspace) : []),
    ],
  },
};
/** What stands in the editor and beside it. Tests are left out: what they say is said by the rubric, and their code is full of common words. */
const wordsOf = ({ language, starter, files, database }: Workspace): string[] => [
  LANGUAGE_NAMES[language],
  starter,
  ...files.flatMap(({ name, text }) => [name, text]),
  database,
];

/** Ranking by frequency costs about two microseconds for each word in each question that holds it. */
const HITS_TO_RANK = 6_000;
/** How many words are looked for in names where there are more hits than that. */
const WORDS_IN_NAMES = 3;

/** The terms of each column. */
type Terms = readonly (readonly string[])[];

export const termsIn = (entry: BankEntry): Terms =>
  Object.values(COLUMNS).map(({ text }) => text(entry).flatMap(termsOf));

/** The full-text table, in memory. It holds terms alone; what is found is looked up by its row. */
export class Texts {
  readonly #connection = new Connection(":memory:");
  readonly #insert: Statement<[number, ...string[]]>;
  readonly #delete: Statement<[number]>;
  readonly #match: Statement<[string], number>;
  readonly #rank: Statement<[string], [row: number, score: number]>;

  #lastRow = 0;

  constructor() {
    const columns = Object.keys(COLUMNS);
    const weights = Object.values(COLUMNS).map(({ weight }) => weight);
    this.#connection.exec(`
      CREATE VIRTUAL TABLE texts USING fts5 (
        ${columns.join(", ")},
        content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
      )
    `);
    const prepare = <Given extends unknown[], Row>(sql: string) => this.#connection.prepare<Given, Row>(sql);
    this.#insert = prepare(
      `INSERT INTO texts (rowid, ${columns.join(", ")}) VALUES (?${", ?".repeat(columns.length)})`,
    );
    this.#delete = prepare("DELETE FROM texts WHERE rowid = ?");
    this.#match = prepare<[string], number>("SELECT rowid FROM texts WHERE texts MATCH ?").pluck();
    this.#rank = prepare<[string], [row: number, score: number]>(
      `SELECT rowid, bm25(texts, ${weights.join(", ")}) FROM texts WHERE texts MATCH ?`,
    ).raw();
  }

  add(row: number, terms: Terms): void {
    this.#insert.run(row, ...terms.map((column) => column.join(" ")));
    this.#lastRow = Math.max(this.#lastRow, row);
  }

  remove(row: number): void {
    this.#delete.run(row);
  }

  close(): void {
    this.#connection.close();
  }

  inOneTransaction(work: () => void): void {
    this.#connection.transaction(work)();
  }

  /**
   * By row, the score of those that hold every word or the beginning of one, of which less is better; all others are
   * not numbers. What very many questions hold says nothing in their texts: of that, only the names that hold it are
   * counted.
   */
  holding(words: readonly string[]): Float64Array {
    const scores = new Float64Array(this.#lastRow + 1).fill(Number.NaN);
    const every = words.map(expressionOf).join(" AND ");
    const rows = this.#match.all(every);
    const phrases = every.split('"*').length - 1;
    if (rows.length * phrases <= HITS_TO_RANK) {
      for (const [row, score] of this.#rank.all(every)) scores[row] = score;
      return scores;
    }
    for (const row of rows) scores[row] = 0;
    const longest = [...words].sort((a, b) => b.length - a.length).slice(0, WORDS_IN_NAMES);
    for (const word of longest.map(expressionOf)) {
      // A title is looked at twice, and so counts twice.
      for (const columns of ["{title}", "{title aliases tags topic}"]) {
        for (const row of this.#match.all(`${columns} : ${word}`)) scores[row] = (scores[row] ?? Number.NaN) - 1;
      }
    }
    return scores;
  }
}

/** The full-text expression for a word of a request. Terms are quoted, so that none of them is taken for syntax. */
function expressionOf(word: string): string {
  const parts = partsOf(word);
  return parts.length === 1 ? begins(word) : `(${begins(joined(word))} OR (${parts.map(begins).join(" AND ")}))`;
}

const begins = (term: string): string =>
  `(${spellingsOf(term)
    .map((spelling) => `"${spelling}"*`)
    .join(" OR ")})`;
