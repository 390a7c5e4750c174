import { z } from "zod";
import { cohenKappa, confusion } from "./kappa.ts";
import { mean, sum } from "./numbers.ts";
import { ratingsByUnit, type UnitRating } from "./ratings.ts";

/** How far a rater's levels lie above or below those of the others. */
export const RaterSeverity = z.strictObject({
  rater: z.string(),
  units: z.int().describe("How many units they share with others."),
  leniency: z.number().describe("In levels: above 0 the rater is lenient, below 0 severe."),
  standardError: z.number().nullable().describe("Of the leniency, in levels; null for a single candidate."),
});
export type RaterSeverity = z.infer<typeof RaterSeverity>;

/**
 * The severity of each rater who shares a unit with another: the mean, over those units, of their level less the mean
 * of all others' levels of the same unit. As good a measure as the units are alike: it compares a rater with those who
 * happened to sit beside them, and with two raters only, each is the mirror of the other.
 *
 * The observed counterpart of G. Engelhard (1994), Examining rater errors in the assessment of written composition with
 * a many-faceted Rasch model, Journal of Educational Measurement 31. The standard error takes candidates as independent
 * and not their units: sqrt(C / (C - 1) * sum over C candidates of (sum of their deviations)^2) / units, after K.-Y.
 * Liang, S. Zeger (1986), Longitudinal data analysis using generalized linear models, Biometrika 73; with one unit each
 * it is the usual s / sqrt(n).
 */
export function severity(ratings: readonly UnitRating[]): RaterSeverity[] {
  const byRater = new Map<string, { candidate: string; difference: number }[]>();
  for (const ofUnit of ratingsByUnit(ratings).values()) {
    if (ofUnit.size < 2) continue;
    const total = sum([...ofUnit.values()].map(({ level }) => level));
    for (const { rater, candidate, level } of ofUnit.values()) {
      const difference = level - (total - level) / (ofUnit.size - 1);
      const found = byRater.get(rater) ?? [];
      found.push({ candidate, difference });
      byRater.set(rater, found);
    }
  }
  return [...byRater].map(([rater, found]) => {
    const leniency = mean(found.map(({ difference }) => difference));
    const deviations = new Map<string, number>();
    for (const { candidate, difference } of found) {
      deviations.set(candidate, (deviations.get(candidate) ?? 0) + difference - leniency);
    }
    return {
      rater,
      units: found.length,
      leniency,
      standardError: clusteredError([...deviations.values()], found.length),
    };
  });
}

function clusteredError(deviations: readonly number[], units: number): number | null {
  const candidates = deviations.length;
  if (candidates < 2) return null;
  const squares = sum(deviations.map((deviation) => deviation ** 2));
  return Math.sqrt((candidates / (candidates - 1)) * squares) / units;
}

/** How far two raters agree on the units that both rated. */
export const PairAgreement = z.strictObject({
  raters: z.tuple([z.string(), z.string()]),
  units: z.int().describe("How many units both rated."),
  meanAbsoluteDifference: z.number().describe("In levels."),
  exactAgreement: z.number().describe("The share of these units, from 0 to 1, on which both gave the same level."),
  kappa: z
    .number()
    .nullable()
    .describe("Cohen's kappa with quadratic weights; null where both gave one and the same level throughout."),
});
export type PairAgreement = z.infer<typeof PairAgreement>;

/**
 * Each pair of raters who share a unit. Raters stand in the order in which they first come in the ratings, within a
 * pair and from pair to pair. Kappa is that of `cohenKappa`, with the squared difference of the levels as its weights.
 */
export function pairwise(ratings: readonly UnitRating[]): PairAgreement[] {
  const raters = [...new Set(ratings.map(({ rater }) => rater))];
  const order = new Map(raters.map((rater, index) => [rater, index]));
  const levels = [...new Set(ratings.map(({ level }) => level))];
  const weights = levels.map((first) => levels.map((second) => (first - second) ** 2));
  const shared = raters.map(() => raters.map((): [number, number][] => []));
  for (const ofUnit of ratingsByUnit(ratings).values()) {
    const inOrder = [...ofUnit.values()].sort((a, b) => (order.get(a.rater) ?? 0) - (order.get(b.rater) ?? 0));
    inOrder.forEach((first, index) => {
      for (const second of inOrder.slice(index + 1)) {
        shared[order.get(first.rater) ?? 0]?.[order.get(second.rater) ?? 0]?.push([first.level, second.level]);
      }
    });
  }
  return raters.flatMap((first, row) =>
    raters.flatMap((second, column) => {
      const pairs = shared[row]?.[column] ?? [];
      if (pairs.length === 0) return [];
      return {
        raters: [first, second] satisfies [string, string],
        units: pairs.length,
        meanAbsoluteDifference: mean(pairs.map(([a, b]) => Math.abs(a - b))),
        exactAgreement: pairs.filter(([a, b]) => a === b).length / pairs.length,
        kappa: cohenKappa(confusion(pairs, levels), weights)?.kappa ?? null,
      };
    }),
  );
}
