import { commonEntries, commonText } from "../merge.ts";
import { spliceBetween } from "../text.ts";

/** What a text or a list was written on, given what became of it and what is shown without it. */
export interface Ground {
  readonly text: (written: string, shown: string) => string;
  readonly list: (written: readonly string[], shown: readonly string[]) => readonly string[];
}

/** It was written on what is shown. */
export const SHOWN: Ground = { text: (_, shown) => shown, list: (_, shown) => shown };

/**
 * Nobody knows, as for what a page of an earlier build has kept: on what both have in common, unless it only adds to what is shown, so
 * that nothing goes that its writer may not have seen.
 */
export const UNKNOWN: Ground = {
  text: (written, shown) => (spliceBetween(shown, written).remove === 0 ? shown : commonText(written, shown)),
  list: commonEntries,
};
