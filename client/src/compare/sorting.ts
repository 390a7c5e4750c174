import { type ComparedCandidate, isIncomplete } from "@whetstone/shared/comparison/compare";

export type SortKey = "name" | "at" | "overall";

export interface Sorting {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** The way in which a column is sorted first: names from A, the latest and the best on top. */
export const firstSorting = (by: SortKey): Sorting => ({ by, descending: by !== "name" });

/**
 * The candidates in an order; who has no score or no name comes last in either direction, and by score whoever's scorecards are incomplete
 * comes after those whose score is whole.
 */
export function sorted(
  candidates: readonly ComparedCandidate[],
  { by, descending }: Sorting,
): readonly ComparedCandidate[] {
  const direction = descending ? -1 : 1;
  return candidates.toSorted((one, other) => {
    const [a, b] = [one[by], other[by]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const wholeness = by === "overall" ? Number(isIncomplete(one)) - Number(isIncomplete(other)) : 0;
    if (wholeness !== 0) return wholeness;
    const order = typeof a === "string" && typeof b === "string" ? a.localeCompare(b) : Number(a) - Number(b);
    return direction * order;
  });
}
