import type { Level, QuestionLevel } from "@whetstone/shared/bank";
import { answersIn } from "@whetstone/shared/practice/history/answers";
import { calibrationOf, givenAndReceived } from "@whetstone/shared/practice/history/comparing";
import { gradeOf, nextToPractise, type PracticeQuestion } from "@whetstone/shared/practice/history/next";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { heatMapOf, topicLines } from "@whetstone/shared/practice/history/topics";
import { describe, expect, it } from "vitest";
import { DAY, FIRST_DAY, practiced, rated } from "../support/practice.ts";

/** The figures of a history, against small cases that were worked out by hand. */

const onDay = (day: number): number => FIRST_DAY + day * DAY;
let count = 0;
const entry = (fields: Partial<PracticeRecord> = {}): PracticeRecord => practiced(`e_${count++}`, fields);

describe("answers", () => {
  it("are one for all partners who rated it, each counting alike, and none for what was given to others", () => {
    const answers = answersIn([
      entry({ at: onDay(1), ratings: rated(4, 4, 1) }),
      entry({ ratings: rated(1, 3) }),
      entry({ ratings: rated(4, null) }),
      entry({ ratings: rated(null, null) }),
      entry({ kind: "self", ratings: rated(null, null) }),
      entry({ kind: "given", ratings: rated(4, 4) }),
    ]);
    expect(answers.map(({ at, by, score }) => ({ at, by, score }))).toEqual([
      { at: onDay(0), by: "partner", score: 3 },
      { at: onDay(0), by: "self", score: null },
      { at: onDay(1), by: "partner", score: 3 },
    ]);
  });

  it("of questions that were typed are told apart by their titles", () => {
    const typed = { questionId: null, topic: null, level: null };
    expect(answersIn([entry({ ...typed, title: "One" }), entry({ ...typed, title: "Two" })])).toHaveLength(2);
  });
});

describe("topics", () => {
  const history = [
    entry({ topic: "Optimisation", level: "working", at: onDay(0), ratings: rated(2, 2) }),
    entry({ topic: "Optimisation", level: "working", at: onDay(5), ratings: rated(3, 4) }),
    entry({ topic: "Optimisation", level: "research", at: onDay(3), ratings: rated(null) }),
    entry({ topic: "Attention", level: "foundation", at: onDay(4), ratings: rated(1) }),
    entry({ topic: null, level: null, questionId: null, at: onDay(2), ratings: rated(4) }),
  ];

  it("by level show how many answers, their mean and the last, in the order of their names", () => {
    const { levels, rows } = heatMapOf(answersIn(history));
    expect(levels).toEqual(["foundation", "working", "advanced", "research", null]);
    expect(rows).toEqual([
      {
        topic: "Attention",
        cells: [{ level: "foundation", count: 1, mean: 1, lastAt: onDay(4) }, null, null, null, null],
      },
      {
        topic: "Optimisation",
        cells: [
          null,
          { level: "working", count: 2, mean: 2.75, lastAt: onDay(5) },
          null,
          { level: "research", count: 1, mean: null, lastAt: onDay(3) },
          null,
        ],
      },
      { topic: null, cells: [null, null, null, null, { level: null, count: 1, mean: 4, lastAt: onDay(2) }] },
    ]);
    expect(heatMapOf(answersIn(history.slice(0, 4))).levels).not.toContain(null);
  });

  it("count an answer once that a partner and oneself rated, and show both ratings", () => {
    const both = answersIn([entry({ ratings: rated(4) }), entry({ kind: "self", ratings: rated(1) })]);
    expect(heatMapOf(both).rows[0]?.cells[1]).toMatchObject({ count: 1, mean: 2.5 });
    expect(topicLines(both)[0]?.points.map(({ by, score }) => [by, score])).toEqual([
      ["partner", 4],
      ["self", 1],
    ]);
  });

  it("over time are lines of what was rated, the oldest first", () => {
    const lines = topicLines(answersIn(history));
    expect(lines.map(({ topic, mean, points }) => [topic, mean, points.map(({ score }) => score)])).toEqual([
      ["Attention", 1, [1]],
      ["Optimisation", 2.75, [2, 3.5]],
      [null, 4, [4]],
    ]);
  });
});

