import { commonEntries, commonText } from "../merge.ts";
import { spliceBetween } from "../text.ts";

/** What a text or a list was written on, given what became of it and what is shown without it. */
export interface Ground {
  readonly text: (written: string, shown: string) => string;
  readonly list: (written: readonly string[], shown: readonly string[]) => readonly string[];
}

/** It was written on what is shown. */
export const SHOWN: Ground = { text: (_, shown) => shown, list: (_, shown) => shown };

/** Whoever keeps so much of a text has seen it and writes on. */
const MOST_OF_IT = 0.7;

/**
 * Nobody knows, as for what a page of an earlier build has kept: on what both have in common, so that nothing goes that its writer may
 * not have seen; but on what is shown where that is only added to, or most of it kept.
 */
export const UNKNOWN: Ground = {
  text: (written, shown) => {
    if (spliceBetween(shown, written).remove === 0) return shown;
    const common = commonText(written, shown);
    return common.length >= MOST_OF_IT * shown.length ? shown : common;
  },
  list: commonEntries,
};
