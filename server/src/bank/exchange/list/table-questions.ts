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
  /** The first of them is what stands where others have names, if that asks. */
  readonly rows: Table["rows"];
}

export function columnsOf({ line, header, rows }: Table): TableColumns {
  const named = promptByName(header.map(nameOf));
  const own = onlyAsking(
    rows.map(({ cells }) => cells),
    header.length,
  );
  const question = named ?? own;
  const isNamed = named !== null && saysQuestion(nameOf(header[named] ?? ""));
  const isUnnamed = named === null && own !== null && asksByMark(header[own] ?? "");
  return { question, isNamed, rows: isUnnamed ? [{ line, cells: header }, ...rows] : rows };
}

/** What a row says beside its question. */
export function besideQuestion(
  { header }: Table,
  { question, rows }: TableColumns,
  cells: readonly string[],
): { readonly name: string; readonly text: string; readonly section: Section | null }[] {
  return cells.flatMap((text, at) => {
    const name = rows[0]?.cells === header ? "" : nameOf(header[at] ?? "");
    if (at === question || text === "" || (meaningOf(name) === "number" && /^[^\s,;]{0,12}$/.test(text))) return [];
    const section = sectionOf(name);
    return [{ name, text: section === null && name !== "" ? `${name}: ${text}` : text, section }];
  });
}

const nameOf = (cell: string): string => inWords(cell).trim();

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