describe("ratings beside each other", () => {
  it("count the levels that were given and those that partners gave, and no others", () => {
    const { given, received } = givenAndReceived([
      entry({ kind: "given", ratings: rated(4, 4, 3, null) }),
      entry({ kind: "asked", ratings: rated(1, 2) }),
      entry({ kind: "asked", ratings: rated(2) }),
      entry({ kind: "self", ratings: rated(4, 4) }),
    ]);
    expect(given).toEqual({ counts: [0, 0, 1, 2], total: 3, mean: 11 / 3 });
    expect(received).toEqual({ counts: [1, 2, 0, 0], total: 3, mean: 5 / 3 });
    expect(givenAndReceived([]).given).toEqual({ counts: [0, 0, 0, 0], total: 0, mean: null });
  });

  /** My rating and a partner's of one question, a day apart. */
  const both = (questionId: string, own: Level[], partner: Level[], day = 0): PracticeRecord[] => [
    entry({ questionId, kind: "self", at: onDay(day + 1), ratings: rated(...own) }),
    entry({ questionId, kind: "asked", at: onDay(day), ratings: rated(...partner) }),
  ];

  it("say nothing of how one rates oneself under five pairs", () => {
    const four = ["a", "b", "c", "d"].flatMap((id) => both(id, [1], [4]));
    expect(calibrationOf(four)).toMatchObject({ enough: false, needed: 5 });
    expect(calibrationOf(four).pairs).toHaveLength(4);
    const five = calibrationOf([...four, ...both("e", [1], [4])]);
    expect(five).toMatchObject({ enough: true, meanDifference: -3, lower: 5, same: 0, higher: 0 });
  });

  it("give the mean difference over pairs, each the mean over the criteria that both rated", () => {
    const calibration = calibrationOf([
      ...both("a", [2, 2], [3, 3]),
      ...both("b", [2, 3], [3, 3]),
      ...both("c", [3, 3], [3, 3]),
      ...both("d", [4, 3], [3, 3]),
      ...both("e", [2, 4], [4]),
      entry({ questionId: "f", kind: "self" }),
      entry({ questionId: null, kind: "self" }),
      entry({ questionId: null, kind: "asked" }),
    ]);
    // −1, −0.5, 0, +0.5 and −2: of the last question only the first criterion was rated by both.
    expect(calibration).toMatchObject({ enough: true, meanDifference: -0.6, lower: 3, same: 1, higher: 1 });
    expect(calibration.pairs.find(({ questionId }) => questionId === "e")).toMatchObject({ own: 2, partner: 4 });
  });

  it("pair what lies nearest in time, and count no rating twice", () => {
    const calibration = calibrationOf([
      entry({ questionId: "a", kind: "self", at: onDay(0), ratings: rated(1) }),
      entry({ questionId: "a", kind: "self", at: onDay(40), ratings: rated(3) }),
      entry({ questionId: "a", kind: "asked", at: onDay(39), ratings: rated(4) }),
    ]);
    expect(calibration.pairs.map(({ own, partner, at }) => [own, partner, at])).toEqual([[3, 4, onDay(39)]]);
  });

  it("make no pair where both rated different criteria", () => {
    const { pairs } = calibrationOf([
      entry({ kind: "self", ratings: rated(null, 3) }),
      entry({ kind: "asked", ratings: rated(4, null) }),
    ]);
    expect(pairs).toEqual([]);
  });
});

