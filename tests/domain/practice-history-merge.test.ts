import { LEVELS } from "@whetstone/shared/bank";
import { compactEntries, isWithin } from "@whetstone/shared/practice/history/compact";
import { mergeEntries, questionsSeen } from "@whetstone/shared/practice/history/merge";
import { historyOf, PracticeHistory } from "@whetstone/shared/practice/history/record";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";
import { FIRST_DAY, practiced } from "../support/practice.ts";

/** Histories from several browsers become one, whoever merges them and however often. */

/** Few names, moments and levels, so that two histories hold many states of the same entries. */
const entries = fc
  .record({
    id: fc.nat({ max: 5 }),
    at: fc.nat({ max: 2 }),
    changedAt: fc.nat({ max: 3 }),
    level: fc.constantFrom(...LEVELS, null),
    partnerName: fc.constantFrom("Noor", "Wei", null),
    compacted: fc.boolean(),
  })
  .map(({ id, at, changedAt, level, partnerName, compacted }) =>
    practiced(`e_${id}`, {
      at,
      changedAt,
      partnerName,
      ratings: [{ criterionId: "c1", name: "Substance", level }],
      ...(compacted && { compacted }),
    }),
  );
const histories = fc.array(entries, { maxLength: 8 });

describe("merging histories", () => {
  test("is the same the other way round, in any grouping, and once more", () => {
    fc.assert(
      fc.property(histories, histories, histories, (one, other, third) => {
        const both = mergeEntries(one, other);
        expect(mergeEntries(other, one)).toEqual(both);
        expect(mergeEntries(both, other)).toEqual(both);
        expect(mergeEntries(both, both)).toEqual(both);
        expect(mergeEntries(both, third)).toEqual(mergeEntries(one, mergeEntries(other, third)));
      }),
      propertyRuns(300),
    );
  });

  test("loses no entry and makes none up, and takes a state that none is newer than", () => {
    fc.assert(
      fc.property(histories, histories, (one, other) => {
        const all = [...one, ...other];
        const merged = mergeEntries(one, other);
        expect(merged.map(({ entryId }) => entryId).sort()).toEqual(
          [...new Set(all.map(({ entryId }) => entryId))].sort(),
        );
        for (const entry of merged) {
          expect(all).toContain(entry);
          const states = all.filter(({ entryId }) => entryId === entry.entryId);
          expect(entry.changedAt).toBe(Math.max(...states.map(({ changedAt }) => changedAt)));
          const asNew = states.filter(({ changedAt }) => changedAt === entry.changedAt);
          expect(entry.compacted === true).toBe(asNew.every(({ compacted }) => compacted));
        }
        expect(merged.map(({ at }) => at)).toEqual(merged.map(({ at }) => at).sort((a, b) => a - b));
      }),
      propertyRuns(300),
    );
  });

  it("knows two states as the same in whatever order their fields were written", () => {
    const entry = { ...practiced("e_1"), ofAnotherVersion: { one: 1, two: 2 } };
    const turned = { ...practiced("e_1"), ofAnotherVersion: { two: 2, one: 1 } };
    expect(mergeEntries([entry], [turned])[0]).toBe(entry);
    expect(mergeEntries([turned], [entry])[0]).toBe(turned);
  });
});

it("questions that were seen are those that were asked of me, by me, and given: each once, and none that was typed", () => {
  const seen = questionsSeen([
    practiced("e_1", { questionId: "first" }),
    practiced("e_2", { questionId: "second", kind: "given" }),
    practiced("e_3", { questionId: "first", kind: "self" }),
    practiced("e_4", { questionId: null }),
  ]);
  expect(seen).toEqual(["first", "second"]);
});

describe("compacting", () => {
  test("keeps every entry with its question, dates and levels, and nothing is compacted that need not be", () => {
    const many = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(many, fc.nat({ max: 8_000 }), (sizes, most) => {
        const whole = sizes.map(([day, points], index) =>
          practiced(`e_${index}`, {
            at: FIRST_DAY + day,
            missed: Array(points % 20).fill("a key point of the answer"),
          }),
        );
        const kept = compactEntries(whole, most);
        expect(kept.map(({ entryId, at }) => [entryId, at])).toEqual(whole.map(({ entryId, at }) => [entryId, at]));
        expect(kept.map(({ ratings }) => ratings.map(({ level }) => level))).toEqual(
          whole.map(({ ratings }) => ratings.map(({ level }) => level)),
        );
        const isAll = kept.every(({ compacted }) => compacted);
        expect(isAll || isWithin(kept, most)).toBe(true);
        const newestCompact = Math.max(...kept.filter(({ compacted }) => compacted).map(({ at }) => at), 0);
        for (const { compacted, at } of kept) if (!compacted) expect(at).toBeGreaterThanOrEqual(newestCompact);
        if (isWithin(whole, most)) expect(kept).toEqual(whole);
      }),
      propertyRuns(200),
    );
  });

  it("of the oldest takes names, key points and the partner, and says so", () => {
    const [old, young] = [practiced("e_1"), practiced("e_2", { at: FIRST_DAY + 1 })];
    const most = JSON.stringify([young, old]).length - 10;
    expect(compactEntries([young, old], most)).toEqual([
      young,
      {
        ...old,
        ratings: old.ratings.map((rating) => ({ ...rating, name: "" })),
        partnerName: null,
        heard: [],
        missed: [],
        compacted: true,
      },
    ]);
  });
});

it("a history is read back from its file as it was, with what another version added to an entry", () => {
  const history = historyOf([{ ...practiced("e_1"), colour: "violet" }]);
  expect(PracticeHistory.parse(JSON.parse(JSON.stringify(history)))).toEqual(history);
});
