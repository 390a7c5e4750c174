import type { PassedOver, Place } from "../parsed.ts";

/** A table as any format gives it: names of columns, and below them what each row says. */

/** What a row says in one column: one text, or several where the format has lists. */
export type Cell = readonly string[];

export interface Row {
  readonly at: Place;
  /** By the column, those that say anything. */
  readonly cells: ReadonlyMap<number, Cell>;
  /** What it says besides, each with its name: for the panel, whatever the name says. */
  readonly notes: readonly string[];
}

export interface Table {
  /** The names as they are written; empty where a column has none. */
  readonly columns: readonly string[];
  /** Where the names stand. */
  readonly at: Place;
  readonly rows: readonly Row[];
  /** The topic of questions that name none, such as the sheet's name. */
  readonly topic: string | null;
}

export const textIn = (row: Row, column: number): string => (row.cells.get(column) ?? []).join("\n").trim();

/** The cells of a row from their texts, in the order of the columns. */
export const cellsOf = (texts: readonly Cell[]): ReadonlyMap<number, Cell> =>
  new Map([...texts.entries()].filter(([, cell]) => cell.some((text) => text.trim() !== "")));

/** How a column is called where people read of it. */
export const calledColumn = (name: string, index: number): string =>
  name.trim() === "" ? `Column ${index + 1}` : name.trim();

export const leftOut = (at: Place, message: string): PassedOver => ({ at, message });
