import assert from "node:assert/strict";
import type { Metric } from "@whetstone/shared/agreement/alpha";
import fc from "fast-check";

export type Units = (number | null)[][];

export const METRICS: readonly Metric[] = ["nominal", "ordinal", "interval", "ratio"];

export const levels = fc.integer({ min: 1, max: 4 });
/** Units of one number of observers, with gaps; few values, so that agreement happens. */
export const tables: fc.Arbitrary<Units> = fc
  .integer({ min: 1, max: 4 })
  .chain((observers) =>
    fc.array(fc.array(fc.option(levels), { minLength: observers, maxLength: observers }), { maxLength: 12 }),
  );

export function assertClose(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}
