import type { QuestionLevel } from "@whetstone/shared/bank";
import { another, type Deal, type Dealable, deal, slotsOf } from "@whetstone/shared/practice/deal";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";

const LEVELS: readonly QuestionLevel[] = ["foundation", "working", "advanced", "research"];

const bank: fc.Arbitrary<Dealable[]> = fc
  .array(fc.record({ topic: fc.constantFrom("a", "b", "c"), level: fc.constantFrom(...LEVELS) }), { maxLength: 40 })
  .map((questions) => questions.map((question, index) => ({ ...question, questionId: `q${index}` })));

const requests = fc.record({
  questions: bank,
  levels: fc.uniqueArray(fc.constantFrom(...LEVELS), { minLength: 1 }),
  minutes: fc.constantFrom(25, 40),
  had: fc.array(fc.array(fc.nat({ max: 39 }).map((n) => `q${n}`)), { minLength: 1, maxLength: 4 }),
  numbers: fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
});

const roundsOf = (dealt: Deal) => ("rounds" in dealt ? dealt.rounds : null);

describe("what is dealt", () => {
  test("is never the same twice nor one that was had, and every round has as many, of the same levels and minutes", () => {
    let whole = 0;
    fc.assert(
      fc.property(requests, ({ had: before, numbers, ...request }) => {
        const had = before.map((ids) => new Set(ids));
        const rounds = roundsOf(deal({ ...request, had, random: () => numbers.next().value ?? 0 }));
        if (!rounds) return;
        whole += 1;
        const levelOf = new Map(request.questions.map(({ questionId, level }) => [questionId, level]));
        const all = rounds.flat().map(({ questionId }) => questionId);
        expect(new Set(all).size).toBe(all.length);
        const slots = slotsOf(request.levels, request.minutes);
        rounds.forEach((round, index) => {
          expect(round.map(({ questionId }) => levelOf.get(questionId))).toEqual(slots.levels);
          expect(round.every(({ minutes }) => minutes === slots.minutes)).toBe(true);
          expect(round.filter(({ questionId }) => had[index]?.has(questionId))).toEqual([]);
        });
      }),
      propertyRuns(1_000),
    );
    expect(whole).toBeGreaterThan(100);
  });

  test("is called wanting only where no other way of dealing has enough", () => {
    let wanted = 0;
    fc.assert(
      fc.property(requests, ({ had: before, numbers, ...request }) => {
        const had = before.map((ids) => new Set(ids));
        const dealt = deal({ ...request, had, random: () => numbers.next().value ?? 0 });
        const { levels } = slotsOf(request.levels, request.minutes);
        for (const level of new Set(levels)) {
          const each = levels.filter((of) => of === level).length;
          const missing = "wanting" in dealt ? (dealt.wanting.find((one) => one.level === level)?.count ?? 0) : 0;
          const most = mostSeated(
            request.questions.filter((question) => question.level === level),
            had,
            each,
          );
          expect(each * had.length - missing).toBe(most);
          if (missing > 0) wanted += 1;
        }
      }),
      propertyRuns(300),
    );
    expect(wanted).toBeGreaterThan(50);
  });

  test("goes through the levels from the easiest to the hardest, in all of the round's time", () => {
    expect(slotsOf(["advanced", "foundation"], 25)).toEqual({
      levels: ["foundation", "foundation", "advanced"],
      minutes: 7,
    });
    expect(slotsOf(["working"], 25)).toEqual({ levels: ["working", "working", "working"], minutes: 7 });
    expect(slotsOf(["working"], 40).levels).toHaveLength(5);
    expect(slotsOf(["research"], 25)).toEqual({ levels: ["research", "research"], minutes: 10 });
  });

  test("is of as many topics as there can be", () => {
    const questions = ["a", "a", "a", "b", "b", "c", "c"].map((topic, index) => ({
      questionId: `q${index}`,
      topic,
      level: "working" as const,
    }));
    const topicOf = new Map(questions.map(({ questionId, topic }) => [questionId, topic]));
    for (let first = 0; first < 1; first += 0.05) {
      const rounds = roundsOf(
        deal({ levels: ["working"], minutes: 25, questions, had: [new Set(), new Set()], random: () => first }),
      );
      for (const round of rounds ?? []) {
        expect(new Set(round.map(({ questionId }) => topicOf.get(questionId)))).toEqual(new Set(["a", "b", "c"]));
      }
      expect(rounds).toHaveLength(2);
    }
  });
});

test("another question is of that level, dealt to nobody and not had", () => {
  const questions = LEVELS.flatMap((level) =>
    [0, 1, 2].map((n) => ({ questionId: `${level}${n}`, topic: "a", level })),
  );
  const asked = { level: "working" as const, questions, had: new Set(["working0"]), dealt: new Set(["working2"]) };
  expect(another(asked, () => 0.99)?.questionId).toBe("working1");
  expect(another({ ...asked, dealt: new Set(["working1", "working2"]) }, () => 0)).toBeNull();
});

/**
 * The most places that can be filled, by Hall's theorem in its form for deficits: over every set of rounds, what they can have together
 * limits what they get.
 */
function mostSeated(questions: readonly Dealable[], had: readonly ReadonlySet<string>[], each: number): number {
  let most = each * had.length;
  for (let set = 1; set < 2 ** had.length; set++) {
    const among = had.filter((_, index) => set & (1 << index));
    const reach = questions.filter(({ questionId }) => among.some((before) => !before.has(questionId))).length;
    most = Math.min(most, each * (had.length - among.length) + Math.min(reach, each * among.length));
  }
  return most;
}
