import assert from "node:assert/strict";
import { AgreementReport, agreementOf } from "@whetstone/shared/agreement/agreement";
import { alphaInterval, krippendorffAlpha } from "@whetstone/shared/agreement/alpha";
import { intraclass } from "@whetstone/shared/agreement/icc";
import { type UnitRating, unitsByRaters } from "@whetstone/shared/agreement/ratings";
import { ENOUGH_CANDIDATES, hasEnough } from "@whetstone/shared/agreement/threshold";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";
import { seeded } from "./seeded.ts";

type Enough = Extract<AgreementReport, { enough: true }>;

function report(ratings: readonly UnitRating[], seed = 1): AgreementReport {
  const found = agreementOf(ratings, { random: seeded(seed) });
  expect(AgreementReport.parse(found)).toEqual(found);
  return found;
}

function enough(ratings: readonly UnitRating[]): Enough {
  const found = report(ratings);
  return found.enough ? found : assert.fail("there is too little to say");
}

const rate = (candidate: number, criterion: string, rater: string, level: number): UnitRating => ({
  candidate: `candidate ${candidate}`,
  unit: `candidate ${candidate}/${criterion}`,
  rater,
  level,
});

/** Each candidate's levels on two criteria: `levelOf` gives that of a rater. */
const interviews = (
  candidates: number,
  raters: readonly string[],
  levelOf: (candidate: number, criterion: number, rater: number) => number,
): UnitRating[] =>
  Array.from({ length: candidates }, (_, candidate) =>
    ["depth", "clarity"].flatMap((criterion, place) =>
      raters.map((rater, index) => rate(candidate, criterion, rater, levelOf(candidate, place, index))),
    ),
  ).flat();

/** Levels that vary over candidates and criteria, and over raters where they are told to differ. */
const varied = (candidate: number, criterion: number) => 1 + ((candidate * 3 + criterion) % 4);
const differing = (candidate: number, criterion: number, rater: number) =>
  1 + ((candidate * 3 + criterion + (rater > 0 && candidate % 3 === 0 ? 1 : 0)) % 4);

const arbitraryRatings: fc.Arbitrary<UnitRating[]> = fc
  .array(
    fc.tuple(
      fc.nat({ max: 13 }),
      fc.constantFrom("depth", "clarity"),
      fc.constantFrom("ann", "bob", "cleo"),
      fc.integer({ min: 1, max: 4 }),
    ),
    { minLength: 40, maxLength: 120 },
  )
  .map((drawn) => drawn.map((rating) => rate(...rating)));

describe("the threshold", () => {
  test("is ten doubly rated candidates; below it the report has no figure but their number", () => {
    expect([hasEnough(ENOUGH_CANDIDATES - 1), hasEnough(ENOUGH_CANDIDATES)]).toEqual([false, true]);
    const nine = interviews(9, ["ann", "bob"], differing);
    expect(report(nine)).toEqual({ enough: false, doublyRated: 9, needed: 10 });
    expect(report([...nine, rate(9, "depth", "ann", 2)])).toEqual({ enough: false, doublyRated: 9, needed: 10 });
    expect(report(interviews(10, ["ann", "bob"], differing)).enough).toBe(true);
  });

  test("is not met by one rater, however many candidates, nor by nobody", () => {
    expect(report(interviews(50, ["ann"], varied))).toEqual({ enough: false, doublyRated: 0, needed: 10 });
    expect(report([])).toEqual({ enough: false, doublyRated: 0, needed: 10 });
  });
});

