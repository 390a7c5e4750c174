import assert from "node:assert/strict";
import { type ItemScore, itemStatistics } from "@whetstone/shared/agreement/items";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";

const SCALE = { interviews: 6, lowest: 1, highest: 4 };

/** One item's scores by person, such as `item("x", { ann: 1, bob: null })`. */
const item = (name: string, scores: Record<string, number | null>): ItemScore[] =>
  Object.entries(scores).map(([person, score]) => ({ person, item: name, score }));

const SCORES = [
  ...item("backprop", { ann: 1, bob: 2, cleo: 3, dan: 4 }),
  ...item("dropout", { ann: 1, bob: 2, cleo: 4, dan: 3 }),
  ...item("never-scored", { ann: null }),
];

const scores: fc.Arbitrary<ItemScore[]> = fc.array(
  fc.record({
    person: fc.constantFrom("ann", "bob", "cleo", "dan", "eve"),
    item: fc.constantFrom("backprop", "dropout", "softmax"),
    score: fc.option(fc.integer({ min: 1, max: 4 })),
  }),
);

const statistics = (of: readonly ItemScore[], name: string, scale = SCALE) =>
  itemStatistics(of, scale).find((found) => found.item === name);

describe("the statistics of a bank's questions", () => {
  test("by hand", () => {
    const [backprop, dropout, unscored] = itemStatistics(SCORES, SCALE);
    expect(backprop).toMatchObject({ item: "backprop", exposure: { asked: 4, interviews: 6 }, scored: 4 });
    expect(backprop?.difficulty).toBe(0.5);
    expect(backprop?.discrimination).toBeCloseTo(0.8, 12);
    expect(dropout?.discrimination).toBeCloseTo(0.8, 12);
    expect(unscored).toEqual({
      item: "never-scored",
      exposure: { asked: 1, interviews: 6 },
      scored: 0,
      difficulty: null,
      discrimination: null,
    });
  });

  test("correlate an item with the others' mean and not with itself", () => {
    // The rest of softmax falls as softmax rises, though the total with it rises.
    const against = [
      ...item("softmax", { ann: 1, bob: 2, cleo: 4 }),
      ...item("backprop", { ann: 3, bob: 2, cleo: 1 }),
      ...item("dropout", { ann: 2, bob: 2, cleo: 2 }),
    ];
    expect(statistics(against, "softmax")?.discrimination).toBeCloseTo(-0.98198, 5);
    // A person who was asked more is not better for that.
    const longer = [...against, ...item("pooling", { cleo: 1.5 })];
    expect(statistics(longer, "softmax")?.discrimination).toBeCloseTo(-0.98198, 5);
  });

  test("take the mean of a person's several scores", () => {
    const averaged = [...SCORES.filter(({ person }) => person !== "bob"), ...item("backprop", { bob: 1 })];
    const several = [...averaged, ...item("backprop", { bob: 3 }), ...item("dropout", { bob: 2 })];
    expect(statistics(several, "backprop")).toEqual(statistics(SCORES, "backprop"));
    expect(statistics(averaged, "backprop")?.difficulty).toBeCloseTo((9 / 4 - 1) / 3, 12);
  });

  test("have no discrimination under three persons with another item, or without variation", () => {
    expect(statistics(item("backprop", { ann: 1, bob: 2, cleo: 3 }), "backprop")?.discrimination).toBeNull();
    const two = SCORES.filter(({ person }) => person === "ann" || person === "dan");
    expect(statistics(two, "backprop")).toMatchObject({ scored: 2, difficulty: 0.5, discrimination: null });
    const level = [
      ...item("backprop", { ann: 0.1, bob: 0.1, cleo: 0.1 }),
      ...item("dropout", { ann: 1, bob: 2, cleo: 4 }),
    ];
    expect(statistics(level, "backprop")?.discrimination).toBeNull();
    expect(statistics(level, "dropout")?.discrimination).toBeNull();
  });

  test("leave a person out of the correlation who has no other item, but not out of the difficulty", () => {
    const found = statistics([...SCORES, ...item("backprop", { eve: 4 })], "backprop");
    expect(found).toMatchObject({ scored: 5, difficulty: (14 / 5 - 1) / 3 });
    expect(found?.discrimination).toBeCloseTo(0.8, 12);
  });

  test("have a discrimination of 1 and not above where rounding would lead there", () => {
    const proportional = [
      ...item("softmax", { ann: 1, bob: 2, cleo: 4 }),
      ...item("backprop", { ann: 1, bob: 1, cleo: 3 }),
      ...item("dropout", { ann: 1, bob: 2, cleo: 3 }),
      ...item("pooling", { ann: 1, bob: 2, cleo: 3 }),
    ];
    expect(statistics(proportional, "softmax")?.discrimination).toBe(1);
  });

  test("are of no item where nothing was asked, and have no difficulty on a scale of one level", () => {
    expect(itemStatistics([], SCALE)).toEqual([]);
    expect(statistics(SCORES, "backprop", { interviews: 6, lowest: 1, highest: 1 })?.difficulty).toBeNull();
  });

  test("stay within their ranges, and do not depend on the scale's unit and origin", () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), (given, factor, shift) => {
        const change = (value: number) => factor * value + shift;
        const changed = given.map(({ score, ...rest }) => ({ ...rest, score: score === null ? null : change(score) }));
        const scale = { interviews: 6, lowest: change(1), highest: change(4) };
        const found = itemStatistics(given, SCALE);
        const foundChanged = itemStatistics(changed, scale);
        assert.equal(foundChanged.length, found.length);
        found.forEach(({ difficulty, discrimination, scored, exposure }, index) => {
          assert.ok(difficulty === null ? scored === 0 : difficulty >= 0 && difficulty <= 1);
          assert.ok(discrimination === null || Math.abs(discrimination) <= 1);
          assert.ok(scored <= exposure.asked);
          const other = foundChanged[index];
          for (const [one, two] of [
            [difficulty, other?.difficulty],
            [discrimination, other?.discrimination],
          ]) {
            if (typeof one === "number" && typeof two === "number") assert.ok(Math.abs(one - two) < 1e-9);
            else assert.equal(one, two);
          }
        });
      }),
      propertyRuns(500),
    );
  });
});
