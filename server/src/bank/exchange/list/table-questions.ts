import { inWords } from "../phrases.ts";
import { meaningOf, saysQuestion } from "../tables/column-names.ts";
import { promptByName } from "../tables/meant-columns.ts";
import { asksByMark } from "./asking.ts";
import type { Table } from "./blocks.ts";
import type { Section } from "./labels.ts";

/** What the columns of a table hold. */
export interface TableColumns {
  /** The one with the questions; null where there is none. */
  readonly question: number | null;
  /** Whether its name says so, wherever the table stands. */
  readonly isNamed: boolean;
  readonly others: readonly { readonly name: string; readonly at: number; readonly section: Section | null }[];
}

export function columnsOf({ header, rows }: Table): TableColumns {
  const names = header.map((name) => inWords(name).trim());
  const named = promptByName(names);
  const cells = rows.map((row) => row.cells);
  const question = named ?? onlyAsking(cells, header.length);
  const others = names.flatMap((name, at) =>
    at === question || name === "" || meaningOf(name) === "number" ? [] : [{ name, at, section: sectionOf(name) }],
  );
  return { question, isNamed: named !== null && saysQuestion(names[named] ?? ""), others };
}

/** Where the cells of a column go; null where that is to be said beside them, in the answer. */
function sectionOf(name: string): Section | null {
  const meaning = meaningOf(name);
  return meaning === "strongAnswer" || meaning === "hints" || meaning === "followUps" || meaning === "redFlags"
    ? meaning
    : null;
}

/** The one column in which most cells ask. */
function onlyAsking(rows: readonly (readonly string[])[], columns: number): number | null {
  const asking = Array.from(
    { length: columns },
    (_, at) => rows.filter((cells) => asksByMark(cells[at] ?? "")).length * 2 > rows.length,
  );
  return asking.filter(Boolean).length === 1 ? asking.indexOf(true) : null;
}
