import assert from "node:assert/strict";
import { intraclass, intraclassOneWay } from "@whetstone/shared/agreement/icc";
import { quotient } from "@whetstone/shared/agreement/numbers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";

/** P. Shrout, J. Fleiss, Intraclass correlations, 1979, table 2: six targets, four judges. */
const SHROUT_FLEISS = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

const level = fc.integer({ min: 1, max: 4 });
const tables = fc
  .integer({ min: 2, max: 4 })
  .chain((judges) =>
    fc.array(fc.array(level, { minLength: judges, maxLength: judges }), { minLength: 2, maxLength: 10 }),
  );
const groups = fc.array(fc.array(level, { maxLength: 4 }), { maxLength: 8 });

const each = (rows: number[][], change: (value: number, judge: number) => number) => rows.map((row) => row.map(change));

type Correlations = ReturnType<typeof intraclass>;

function assertSame(actual: number | null | undefined, expected: number | null | undefined): void {
  if (typeof actual !== "number" || typeof expected !== "number") assert.equal(actual, expected);
  else assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

function assertSameForms(actual: Correlations, expected: Correlations): void {
  for (const of of ["single", "average"] as const) {
    for (const form of ["oneWay", "twoWayRandom", "twoWayMixed"] as const) {
      assertSame(actual?.[of][form], expected?.[of][form]);
    }
  }
}

describe("the intraclass correlations of a complete table", () => {
  test("are the published ones of six targets and four judges", () => {
    const found = intraclass(SHROUT_FLEISS);
    expect(found?.single.oneWay).toBeCloseTo(0.17, 2);
    expect(found?.single.twoWayRandom).toBeCloseTo(0.29, 2);
    expect(found?.single.twoWayMixed).toBeCloseTo(0.71, 2);
    expect(found?.average.oneWay).toBeCloseTo(0.44, 2);
    expect(found?.average.twoWayRandom).toBeCloseTo(0.62, 2);
    expect(found?.average.twoWayMixed).toBeCloseTo(0.91, 2);
    expect(found?.meanSquares.betweenTargets).toBeCloseTo(11.24, 2);
    expect(found?.meanSquares.withinTargets).toBeCloseTo(6.26, 2);
    expect(found?.meanSquares.betweenJudges).toBeCloseTo(32.49, 2);
    expect(found?.meanSquares.residual).toBeCloseTo(1.02, 2);
    expect(found).toMatchObject({ n: 6, k: 4 });
  });

  test.each<[string, number[][]]>([
    ["there is no target", []],
    ["there is one target", [[1, 2, 3]]],
    ["there is one judge", [[1], [2], [3]]],
    ["a rating is missing", [[1, 2], [3], [4, 4]]],
    [
      "all ratings are the same",
      [
        [0.1, 0.1, 0.1],
        [0.1, 0.1, 0.1],
        [0.1, 0.1, 0.1],
      ],
    ],
  ])("are undefined where %s", (_, table) => {
    expect(intraclass(table)).toBeNull();
  });

  test("are each undefined by themselves where their own variances are nothing", () => {
    const opposed = intraclass([
      [1, 2],
      [2, 1],
    ]);
    expect(opposed?.single).toEqual({ oneWay: -1, twoWayRandom: null, twoWayMixed: -1 });
    expect(opposed?.average).toEqual({ oneWay: null, twoWayRandom: null, twoWayMixed: null });
    const alike = intraclass([
      [1, 3],
      [1, 3],
    ]);
    expect(alike?.single).toEqual({ oneWay: -1, twoWayRandom: 0, twoWayMixed: null });
    expect(alike?.average).toEqual({ oneWay: null, twoWayRandom: 0, twoWayMixed: null });
  });

  test("are never above 1 nor anything but a number, and all 1 where judges agree in everything", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = intraclass(table);
        const agree = table.every((row) => new Set(row).size === 1);
        for (const value of [...Object.values(found?.single ?? {}), ...Object.values(found?.average ?? {})]) {
          if (agree) assertSame(value, 1);
          else assert.ok(value === null || (Number.isFinite(value) && value <= 1 + 1e-9));
        }
      }),
      propertyRuns(500),
    );
  });

  test("depend neither on the order of judges and targets nor on the scale's unit and origin", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(-3, 0.1, 7), fc.integer({ min: -50, max: 50 }), (table, factor, shift) => {
        const found = intraclass(table);
        assertSameForms(intraclass(table.map((row) => row.toReversed()).toReversed()), found);
        assertSameForms(intraclass(each(table, (value) => factor * value + shift)), found);
      }),
      propertyRuns(500),
    );
  });

  test("of the mixed form do not count how lenient a judge is", () => {
    fc.assert(
      fc.property(
        tables,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }),
        (table, shifts) => {
          const found = intraclass(table);
          const shifted = intraclass(each(table, (value, judge) => value + (shifts[judge] ?? 0)));
          if (!found || !shifted) return;
          assertSame(shifted.single.twoWayMixed, found.single.twoWayMixed);
          assertSame(shifted.average.twoWayMixed, found.average.twoWayMixed);
        },
      ),
      propertyRuns(500),
    );
  });

  test("of the mean follow from the single one by the Spearman-Brown formula", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = intraclass(table);
        for (const form of ["oneWay", "twoWayRandom", "twoWayMixed"] as const) {
          const [single, average] = [found?.single[form] ?? null, found?.average[form] ?? null];
          if (found && single !== null && average !== null) {
            assertSame(average, (found.k * single) / (1 + (found.k - 1) * single));
          }
        }
      }),
      propertyRuns(500),
    );
  });
});

