import { z } from "zod";
import { mean, quotient, sum } from "./numbers.ts";

/**
 * The three models of Shrout and Fleiss. `oneWay`: each target has judges of its own. `twoWayRandom`: the same judges
 * rate all targets and stand for others like them. `twoWayMixed`: these judges are the only ones of interest, and how
 * lenient each of them is does not count. At most 1; null where the form is undefined.
 */
export const IntraclassForms = z.strictObject({
  oneWay: z.number().nullable(),
  twoWayRandom: z.number().nullable(),
  twoWayMixed: z.number().nullable(),
});
export type IntraclassForms = z.infer<typeof IntraclassForms>;

interface Intraclass {
  /** How far one judge's rating can be relied on: ICC(1,1), ICC(2,1), ICC(3,1). */
  readonly single: IntraclassForms;
  /** How far the mean of all k judges can be relied on: ICC(1,k), ICC(2,k), ICC(3,k). */
  readonly average: IntraclassForms;
  readonly meanSquares: MeanSquares;
  /** The number of targets. */
  readonly n: number;
  /** The number of judges. */
  readonly k: number;
}

interface MeanSquares {
  readonly betweenTargets: number;
  readonly withinTargets: number;
  readonly betweenJudges: number;
  readonly residual: number;
}

/**
 * All six intraclass correlations of a complete table: one row a target, one column a judge. Null for fewer than two
 * targets or judges, for a table with gaps and where nothing varies.
 *
 * P. Shrout, J. Fleiss (1979), Intraclass correlations: uses in assessing rater reliability, Psychological Bulletin 86:
 * the mean squares of table 1 and the six estimates of table 4.
 */
export function intraclass(targetsByJudges: readonly (readonly number[])[]): Intraclass | null {
  const n = targetsByJudges.length;
  const k = targetsByJudges[0]?.length ?? 0;
  if (n < 2 || k < 2 || targetsByJudges.some((row) => row.length !== k)) return null;
  const meanSquares = twoWayMeanSquares(centred(targetsByJudges), n, k);
  const { betweenTargets: b, withinTargets: w, betweenJudges: j, residual: e } = meanSquares;
  const scale = b + w;
  if (scale === 0) return null;
  return {
    single: {
      oneWay: quotient(b - w, b + (k - 1) * w, scale),
      twoWayRandom: quotient(b - e, b + (k - 1) * e + (k * (j - e)) / n, scale),
      twoWayMixed: quotient(b - e, b + (k - 1) * e, scale),
    },
    average: {
      oneWay: quotient(b - w, b, scale),
      twoWayRandom: quotient(b - e, b + (j - e) / n, scale),
      twoWayMixed: quotient(b - e, b, scale),
    },
    meanSquares,
    n,
    k,
  };
}

function twoWayMeanSquares(ratings: readonly (readonly number[])[], n: number, k: number): MeanSquares {
  const targets = ratings.map(mean);
  const judges = ratings[0]?.map((_, judge) => mean(ratings.map((row) => row[judge] ?? 0))) ?? [];
  const grand = mean(targets);
  const fromTarget = ratings.map((row) => row.map((rating) => rating - mean(row)));
  const residuals = fromTarget.map((row) => row.map((rest, judge) => rest - ((judges[judge] ?? 0) - grand)));
  return {
    betweenTargets: (k * squares(targets.map((target) => target - grand))) / (n - 1),
    withinTargets: squares(fromTarget.flat()) / (n * (k - 1)),
    betweenJudges: (n * squares(judges.map((judge) => judge - grand))) / (k - 1),
    residual: squares(residuals.flat()) / ((n - 1) * (k - 1)),
  };
}

interface IntraclassOneWay {
  /** How far one judge's rating can be relied on, at most 1; null where it is undefined. */
  readonly single: number | null;
  /** How far the mean of `judgesPerTarget` judges can be relied on, at most 1; null where it is undefined. */
  readonly average: number | null;
  /** The average number of judges that the estimate goes by: n0, below the mean number where the numbers differ. */
  readonly judgesPerTarget: number;
  readonly meanSquares: { readonly betweenTargets: number; readonly withinTargets: number };
  /** The number of targets that have a rating. */
  readonly n: number;
}

/**
 * The one-way intraclass correlation where targets have unequal numbers of judges: one row a target, with its ratings
 * in any order. With equal numbers it is ICC(1,1) and ICC(1,k). Null for fewer than two targets with ratings, where no
 * target has two ratings and where nothing varies.
 *
 * (BMS - WMS) / (BMS + (n0 - 1) WMS) with n0 = (N - sum of k_i^2 / N) / (n - 1), N the number of ratings, k_i those of
 * target i: A. Donner (1986), A review of inference procedures for the intraclass correlation coefficient in the
 * one-way random effects model, International Statistical Review 54; before it E. Haggard (1958), Intraclass
 * Correlation and the Analysis of Variance. The average is that by the Spearman-Brown formula at n0 judges, which comes
 * to (BMS - WMS) / BMS.
 */
export function intraclassOneWay(groups: readonly (readonly number[])[]): IntraclassOneWay | null {
  const rated = centred(groups.filter(({ length }) => length > 0));
  const sizes = rated.map(({ length }) => length);
  const n = rated.length;
  const total = sum(sizes);
  if (n < 2 || total === n) return null;
  const grand = mean(rated.flat());
  const b = sum(rated.map((group) => group.length * (mean(group) - grand) ** 2)) / (n - 1);
  const w = squares(rated.flatMap((group) => group.map((rating) => rating - mean(group)))) / (total - n);
  const judgesPerTarget = (total - squares(sizes) / total) / (n - 1);
  const scale = b + w;
  if (scale === 0) return null;
  return {
    single: quotient(b - w, b + (judgesPerTarget - 1) * w, scale),
    average: quotient(b - w, b, scale),
    judgesPerTarget,
    meanSquares: { betweenTargets: b, withinTargets: w },
    n,
  };
}

/** The ratings less the first of them, so that equal ratings come to nothing exactly. */
function centred(rows: readonly (readonly number[])[]): number[][] {
  const origin = rows[0]?.[0] ?? 0;
  return rows.map((row) => row.map((rating) => rating - origin));
}

const squares = (values: readonly number[]): number => sum(values.map((value) => value ** 2));
