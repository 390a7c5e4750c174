import { sum } from "./numbers.ts";

/**
 * Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give, below 0 disagreement that is systematic.
 *
 * K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania: the general form "E",
 * for any number of observers, any metric and missing values. Names follow it: o_ck are the coincidences of the values
 * c and k, n_c how often c occurs among the pairable values, n the number of all pairable values.
 */

/** How much two values differ: not at all or fully, by rank, by difference, or by difference in proportion to size. */
export type Metric = "nominal" | "ordinal" | "interval" | "ratio";

/** One row a unit, one column an observer, null where that observer gave no value. */
type Units = readonly (readonly (number | null)[])[];

interface Alpha {
  /** At most 1. */
  readonly alpha: number;
  /** The number of values in units that have at least two. */
  readonly pairable: number;
}

/**
 * Alpha of a table of values. Null where it is undefined: with fewer than two pairable values, where all pairable
 * values are the same (agreement cannot be told from having only one thing to say), and for the ratio metric with a
 * value below zero. Time and memory grow with the square of the number of distinct values, which is meant to be small.
 */
export function krippendorffAlpha(units: Units, metric: Metric): Alpha | null {
  const { values, blocks } = coincidences(units, []);
  const alpha = alphaOf(matrixOf(values, blocks), values, metric);
  return alpha === null ? null : { alpha, pairable: sum(pairableRows(units).map(({ row }) => row.length)) };
}

interface IntervalOptions {
  /** Gives numbers from 0 up to but not including 1. */
  readonly random: () => number;
  readonly samples?: number;
  /** The share of the samples that the interval holds, from 0 to 1. */
  readonly confidence?: number;
  /**
   * A name for each unit; units of one name are drawn together. For units that are not independent, as the criteria of
   * one candidate are not: drawn one by one they would make the interval too narrow.
   */
  readonly clusters?: readonly string[];
}

/** How many draws may be made for each sample that is asked for. At least half of all draws have a defined alpha. */
const DRAWS_PER_SAMPLE = 10;

/**
 * A bootstrap interval of alpha: units that have pairable values are drawn with replacement, as many as there are, and
 * the interval lies between the percentiles of alpha over the samples. A sample without variation has no alpha and is
 * drawn anew. Null where alpha is undefined or too few samples have one.
 *
 * B. Efron, R. Tibshirani (1993), An Introduction to the Bootstrap, section 13.3 (percentile interval); for alpha by
 * drawing units: A. Zapf et al. (2016), Measuring inter-rater reliability for nominal data, BMC Medical Research
 * Methodology 16:93; by clusters: C. Field, A. Welsh (2007), Bootstrapping clustered data, J. R. Statist. Soc. B 69.
 * (Krippendorff's own algorithm draws pairs of values instead and holds the expected disagreement fixed, which takes
 * the pairs of a unit for independent.)
 */
export function alphaInterval(
  units: Units,
  metric: Metric,
  { random, samples = 1000, confidence = 0.95, clusters = [] }: IntervalOptions,
): { readonly low: number; readonly high: number } | null {
  const { values, blocks } = coincidences(units, clusters);
  if (alphaOf(matrixOf(values, blocks), values, metric) === null) return null;
  const alphas: number[] = [];
  for (let attempt = 0; alphas.length < samples && attempt < samples * DRAWS_PER_SAMPLE; attempt++) {
    const drawn = blocks.map(() => blocks[Math.floor(random() * blocks.length)] ?? []);
    const alpha = alphaOf(matrixOf(values, drawn), values, metric);
    if (alpha !== null) alphas.push(alpha);
  }
  if (alphas.length < samples) return null;
  alphas.sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { low: quantile(alphas, tail), high: quantile(alphas, 1 - tail) };
}

/** The coincidence matrix, values by values, in one row after the other; symmetric, so only c <= k is filled. */
type Matrix = Float64Array;

/** What one unit, or one cluster of units, adds to the matrix. */
type Block = readonly { readonly cell: number; readonly amount: number }[];

function matrixOf(values: readonly number[], blocks: readonly Block[]): Matrix {
  const matrix = new Float64Array(values.length ** 2);
  for (const block of blocks) {
    for (const { cell, amount } of block) matrix[cell] = (matrix[cell] ?? 0) + amount;
  }
  return matrix;
}

/** The units that have pairable values, each with its place among all units. */
const pairableRows = (units: Units): { index: number; row: number[] }[] =>
  units
    .map((unit, index) => ({ index, row: unit.filter((value) => value !== null) }))
    .filter(({ row }) => row.length > 1);

/** The distinct pairable values in ascending order, and what each unit (or cluster) adds to the coincidence matrix. */
function coincidences(units: Units, clusters: readonly string[]): { values: number[]; blocks: Block[] } {
  const rows = pairableRows(units);
  const values = [...new Set(rows.flatMap(({ row }) => row))].sort((a, b) => a - b);
  const order = new Map(values.map((value, index) => [value, index]));
  const byCluster = new Map<string | number, Map<number, number>>();
  for (const { index, row } of rows) {
    const name = clusters[index] ?? index;
    const cells = byCluster.get(name) ?? new Map<number, number>();
    byCluster.set(name, cells);
    const places = row.map((value) => order.get(value) ?? 0).sort((a, b) => a - b);
    // Each pair of observers counts in both orders: off the diagonal as (c, k) and as (k, c), one of which is kept.
    places.forEach((c, first) => {
      for (const k of places.slice(first + 1)) {
        const cell = c * values.length + k;
        cells.set(cell, (cells.get(cell) ?? 0) + (c === k ? 2 : 1) / (row.length - 1));
      }
    });
  }
  const blocks = [...byCluster.values()].map((cells) => [...cells].map(([cell, amount]) => ({ cell, amount })));
  return { values, blocks };
}

function alphaOf(matrix: Matrix, values: readonly number[], metric: Metric): number | null {
  if (metric === "ratio" && (values[0] ?? 0) < 0) return null;
  const occurrences = values.map((_, c) =>
    sum(values.map((_value, k) => matrix[Math.min(c, k) * values.length + Math.max(c, k)] ?? 0)),
  );
  const difference = differences(metric, values, occurrences);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < values.length; c++) {
    for (let k = c + 1; k < values.length; k++) {
      const squared = difference(c, k) ** 2;
      observed += (matrix[c * values.length + k] ?? 0) * squared;
      expected += (occurrences[c] ?? 0) * (occurrences[k] ?? 0) * squared;
    }
  }
  return expected > 0 ? 1 - ((sum(occurrences) - 1) * observed) / expected : null;
}

/** The difference of the values at two places, before it is squared. */
function differences(
  metric: Metric,
  values: readonly number[],
  occurrences: readonly number[],
): (c: number, k: number) => number {
  const between = (scale: readonly number[]) => (c: number, k: number) => (scale[k] ?? 0) - (scale[c] ?? 0);
  switch (metric) {
    case "nominal":
      return (c, k) => (c === k ? 0 : 1);
    case "ordinal":
      return between(midRanks(occurrences));
    case "interval":
      return between(values);
    case "ratio":
      return (c, k) => between(values)(c, k) / ((values[c] ?? 0) + (values[k] ?? 0));
    default:
      return metric satisfies never;
  }
}

/** The mean rank of each value's occurrences. Two of them differ by n_c + ... + n_k less half of n_c and n_k. */
function midRanks(occurrences: readonly number[]): number[] {
  let before = 0;
  return occurrences.map((count) => {
    before += count;
    return before - count / 2;
  });
}

/** A quantile of sorted numbers, by straight lines between them (R. Hyndman, Y. Fan, 1996, definition 7). */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}
