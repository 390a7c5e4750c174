import assert from "node:assert/strict";
import { alphaInterval, krippendorffAlpha, type Metric } from "@whetstone/shared/agreement/alpha";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";
import { seeded } from "./seeded.ts";
import { assertClose, levels, METRICS, tables, type Units } from "./tables.ts";

function assertSameAlpha(actual: Units, expected: Units, metric: Metric): void {
  const [one, other] = [krippendorffAlpha(actual, metric), krippendorffAlpha(expected, metric)];
  assert.equal(one?.pairable, other?.pairable);
  if (one && other) assertClose(one.alpha, other.alpha);
}

const transposed = (observersByUnits: Units): Units =>
  (observersByUnits[0] ?? []).map((_, unit) => observersByUnits.map((observer) => observer[unit] ?? null));

/** K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, examples C and D. */
const KRIPPENDORFF = transposed([
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
]);

describe("Krippendorff's alpha", () => {
  test.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
    ["ratio", 0.797],
  ] as const)("is the published one of four observers and twelve units (%s)", (metric, published) => {
    const found = krippendorffAlpha(KRIPPENDORFF, metric);
    expect(found?.alpha).toBeCloseTo(published, 3);
    expect(found?.pairable).toBe(40);
  });

  test("is the published one of two observers without gaps (2011, examples A and B)", () => {
    const binary = transposed([
      [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
      [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    ]);
    const named = transposed([
      [1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1],
      [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4],
    ]);
    expect(krippendorffAlpha(binary, "nominal")?.alpha).toBeCloseTo(0.095, 3);
    expect(krippendorffAlpha(named, "nominal")?.alpha).toBeCloseTo(0.692, 3);
  });

  test.each([
    ["nominal", 6 / 11],
    ["ordinal", 7 / 9],
    ["interval", 12 / 13],
    ["ratio", 1 - 125 / 611],
  ] as const)("by hand: 1 1, 1 2, 4 4 (%s)", (metric, alpha) => {
    const units = [
      [1, 1],
      [1, 2],
      [4, 4],
    ];
    expect(krippendorffAlpha(units, metric)?.alpha).toBeCloseTo(alpha, 12);
  });

  test.each<[string, Units]>([
    ["nobody rated", []],
    ["nobody rated a unit", [[null, null]]],
    ["one rater", [[1], [2], [3]]],
    [
      "no unit has two values",
      [
        [1, null],
        [null, 2],
      ],
    ],
    [
      "all pairable values are the same",
      [
        [3, 3],
        [3, 3],
        [1, null],
      ],
    ],
  ])("is undefined where %s", (_, units) => {
    for (const metric of METRICS) {
      expect(krippendorffAlpha(units, metric)).toBeNull();
      expect(alphaInterval(units, metric, { random: seeded(1), samples: 20 })).toBeNull();
    }
  });

  test("takes zero on a ratio scale, and no value below it", () => {
    expect(
      krippendorffAlpha(
        [
          [0, 1],
          [2, 2],
        ],
        "ratio",
      )?.alpha,
    ).toBeCloseTo(1 - 3 / (1 + 2 + 2 / 9), 12);
    expect(
      krippendorffAlpha(
        [
          [-1, 1],
          [2, 2],
        ],
        "ratio",
      ),
    ).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [-1, 1],
          [2, 2],
        ],
        "interval",
      ),
    ).not.toBeNull();
  });

  test("is 1 where observers agree in everything, and less anywhere else", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(...METRICS), (units, metric) => {
        const found = krippendorffAlpha(units, metric);
        if (!found) return;
        const agree = units.every((unit) => new Set(unit.filter((value) => value !== null)).size <= 1);
        assert.ok(agree ? found.alpha === 1 : found.alpha < 1);
      }),
      propertyRuns(500),
    );
  });

  test("depends neither on the order of observers and units, nor on units without two values", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(...METRICS), levels, fc.nat(), (units, metric, level, turn) => {
        const rotated = units.map((unit) => unit.map((_, index) => unit[(index + turn) % unit.length] ?? null));
        assertSameAlpha(rotated.toReversed(), units, metric);
        assertSameAlpha([[level], ...units, [], [null, level, null]], units, metric);
      }),
      propertyRuns(500),
    );
  });

  test("keeps to what a scale says: interval under a linear change, ordinal in order, ratio in proportion", () => {
    const changed = (units: Units, change: (value: number) => number): Units =>
      units.map((unit) => unit.map((value) => (value === null ? null : change(value))));
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (units, factor, shift) => {
        assertSameAlpha(
          changed(units, (value) => factor * value + shift),
          units,
          "interval",
        );
        assertSameAlpha(
          changed(units, (value) => -value),
          units,
          "interval",
        );
        assertSameAlpha(
          changed(units, (value) => value ** 3 + shift),
          units,
          "ordinal",
        );
        assertSameAlpha(
          changed(units, (value) => factor * value),
          units,
          "ratio",
        );
        assertSameAlpha(
          changed(units, (value) => (value * 2) % 5),
          units,
          "nominal",
        );
      }),
      propertyRuns(300),
    );
  });
});
