import { inWords } from "../phrases.ts";
import { asksByMark } from "./asking.ts";
import type { Table } from "./blocks.ts";
import type { Labels, Section } from "./labels.ts";

/** What the columns of a table hold. */
export interface TableColumns {
  /** The one with the questions; null where there is none. */
  readonly question: number | null;
  /** Whether its name says so, and not only its cells. */
  readonly isNamed: boolean;
  readonly others: readonly { readonly name: string; readonly at: number; readonly section: Section | null }[];
}

/** A column that only counts the rows. */
const COUNTING = /^(?:#|no\.?|nr\.?|№|id|n°|\d*)$/iu;

export function columnsOf({ header, rows }: Table, labels: Labels): TableColumns {
  const names = header.map((name) => inWords(name).trim());
  const named = names.findIndex((name) => labels.isQuestionWord(name));
  const question =
    named < 0
      ? onlyAsking(
          rows.map(({ cells }) => cells),
          header.length,
        )
      : named;
  const others = names.flatMap((name, at) =>
    at === question || COUNTING.test(name) ? [] : [{ name, at, section: labels.labelled(name)?.section ?? null }],
  );
  return { question, isNamed: named >= 0, others };
}

/** The one column in which most cells ask. */
function onlyAsking(rows: readonly (readonly string[])[], columns: number): number | null {
  const asking = Array.from(
    { length: columns },
    (_, at) => rows.filter((cells) => asksByMark(cells[at] ?? "")).length * 2 > rows.length,
  );
  return asking.filter(Boolean).length === 1 ? asking.indexOf(true) : null;
}
