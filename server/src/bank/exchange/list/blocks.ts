import { numberIn } from "./markers.ts";

/** What a text that people wrote as a list consists of. */

export interface Prose {
  readonly kind: "prose";
  readonly line: number;
  readonly lines: string[];
}

export interface Code {
  readonly kind: "code";
  readonly line: number;
  readonly lines: string[];
}

export interface Item {
  readonly kind: "item";
  readonly line: number;
  readonly marker: string;
  /** Whether its box is ticked; null where it has none. */
  readonly box: boolean | null;
  /** Columns before the marker; a tab goes to the next multiple of four. */
  readonly indent: number;
  readonly parts: (Prose | Code | Item)[];
}

export interface Heading {
  readonly kind: "heading";
  readonly line: number;
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}

/** What folds away begins with its summary; what stands behind its end is no part of it. */
export interface Summary {
  readonly kind: "summary";
  readonly line: number;
  readonly text: string;
}

interface EndOfDetails {
  readonly kind: "end";
  readonly line: number;
}

/** A table of which the first row names the columns. */
export interface Table {
  readonly kind: "table";
  readonly line: number;
  readonly header: readonly string[];
  readonly rows: { readonly line: number; readonly cells: readonly string[] }[];
}

export type Block = Heading | Item | Prose | Code | Summary | EndOfDetails | Table;

/** The number of an item; null where it has another marker. */
export function numberOf({ marker }: Item): number | null {
  const circled = marker.codePointAt(0) ?? 0;
  if (circled >= 0x2460 && circled <= 0x2473) return circled - 0x2460 + 1;
  return numberIn(marker);
}

/** Whether an item stands at an other's own indent, and is below it by its bullet alone. */
export const isBelowByBullet = (outer: Item, inner: Item): boolean => inner.indent <= outer.indent;
