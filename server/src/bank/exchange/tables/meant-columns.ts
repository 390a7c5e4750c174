import { asksByMark } from "../list/asking.ts";
import { type Meaning, meaningOf, plainName, promptRank, saysQuestion } from "./column-names.ts";
import { type Table, textIn } from "./table.ts";

/** What the columns of a table mean, each of them once: what is not certain is for the panel. */

/** `note` is for the panel, with the column's name before it. */
export type ColumnRole = Meaning | "note";

export interface MeantColumns {
  readonly roles: readonly ColumnRole[];
  /** What the rows say in each column, where they say anything. */
  readonly texts: readonly (readonly string[])[];
  /** The column with the question, or `null` where none is certain. */
  readonly prompt: number | null;
  /** Whether it was found by its texts and not by its name. */
  readonly isGuessed: boolean;
}

/** Roles that one column alone can have; the others of it are notes. */
const ONCE: ReadonlySet<Meaning> = new Set(["prompt", "strongAnswer", "title", "topic", "level", "minutes"]);

export function meantColumns(table: Table): MeantColumns {
  const { columns } = table;
  const texts = columnTexts(table);
  const named = promptByName(columns);
  const prompt = named ?? promptByTexts(table, texts);
  const said = rowsOfColumns(table);
  const plainAnswer = answerOf(columns);
  /** By what they say, the rows in which a column says it. */
  const taken = new Map<Meaning, Set<number>>();
  if (prompt !== null) taken.set("prompt", new Set(said[prompt]));
  if (plainAnswer !== null) taken.set("strongAnswer", new Set(said[plainAnswer]));
  const roles = columns.map((name, index): ColumnRole => {
    if (index === prompt) return "prompt";
    const meaning = meaningOf(name);
    if (numbersRows(name, meaning, texts[index] ?? [])) return "number";
    if (meaning === null || meaning === "number") return "note";
    if (!ONCE.has(meaning) || index === plainAnswer) return meaning;
    const rows = taken.get(meaning);
    const own = said[index] ?? [];
    if (!rows) {
      taken.set(meaning, new Set(own));
      return meaning;
    }
    // Whoever calls one thing by two names has it in one of the columns in each row.
    const isSame = (meaning !== "prompt" || saysQuestion(name)) && !own.some((row) => rows.has(row));
    if (!isSame) return meaning === "topic" ? "tags" : "note";
    for (const row of own) rows.add(row);
    return meaning;
  });
  return { roles, texts, prompt, isGuessed: named === null && prompt !== null };
}

/** The column with the surest name of a question. */
export function promptByName(columns: readonly string[]): number | null {
  let best: { readonly index: number; readonly rank: number } | null = null;
  for (const [index, name] of columns.entries()) {
    const rank = promptRank(name);
    if (rank !== null && (best === null || rank < best.rank)) best = { index, rank };
  }
  return best?.index ?? null;
}

/** The column whose texts are the answer without more words. Letters beside each other name choices. */
function answerOf(columns: readonly string[]): number | null {
  const answers = [...columns.keys()].filter((index) => meaningOf(columns[index] ?? "") === "strongAnswer");
  return answers.find((index) => plainName(columns[index] ?? "").length > 1) ?? answers[0] ?? null;
}

/** As long as a mark or a name beside the question may be; what is longer may be the question itself. */
const SHORT = 40;

/**
 * The one column of which every text asks something, where the others hold but short marks and what their names say. With less than that it is
 * not certain: clues may be answered by questions.
 */
function promptByTexts({ columns, rows }: Table, texts: readonly (readonly string[])[]): number | null {
  const unnamed = [...columns.keys()].filter((index) => meaningOf(columns[index] ?? "") === null);
  const asking = unnamed.filter((index) => {
    const own = texts[index] ?? [];
    return own.length >= 2 && own.length === rows.length && own.every(asksByMark);
  });
  const [found, second] = asking;
  if (found === undefined || second !== undefined) return null;
  const others = unnamed.filter((index) => index !== found).flatMap((index) => texts[index] ?? []);
  return others.every((text) => text.length <= SHORT && !asksByMark(text)) ? found : null;
}

/** The rows in which each column says something. */
function rowsOfColumns({ columns, rows }: Table): number[][] {
  const all: number[][] = columns.map(() => []);
  for (const [number, { cells }] of rows.entries()) for (const index of cells.keys()) all[index]?.push(number);
  return all;
}

function columnTexts({ columns, rows }: Table): string[][] {
  const texts: string[][] = columns.map(() => []);
  for (const row of rows) {
    for (const index of row.cells.keys()) {
      const text = textIn(row, index);
      if (text !== "") texts[index]?.push(text);
    }
  }
  return texts;
}

/** Whether a column holds but numbers or names of its rows: by its name, or without one as spreadsheets write them. */
function numbersRows(name: string, meaning: Meaning | null, texts: readonly string[]): boolean {
  if (name.trim() !== "" && meaning !== "number") return false;
  const pattern = name.trim() === "" ? /^\d{1,7}$/ : /^[^\s,;?？؟]{1,64}$/u;
  return texts.length > 0 && texts.every((text) => pattern.test(text));
}
