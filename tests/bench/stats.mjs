/** The few statistics that the benches report. Nothing here knows a unit: what goes in comes out. */

/**
 * The value below which the given share of the values lies, interpolated between neighbours.
 * @param {readonly number[]} values in any order, at least one
 * @param {number} share 0 to 1; 0.5 is the median
 */
export function quantile(values, share) {
  if (values.length === 0) throw new Error("No values to take a quantile of.");
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/**
 * The middle half of the values.
 * @param {readonly number[]} values
 * @returns {[number, number]} the first and the third quartile
 */
export const quartiles = (values) => [quantile(values, 0.25), quantile(values, 0.75)];

/**
 * Runs slices of ours and of the baseline in turn, A B B A, so that whatever else the machine does meets both alike and a drift
 * cancels within each pair.
 * @template Slice
 * @param {number} pairs
 * @param {(side: "ours" | "baseline", pair: number) => Promise<Slice>} runSlice
 * @returns {Promise<{ ours: Slice[], baseline: Slice[] }>} the slices of pair `i` at index `i`
 */
export async function alternate(pairs, runSlice) {
  /** @type {{ ours: Slice[], baseline: Slice[] }} */
  const slices = { ours: [], baseline: [] };
  for (let pair = 0; pair < pairs; pair++) {
    /** @type {("ours" | "baseline")[]} */
    const order = pair % 2 === 0 ? ["ours", "baseline"] : ["baseline", "ours"];
    for (const side of order) slices[side].push(await runSlice(side, pair));
  }
  return slices;
}

/**
 * One measured quantity of ours and of the baseline, by pairs of slices.
 * @param {{ ours: readonly number[], baseline: readonly number[] }} pairs
 */
export function comparePairs({ ours, baseline }) {
  const ratios = ours.map((value, pair) => value / baseline[pair]);
  return {
    ours: median(ours),
    baseline: median(baseline),
    ratio: median(ratios),
    spread: { ours: quartiles(ours), baseline: quartiles(baseline), ratio: quartiles(ratios) },
  };
}
