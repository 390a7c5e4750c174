import assert from "node:assert/strict";
import { cohenKappa, confusion } from "@whetstone/shared/agreement/kappa";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";

const LEVELS = [1, 2, 3, 4] as const;
type Pair = [number, number];

const level = fc.constantFrom<number>(...LEVELS);
const pairs: fc.Arbitrary<Pair[]> = fc.array(fc.tuple(level, level), { maxLength: 20 });

const kappaOf = (ofPairs: readonly Pair[], weights: Parameters<typeof cohenKappa>[1]): number | null =>
  cohenKappa(confusion(ofPairs, LEVELS), weights)?.kappa ?? null;

function assertSame(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) assert.equal(actual, expected);
  else assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

const mean = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;

describe("Cohen's kappa", () => {
  test("is the published one, plain and with weights (Cohen 1968)", () => {
    const counts = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ];
    const weights = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ];
    expect(cohenKappa(counts, "plain")?.kappa).toBeCloseTo(0.492, 3);
    expect(cohenKappa(counts, weights)?.kappa).toBeCloseTo(0.348, 3);
    expect(cohenKappa(counts, weights)?.n).toBe(200);
  });

  test.each([
    ["plain", 7 / 11],
    ["linear", 5 / 7],
    ["quadratic", 4 / 5],
  ] as const)("by hand: 1 1 0, 0 1 0, 0 0 1 (%s)", (weights, kappa) => {
    const counts = [
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(cohenKappa(counts, weights)?.kappa).toBeCloseTo(kappa, 12);
  });

  test.each([
    ["there are no categories", []],
    [
      "nothing was rated",
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "both used one category only",
      [
        [0, 0],
        [0, 7],
      ],
    ],
  ])("is undefined where %s", (_, counts) => {
    for (const weights of ["plain", "linear", "quadratic"] as const) expect(cohenKappa(counts, weights)).toBeNull();
  });

  test("is 1 where both agree in everything, and less anywhere else", () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom("plain", "linear", "quadratic"), (ofPairs, weights) => {
        const kappa = kappaOf(ofPairs, weights);
        if (kappa !== null)
          assert.equal(
            kappa === 1,
            ofPairs.every(([first, second]) => first === second),
          );
      }),
      propertyRuns(500),
    );
  });

  test("is the same for either rater first, and for a scale that is turned round", () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom("plain", "linear", "quadratic"), (ofPairs, weights) => {
        const kappa = kappaOf(ofPairs, weights);
        assertSame(
          kappaOf(
            ofPairs.map(([first, second]) => [second, first]),
            weights,
          ),
          kappa,
        );
        assertSame(
          kappaOf(
            ofPairs.map(([first, second]) => [5 - first, 5 - second]),
            weights,
          ),
          kappa,
        );
      }),
      propertyRuns(500),
    );
  });

  test("takes weights of one's own by their proportions", () => {
    const distances = (power: number, factor: number) =>
      LEVELS.map((first) => LEVELS.map((second) => factor * Math.abs(first - second) ** power));
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.01, max: 100, noNaN: true }), (ofPairs, factor) => {
        assertSame(kappaOf(ofPairs, distances(1, factor)), kappaOf(ofPairs, "linear"));
        assertSame(kappaOf(ofPairs, distances(2, factor)), kappaOf(ofPairs, "quadratic"));
      }),
      propertyRuns(300),
    );
  });

  test("with quadratic weights is the concordance of the levels themselves (Krippendorff 1970)", () => {
    fc.assert(
      fc.property(pairs, (ofPairs) => {
        const kappa = kappaOf(ofPairs, "quadratic");
        if (kappa === null) return;
        const [meanFirst, meanSecond] = [
          mean(ofPairs.map(([first]) => first)),
          mean(ofPairs.map(([, second]) => second)),
        ];
        const covariance = mean(ofPairs.map(([first, second]) => (first - meanFirst) * (second - meanSecond)));
        const spread = mean(ofPairs.map(([first, second]) => (first - meanFirst) ** 2 + (second - meanSecond) ** 2));
        assertSame(kappa, (2 * covariance) / (spread + (meanFirst - meanSecond) ** 2));
      }),
      propertyRuns(500),
    );
  });
});

describe("the table of pairs", () => {
  test("has the first rater's category as its row, in the order of the categories", () => {
    const given: ["no" | "yes", "no" | "yes"][] = [
      ["no", "yes"],
      ["yes", "yes"],
      ["no", "yes"],
      ["no", "no"],
    ];
    expect(confusion(given, ["no", "yes"])).toEqual([
      [1, 2],
      [0, 1],
    ]);
    expect(confusion(given, ["yes", "no"])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  test("leaves out a pair with anything else", () => {
    expect(
      confusion(
        [
          [1, 2],
          [1, 3],
          [3, 2],
          [3, 3],
        ],
        [1, 2],
      ),
    ).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });
});