describe("the one-way intraclass correlation with unequal numbers of judges", () => {
  test("by hand: 1 2 and 3 5 4", () => {
    const found = intraclassOneWay([
      [1, 2],
      [3, 5, 4],
    ]);
    expect(found?.judgesPerTarget).toBeCloseTo(2.4, 12);
    expect(found?.meanSquares.betweenTargets).toBeCloseTo(7.5, 12);
    expect(found?.meanSquares.withinTargets).toBeCloseTo(5 / 6, 12);
    expect(found?.single).toBeCloseTo(10 / 13, 12);
    expect(found?.average).toBeCloseTo(8 / 9, 12);
    expect(found?.n).toBe(2);
  });

  test("is ICC(1,1) and ICC(1,k) with equal numbers", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [unequal, complete] = [intraclassOneWay(table), intraclass(table)];
        assertSame(unequal?.single, complete?.single.oneWay);
        assertSame(unequal?.average, complete?.average.oneWay);
        if (unequal) assertSame(unequal.judgesPerTarget, complete?.k);
      }),
      propertyRuns(500),
    );
  });

  test("is 1 where judges agree in everything, never above, and no matter in which order", () => {
    fc.assert(
      fc.property(groups, (ofGroups) => {
        const found = intraclassOneWay(ofGroups);
        if (!found) return;
        const agree = ofGroups.every((group) => new Set(group).size <= 1);
        for (const value of [found.single, found.average]) {
          if (agree) assertSame(value, 1);
          else assert.ok(value === null || (Number.isFinite(value) && value < 1));
        }
        const turned = intraclassOneWay([[], ...ofGroups.map((group) => group.toReversed()).toReversed()]);
        assertSame(turned?.single, found.single);
        assertSame(turned?.average, found.average);
        assert.equal(turned?.n, found.n);
      }),
      propertyRuns(500),
    );
  });

  test.each<[string, number[][]]>([
    ["there is no target", []],
    ["one target alone has ratings", [[1, 2, 3], []]],
    ["no target has two ratings", [[1], [2], [3]]],
    ["all ratings are the same", [[0.1, 0.1, 0.1], [0.1]]],
  ])("is undefined where %s", (_, ofGroups) => {
    expect(intraclassOneWay(ofGroups)).toBeNull();
  });
});

describe("a quotient", () => {
  test("is undefined where the denominator is no more than rounding leaves of numbers of that size", () => {
    expect(quotient(1, 5e-11, 1_000)).toBeNull();
    expect(quotient(1, 5e-9, 1_000)).toBe(1 / 5e-9);
    expect(quotient(1, 0)).toBeNull();
    expect(quotient(0, 2)).toBe(0);
  });
});
