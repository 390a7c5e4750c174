/** Below this share of the numbers' own size a variation is only what rounding leaves of none. */
const ROUNDING = 1e-12;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The arithmetic mean; of nothing it is 0, so ask only where there is something. */
export const mean = (values: readonly number[]): number => sum(values) / Math.max(values.length, 1);

/**
 * A quotient, or null where it is undefined: where the denominator is not above zero, but for rounding in numbers of
 * the size `scale`.
 */
export function quotient(numerator: number, denominator: number, scale = 0): number | null {
  return denominator > ROUNDING * scale ? numerator / denominator : null;
}

/**
 * Pearson's product-moment correlation of pairs, from -1 to 1. Null for fewer than two pairs, or where either side does
 * not vary.
 */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  const meanX = mean(pairs.map(([x]) => x));
  const meanY = mean(pairs.map(([, y]) => y));
  const squaresX = sum(pairs.map(([x]) => (x - meanX) ** 2));
  const squaresY = sum(pairs.map(([, y]) => (y - meanY) ** 2));
  const products = sum(pairs.map(([x, y]) => (x - meanX) * (y - meanY)));
  const sizeX = sum(pairs.map(([x]) => x ** 2));
  const sizeY = sum(pairs.map(([, y]) => y ** 2));
  const overX = quotient(products, squaresX, sizeX);
  const overY = quotient(products, squaresY, sizeY);
  if (overX === null || overY === null) return null;
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}
