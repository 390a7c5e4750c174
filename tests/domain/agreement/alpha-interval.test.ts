import assert from "node:assert/strict";
import { alphaInterval, krippendorffAlpha } from "@whetstone/shared/agreement/alpha";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";
import { seeded } from "./seeded.ts";
import { assertClose, levels, METRICS, tables, type Units } from "./tables.ts";

describe("the interval of alpha", () => {
  const paired: fc.Arbitrary<Units> = fc.array(fc.array(levels, { minLength: 2, maxLength: 3 }), {
    minLength: 1,
    maxLength: 10,
  });

  test("is the same for equal seeds, in order, at most 1, and wider the surer it is", () => {
    fc.assert(
      fc.property(tables, fc.constantFrom(...METRICS), fc.integer(), (units, metric, seed) => {
        const interval = (confidence: number) =>
          alphaInterval(units, metric, { random: seeded(seed), samples: 40, confidence });
        const [narrow, wide] = [interval(0.5), interval(0.95)];
        assert.deepEqual(interval(0.95), wide);
        assert.equal(wide === null, krippendorffAlpha(units, metric) === null);
        if (!narrow || !wide) return assert.equal(narrow, wide);
        assert.ok(wide.low <= narrow.low && narrow.low <= narrow.high && narrow.high <= wide.high && wide.high <= 1);
      }),
      propertyRuns(300),
    );
  });

  test("comes from alphas of units that were drawn with replacement", () => {
    fc.assert(
      fc.property(paired, fc.constantFrom(...METRICS), fc.integer(), (units, metric, seed) => {
        const random = seeded(seed);
        const drawn = units.map(() => units[Math.floor(random() * units.length)] ?? []);
        const expected = krippendorffAlpha(drawn, metric);
        fc.pre(expected !== null);
        const found = alphaInterval(units, metric, { random: seeded(seed), samples: 1 });
        assertClose(found?.low ?? Number.NaN, expected.alpha);
        assert.equal(found?.high, found?.low);
      }),
      propertyRuns(300),
    );
  });

  test("lies between the percentiles of the samples, between two of them in proportion", () => {
    const units = [
      [1, 1],
      [2, 2],
      [1, 2],
    ];
    const [same, mixed] = [
      krippendorffAlpha(
        [
          [1, 1],
          [1, 1],
          [1, 2],
        ],
        "nominal",
      ),
      krippendorffAlpha(units, "nominal"),
    ];
    assert.ok(same && mixed && same.alpha < mixed.alpha);
    // The first sample is the first unit twice and the third; the second is each unit once.
    const numbers = [0, 0, 0.9, 0, 0.5, 0.9];
    const random = () => numbers.shift() ?? assert.fail("no number is left");
    const found = alphaInterval(units, "nominal", { random, samples: 2, confidence: 0.5 });
    expect(found?.low).toBeCloseTo(same.alpha * 0.75 + mixed.alpha * 0.25, 12);
    expect(found?.high).toBeCloseTo(same.alpha * 0.25 + mixed.alpha * 0.75, 12);
  });

  test("draws a sample without variation anew, and gives up where there are no others", () => {
    const units = [
      [1, 1],
      [2, 2],
    ];
    const numbers = [0, 0, 0.9, 0.9, 0, 0.9];
    const random = () => numbers.shift() ?? assert.fail("no number is left");
    expect(alphaInterval(units, "ordinal", { random, samples: 1 })).toEqual({ low: 1, high: 1 });
    expect(numbers).toEqual([]);
    expect(alphaInterval(units, "ordinal", { random: () => 0, samples: 5 })).toBeNull();
  });

  test("takes no notice of units without two values", () => {
    fc.assert(
      fc.property(tables, levels, fc.integer(), (units, level, seed) => {
        const interval = (table: Units) => alphaInterval(table, "interval", { random: seeded(seed), samples: 10 });
        assert.deepEqual(interval([[level], ...units, [null, level]]), interval(units));
      }),
      propertyRuns(200),
    );
  });

  test("draws together what has one name", () => {
    fc.assert(
      fc.property(paired, fc.integer(), (units, seed) => {
        const interval = (clusters?: string[]) =>
          alphaInterval(units, "ordinal", { random: seeded(seed), samples: 10, ...(clusters && { clusters }) });
        assert.deepEqual(interval(units.map((_, index) => `candidate ${index}`)), interval());
        const whole = interval(units.map(() => "one candidate"));
        const alpha = krippendorffAlpha(units, "ordinal");
        assert.equal(whole === null, alpha === null);
        if (!whole || !alpha) return;
        assertClose(whole.low, alpha.alpha);
        assertClose(whole.high, alpha.alpha);
      }),
      propertyRuns(200),
    );
  });

  test("of two clusters is of one of them twice, or of both", () => {
    const [first, second]: [Units, Units] = [
      [
        [1, 2],
        [3, 3],
      ],
      [
        [4, 4],
        [2, 4],
        [1, 1],
      ],
    ];
    const options = { clusters: ["a", "a", "b", "b", "b"], samples: 1 };
    const drawn = (...numbers: number[]) =>
      alphaInterval([...first, ...second], "interval", { random: () => numbers.shift() ?? 0, ...options })?.low;
    expect(drawn(0, 0)).toBeCloseTo(krippendorffAlpha([...first, ...first], "interval")?.alpha ?? Number.NaN, 12);
    expect(drawn(0.5, 0.9)).toBeCloseTo(krippendorffAlpha([...second, ...second], "interval")?.alpha ?? Number.NaN, 12);
    expect(drawn(0.9, 0.1)).toBeCloseTo(krippendorffAlpha([...second, ...first], "interval")?.alpha ?? Number.NaN, 12);
  });
});