describe("the report", () => {
  test("has the published alphas of Krippendorff's example, each of whose units is a candidate", () => {
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ];
    const found = enough(
      observers.flatMap((values, observer) =>
        values.flatMap((value, unit) => (value === null ? [] : rate(unit, "depth", `observer ${observer}`, value))),
      ),
    );
    expect(found).toMatchObject({ doublyRated: 11, observations: 40, units: 11, raters: 4 });
    expect(found.alpha.nominal?.value).toBeCloseTo(0.743, 3);
    expect(found.alpha.ordinal?.value).toBeCloseTo(0.815, 3);
    expect(found.alpha.interval?.value).toBeCloseTo(0.849, 3);
    expect(found.pairs).toHaveLength(6);
    expect(found.severity).toHaveLength(4);
    expect(found.icc).toMatchObject({ form: "one_way", candidates: 11 });
    const judges = [3, 4, 4, 4, 4, 4, 4, 4, 4, 3, 2];
    const squares = judges.reduce((total, count) => total + count ** 2, 0);
    expect(found.icc?.form === "one_way" && found.icc.ratersPerCandidate).toBeCloseTo((40 - squares / 40) / 10, 12);
  });

  test("says 1 for raters who agree in everything", () => {
    const found = enough(interviews(12, ["ann", "bob", "cleo"], varied));
    for (const metric of ["ordinal", "interval", "nominal"] as const) {
      expect(found.alpha[metric]).toEqual({ value: 1, low: 1, high: 1 });
    }
    for (const pair of found.pairs) {
      expect(pair).toMatchObject({ units: 24, meanAbsoluteDifference: 0, exactAgreement: 1, kappa: 1 });
    }
    expect(found.severity.map(({ leniency }) => leniency)).toEqual([0, 0, 0]);
    expect(found.icc).toMatchObject({ form: "two_way", candidates: 12, raters: 3 });
    if (found.icc?.form !== "two_way") assert.fail("the same raters rated every candidate");
    for (const value of [...Object.values(found.icc.single), ...Object.values(found.icc.average)]) {
      expect(value).toBeCloseTo(1, 12);
    }
  });

  test("draws whole candidates for the interval of alpha, whose criteria are not independent", () => {
    const ratings = interviews(12, ["ann", "bob"], differing);
    const { values, candidates } = unitsByRaters(ratings);
    const { ordinal } = enough(ratings).alpha;
    const drawn = alphaInterval(values, "ordinal", { random: seeded(1), clusters: candidates });
    expect(drawn).toEqual({ low: ordinal?.low, high: ordinal?.high });
    expect(drawn).not.toEqual(alphaInterval(values, "ordinal", { random: seeded(1) }));
  });

  test("takes a candidate's score from a rater as the mean of their levels", () => {
    const found = enough(interviews(12, ["ann", "bob"], differing));
    const scores = Array.from({ length: 12 }, (_, candidate) =>
      [0, 1].map((rater) => (differing(candidate, 0, rater) + differing(candidate, 1, rater)) / 2),
    );
    const expected = intraclass(scores);
    expect(found.icc).toEqual({
      form: "two_way",
      single: expected?.single,
      average: expected?.average,
      candidates: 12,
      raters: 2,
    });
  });

  test("falls back to the one-way form as soon as one candidate had another panel", () => {
    const ratings = interviews(12, ["ann", "bob"], differing);
    const other = ratings.map((rating) =>
      rating.candidate === "candidate 4" && rating.rater === "bob" ? { ...rating, rater: "cleo" } : rating,
    );
    const found = enough(other);
    expect(found).toMatchObject({ raters: 3, icc: { form: "one_way", candidates: 12 } });
    const before = enough(ratings).icc;
    if (found.icc?.form !== "one_way" || before?.form !== "two_way") assert.fail("these are not the forms");
    expect(found.icc.ratersPerCandidate).toBeCloseTo(2, 12);
    expect(found.icc.single).toBeCloseTo(before.single.oneWay ?? Number.NaN, 12);
  });

  test("says nothing that is undefined where everybody gives the same level", () => {
    const found = enough(interviews(12, ["ann", "bob"], () => 3));
    expect(found.alpha).toEqual({ ordinal: null, interval: null, nominal: null });
    expect(found.icc).toBeNull();
    expect(found.pairs[0]).toMatchObject({ exactAgreement: 1, kappa: null });
    expect(found).toMatchObject({ observations: 48, units: 24 });
  });

  test("says nothing that is undefined where other raters come and go, either", () => {
    const raters = (candidate: number) => (candidate % 2 === 0 ? ["ann", "bob"] : ["ann", "cleo"]);
    const ratings = Array.from({ length: 12 }, (_, candidate) => candidate).flatMap((candidate) =>
      raters(candidate).map((rater) => rate(candidate, "depth", rater, 3)),
    );
    expect(enough(ratings)).toMatchObject({ raters: 3, icc: null });
  });

  test("is not moved by what one rater alone rated", () => {
    fc.assert(
      fc.property(arbitraryRatings, fc.integer({ min: 1, max: 4 }), (ratings, level) => {
        const alone = [rate(0, "alone", "ann", level), rate(99, "depth", "bob", level)];
        assert.deepEqual(report([...ratings, ...alone]), report(ratings));
      }),
      propertyRuns(30),
    );
  });

  test("passes its schema after the way through JSON, and repeats itself for an equal seed", () => {
    fc.assert(
      fc.property(arbitraryRatings, fc.integer(), (ratings, seed) => {
        const found = report(ratings, seed);
        assert.deepEqual(AgreementReport.parse(JSON.parse(JSON.stringify(found))), found);
        assert.deepEqual(report(ratings, seed), found);
        if (!found.enough) return;
        const alpha = krippendorffAlpha(unitsByRaters(ratings).values, "ordinal");
        assert.equal(found.alpha.ordinal === null, alpha === null);
        if (!found.alpha.ordinal || !alpha) return;
        assert.equal(found.observations, alpha.pairable);
        assert.ok(Math.abs(found.alpha.ordinal.value - alpha.alpha) < 1e-9);
      }),
      propertyRuns(30),
    );
  });
});