describe("what to practise next", () => {
  const question = (questionId: string, topic: string, level: QuestionLevel = "working"): PracticeQuestion => ({
    questionId,
    topic,
    level,
    minutes: 8,
  });
  const next = (entries: PracticeRecord[], day: number, bank: PracticeQuestion[] = [], topics: string[] = []) =>
    nextToPractise({ entries, bank, topics, now: onDay(day), most: 6 });
  const reasons = (suggestions: ReturnType<typeof next>) =>
    suggestions.map(({ reason, question: { questionId } }) => [reason, questionId]);

  it("takes a mean level for the grade nearest to it, a half up", () => {
    // Again, Hard, Good and Easy are 1 to 4 to the scheduler.
    expect([1, 1.4, 1.5, 2.4, 2.5, 3.4, 3.5, 4].map(gradeOf)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it("brings a good answer back when the scheduler says so, and no sooner", () => {
    const good = [entry({ questionId: "good", ratings: rated(3) })];
    // FSRS-6 begins a good answer with a stability of 2.3065 days; the next interval is three days.
    expect(next(good, 2.9)).toEqual([]);
    expect(reasons(next(good, 3))).toEqual([["due", "good"]]);
    const best = [entry({ questionId: "best", ratings: rated(4) })];
    expect(next(best, 7.9)).toEqual([]);
    expect(reasons(next(best, 8))).toEqual([["due", "best"]]);
  });

  it("says how likely an answer is still known, by the published forgetting curve", () => {
    const [suggestion] = next([entry({ questionId: "good", ratings: rated(3) })], 10);
    const decay = -0.1542;
    const factor = 0.9 ** (1 / decay) - 1;
    expect(suggestion).toMatchObject({ reason: "due", score: 3, at: onDay(0) });
    expect(suggestion).toHaveProperty("recall", expect.closeTo((1 + (factor * 10) / 2.3065) ** decay, 6));
  });

  it("brings a weak answer back after a day, also where it is not due, and lets it rest until then", () => {
    const weak = [0, 10, 40].map((day) => entry({ questionId: "weak", at: onDay(day), ratings: rated(2) }));
    expect(next(weak, 40.9)).toEqual([]);
    expect(reasons(next(weak, 41))).toEqual([["weak", "weak"]]);
    expect(next(weak, 41)[0]).toMatchObject({ recall: expect.closeTo(1, 1) });
  });

  it("takes an answer that a partner and oneself rated as one, by what the partner said", () => {
    const own = entry({ kind: "self", questionId: "good", ratings: rated(1) });
    const theirs = entry({ questionId: "good", ratings: rated(3) });
    expect(next([own, theirs], 10)).toEqual(next([theirs], 10));
    expect(reasons(next([own], 10))).toEqual([["weak", "good"]]);
  });

  it("puts first what is least likely to be known: the weakest and what was longest ago", () => {
    const history = [
      entry({ questionId: "good-long-ago", at: onDay(0), ratings: rated(3) }),
      entry({ questionId: "weak-of-late", at: onDay(18), ratings: rated(2) }),
      entry({ questionId: "weakest-long-ago", at: onDay(0), ratings: rated(1) }),
      entry({ questionId: "good-of-late", at: onDay(16), ratings: rated(3) }),
    ];
    expect(reasons(next(history, 20))).toEqual([
      ["weak", "weakest-long-ago"],
      ["due", "good-long-ago"],
      ["due", "good-of-late"],
      ["weak", "weak-of-late"],
    ]);
  });

  it("computes the same whatever the order of the entries, and with nobody's ratings nothing", () => {
    const history = [0, 3, 12].map((day) => entry({ questionId: "a", at: onDay(day), ratings: rated(3) }));
    expect(next(history.toReversed(), 200)).toEqual(next(history, 200));
    expect(next([entry({ ratings: rated(null) }), entry({ questionId: null, ratings: rated(1) })], 200)).toEqual([]);
  });

  it("offers what was never asked, one of each topic in turn, the topic with the fewest answers first", () => {
    const history = [entry({ questionId: "had", topic: "Activations", ratings: rated(4) })];
    const bank = [
      question("had", "Activations"),
      question("o1", "Activations"),
      question("a1", "Attention"),
      question("a2", "Attention"),
      question("b1", "Bayes"),
    ];
    expect(reasons(next(history, 1, bank))).toEqual([
      ["never_asked", "a1"],
      ["never_asked", "b1"],
      ["never_asked", "o1"],
      ["never_asked", "a2"],
    ]);
  });

  it("offers no question that was asked of somebody else, as its answer was read", () => {
    const given = [entry({ questionId: "given", kind: "given" })];
    expect(next(given, 1, [question("given", "Attention")])).toEqual([]);
  });

  it("begins in a topic near the level that was asked there last, and with foundations where nothing was", () => {
    const bank = (["research", "advanced", "foundation"] as const).map((level) => question(level, "Attention", level));
    const last = [entry({ topic: "Attention", level: "research", ratings: rated(4) })];
    const ids = (entries: PracticeRecord[]) => reasons(next(entries, 1, bank)).map(([, id]) => id);
    expect(ids(last)).toEqual(["research", "advanced", "foundation"]);
    expect(ids([])).toEqual(["foundation", "advanced", "research"]);
  });

  it("keeps to the chosen topics", () => {
    const history = [
      entry({ questionId: "o", topic: "Optimisation", ratings: rated(1) }),
      entry({ questionId: "a", topic: "Attention", ratings: rated(1) }),
    ];
    const bank = [question("o1", "Optimisation"), question("a1", "Attention")];
    expect(reasons(next(history, 9, bank, ["Attention"]))).toEqual([
      ["weak", "a"],
      ["never_asked", "a1"],
    ]);
  });

  it("keeps a third of the places for what was never asked, and gives what is left over to the other side", () => {
    const many = (kind: string) => [...Array(9).keys()].map((index) => `${kind}${index}`);
    const history = many("had").map((questionId) => entry({ questionId, ratings: rated(1) }));
    const bank = many("new").map((questionId) => question(questionId, "Attention"));
    const kinds = (suggestions: ReturnType<typeof next>) => suggestions.map(({ reason }) => reason);
    expect(kinds(next(history, 9, bank))).toEqual([...Array(4).fill("weak"), ...Array(2).fill("never_asked")]);
    expect(kinds(next(history.slice(0, 1), 9, bank))).toEqual(["weak", ...Array(5).fill("never_asked")]);
    expect(kinds(next(history, 9, bank.slice(0, 1)))).toEqual([...Array(5).fill("weak"), "never_asked"]);
  });
});
