import { sum } from "./numbers.ts";

/**
 * How much a disagreement counts: every one alike, by the distance of the categories, by its square, or by a matrix of
 * one's own (k x k, zero on the diagonal, nothing below zero), whose scale does not matter.
 */
type KappaWeights = "plain" | "linear" | "quadratic" | readonly (readonly number[])[];

interface Kappa {
  /** At most 1; 0 is what chance would give. */
  readonly kappa: number;
  /** The number of rated things. */
  readonly n: number;
}

/**
 * Cohen's kappa of two raters. `counts` is k x k: the row is the first rater's category, the column the second's,
 * categories in ascending order. Null where it is undefined: for an empty table, and where chance alone would give no
 * disagreement (both raters used one and the same category only).
 *
 * J. Cohen (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (plain);
 * J. Cohen (1968), Weighted kappa, Psychological Bulletin 70: 1 less the weighted observed over the weighted expected
 * disagreement.
 */
export function cohenKappa(counts: readonly (readonly number[])[], weights: KappaWeights): Kappa | null {
  const rows = counts.map(sum);
  const columns = counts.map((_, column) => sum(counts.map((row) => row[column] ?? 0)));
  const n = sum(rows);
  const observed = sum(
    counts.flatMap((row, first) => row.map((count, second) => count * disagreement(weights, first, second))),
  );
  const expected = sum(
    rows.flatMap((row, first) => columns.map((column, second) => row * column * disagreement(weights, first, second))),
  );
  return expected > 0 ? { kappa: 1 - (n * observed) / expected, n } : null;
}

function disagreement(weights: KappaWeights, first: number, second: number): number {
  if (typeof weights !== "string") return weights[first]?.[second] ?? 0;
  switch (weights) {
    case "plain":
      return first === second ? 0 : 1;
    case "linear":
      return Math.abs(first - second);
    case "quadratic":
      return (first - second) ** 2;
    default:
      return weights satisfies never;
  }
}

/**
 * The table of pairs of categories, the first rater's and the second's, for `cohenKappa`: as many rows and columns as
 * there are categories, in their order. A pair with anything but these categories is left out.
 */
export function confusion<T>(pairs: readonly (readonly [T, T])[], categories: readonly T[]): number[][] {
  const order = new Map(categories.map((category, index) => [category, index]));
  const counts = categories.map(() => categories.map(() => 0));
  for (const [first, second] of pairs) {
    const row = counts[order.get(first) ?? -1];
    const column = order.get(second);
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
}
