import assert from "node:assert/strict";
import { pairwise, severity } from "@whetstone/shared/agreement/raters";
import { doublyRated, sharedRatings, type UnitRating, unitsByRaters } from "@whetstone/shared/agreement/ratings";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";

/** A unit with the levels that raters gave, such as `unit("cara", "depth", { ann: 4, bob: 2 })`. */
const unit = (candidate: string, criterion: string, levels: Record<string, number>): UnitRating[] =>
  Object.entries(levels).map(([rater, level]) => ({ candidate, unit: `${candidate}/${criterion}`, rater, level }));

const RATINGS = [
  ...unit("cara", "depth", { ann: 4, bob: 2 }),
  ...unit("dan", "depth", { ann: 3, bob: 3, cleo: 1 }),
  ...unit("dan", "clarity", { cleo: 4 }),
];

const ofTwo: fc.Arbitrary<UnitRating[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })))
  .map((units) =>
    units.flatMap(([candidate, ann, bob], index) => unit(`candidate ${candidate}`, `criterion ${index}`, { ann, bob })),
  );

describe("the severity of raters", () => {
  test("by hand: the mean of what a rater gives above the others in the units they share", () => {
    expect(severity(RATINGS)).toEqual([
      { rater: "ann", units: 2, leniency: 1.5, standardError: 0.5 },
      { rater: "bob", units: 2, leniency: -0.5, standardError: 1.5 },
      { rater: "cleo", units: 1, leniency: -2, standardError: null },
    ]);
  });

  test("counts a candidate's units as one when it says how sure it is", () => {
    const ratings = [
      ...unit("cara", "depth", { ann: 4, bob: 2 }),
      ...unit("cara", "clarity", { ann: 3, bob: 2 }),
      ...unit("dan", "depth", { ann: 2, bob: 2 }),
    ];
    const [ann] = severity(ratings);
    expect(ann?.leniency).toBe(1);
    expect(ann?.standardError).toBeCloseTo(2 / 3, 12);
    expect(severity(ratings.filter(({ candidate }) => candidate === "cara"))[0]?.standardError).toBeNull();
  });

  test("is as sure as its candidates are many", () => {
    const [ann] = severity([
      ...unit("cara", "depth", { ann: 4, bob: 2 }),
      ...unit("dan", "depth", { ann: 2, bob: 2 }),
      ...unit("eve", "depth", { ann: 3, bob: 2 }),
    ]);
    expect(ann?.leniency).toBe(1);
    expect(ann?.standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
  });

  test("of two raters is the mirror of each other", () => {
    fc.assert(
      fc.property(ofTwo, (ratings) => {
        const [ann, bob] = severity(ratings);
        if (!ann || !bob) return assert.equal(ratings.length, 0);
        assert.ok(Math.abs(ann.leniency + bob.leniency) < 1e-9);
        assert.equal(ann.units, ratings.length / 2);
      }),
      propertyRuns(300),
    );
  });

  test("is of nobody where nobody shares a unit", () => {
    expect(severity([])).toEqual([]);
    expect(severity([...unit("cara", "depth", { ann: 1 }), ...unit("dan", "depth", { bob: 4 })])).toEqual([]);
  });
});

describe("the agreement of each two raters", () => {
  test("by hand", () => {
    const pairs = pairwise(RATINGS);
    expect(pairs.map(({ raters }) => raters)).toEqual([
      ["ann", "bob"],
      ["ann", "cleo"],
      ["bob", "cleo"],
    ]);
    expect(pairs[0]).toMatchObject({ units: 2, meanAbsoluteDifference: 1, exactAgreement: 0.5 });
    expect(pairs[0]?.kappa).toBeCloseTo(-1 / 3, 12);
    expect(pairs[1]).toMatchObject({ units: 1, meanAbsoluteDifference: 2, exactAgreement: 0, kappa: 0 });
  });

  test("names a pair in the order in which raters first come, whatever the order in a unit", () => {
    const pairs = pairwise([...unit("cara", "depth", { ann: 1 }), ...unit("dan", "depth", { bob: 4, ann: 2 })]);
    expect(pairs.map(({ raters }) => raters)).toEqual([["ann", "bob"]]);
  });

  test("has no kappa where both gave one level throughout, and knows that they agreed", () => {
    const same = [...unit("cara", "depth", { ann: 3, bob: 3 }), ...unit("dan", "depth", { ann: 3, bob: 3 })];
    const pair = { raters: ["ann", "bob"], units: 2, meanAbsoluteDifference: 0, exactAgreement: 1, kappa: null };
    expect(pairwise(same)).toEqual([pair]);
  });

  test("counts a distance in levels, also where nobody gave those between", () => {
    const wide = [...unit("cara", "depth", { ann: 1, bob: 1 }), ...unit("dan", "depth", { ann: 2, bob: 4 })];
    const narrow = [...unit("cara", "depth", { ann: 1, bob: 1 }), ...unit("dan", "depth", { ann: 2, bob: 3 })];
    expect(pairwise(wide)[0]?.kappa).toBeCloseTo(1 - (2 * 4) / (0 + 9 + 1 + 4), 12);
    expect(pairwise(narrow)[0]?.kappa).toBeCloseTo(1 - (2 * 1) / (0 + 4 + 1 + 1), 12);
  });

  test("is of no pair where there is one rater, or nobody", () => {
    expect(pairwise([])).toEqual([]);
    expect(pairwise(unit("cara", "depth", { ann: 1 }))).toEqual([]);
  });
});

describe("ratings across rooms", () => {
  test("make a table of units by raters, with gaps", () => {
    expect(unitsByRaters(RATINGS)).toEqual({
      units: ["cara/depth", "dan/depth", "dan/clarity"],
      candidates: ["cara", "dan", "dan"],
      raters: ["ann", "bob", "cleo"],
      values: [
        [4, 2, null],
        [3, 3, 1],
        [null, null, 4],
      ],
    });
  });

  test("of one rater in one unit count once, the later one", () => {
    const twice = [...unit("cara", "depth", { ann: 1 }), ...unit("cara", "depth", { ann: 4 })];
    expect(unitsByRaters(twice).values).toEqual([[4]]);
    expect(sharedRatings(twice)).toEqual([]);
    expect(severity([...twice, ...unit("cara", "depth", { bob: 2 })])[0]?.leniency).toBe(2);
  });

  test("count a candidate as doubly rated for a unit of two raters, not for two raters of different units", () => {
    expect(doublyRated([])).toBe(0);
    expect(doublyRated(RATINGS)).toBe(2);
    expect(doublyRated([...unit("cara", "depth", { ann: 1 }), ...unit("cara", "clarity", { bob: 1 })])).toBe(0);
    expect(doublyRated(RATINGS.filter(({ candidate }) => candidate === "dan"))).toBe(1);
  });
});
