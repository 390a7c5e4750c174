import assert from "node:assert/strict";
import type { Level } from "@whetstone/shared/bank";
import { type ComparedGroup, Comparison, comparisonOf } from "@whetstone/shared/comparison/compare";
import { type Interview, interviewOf, type Reading } from "@whetstone/shared/comparison/interviews";
import { QuestionUse, questionUseOf } from "@whetstone/shared/comparison/question-use";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { begin, play, propertyRuns, scoredBeginnings, scoredCourses } from "../support/courses.ts";
import {
  livePanelRoom,
  MINUTE,
  type PanelRoom,
  panelRoom,
  type RoomOptions,
  SEAT_ROLES,
  testBank,
  textsIn,
} from "../support/domain.ts";

const REASON = "for a test";

interface Told {
  readonly roomId: string;
  /** By question, the levels of the host, Ann and Bob on its depth; none where somebody does not rate. */
  readonly depth?: Readonly<Record<string, readonly (Level | null)[]>>;
  readonly options?: RoomOptions;
  readonly minutes?: number;
  /** Begins later than the others by that. */
  readonly after?: number;
}

/** A panel that asked, rated and submitted. */
function panel({ depth = { "first-question": [3, 3, 3] }, options = {}, minutes = 4, after = 0 }: Told): PanelRoom {
  const house = panelRoom(options);
  const { room, host, ann, bob } = house;
  room.wait(after);
  room.must(host, { type: "start" });
  for (const [questionId, levels] of Object.entries(depth)) {
    const askId = room.push(questionId);
    room.wait(minutes * MINUTE);
    room.must(host, { type: "closeAsk", askId });
    for (const [index, seatId] of [host, ann, bob].entries()) {
      const level = levels[index] ?? null;
      room.must(seatId, { type: "rate", askId, criterionId: "depth", level });
    }
  }
  room.must(host, { type: "end" });
  for (const seatId of [host, ann, bob]) room.must(seatId, { type: "submitScorecard", reason: REASON });
  return house;
}

const seenBy = ({ room }: PanelRoom, roomId: string, seatId: string): Interview =>
  interviewOf(roomId, room.panelView(seatId)) ?? assert.fail(`the scorecards of ${roomId} are closed`);

function interview(told: Told): Interview {
  const house = panel(told);
  return seenBy(house, told.roomId, house.host);
}

const reading = (interviews: readonly Interview[]): Reading => ({ interviews, closed: [], unusable: 0 });
const compared = (interviews: readonly Interview[]): Comparison =>
  Comparison.parse(JSON.parse(JSON.stringify(comparisonOf(reading(interviews)))));
const used = (interviews: readonly Interview[], questionId = "first-question"): QuestionUse =>
  QuestionUse.parse(JSON.parse(JSON.stringify(questionUseOf(reading(interviews), questionId))));

function onlyGroup(interviews: readonly Interview[]): ComparedGroup {
  const { groups } = compared(interviews);
  expect(groups).toHaveLength(1);
  return groups[0] ?? assert.fail("there is no group");
}

const kit = (weights: readonly [number, number] = [1, 1]) => ({
  kit: {
    kitId: "a-kit",
    title: "A kit",
    competencies: ["Reading", "Judging"].map((name, index) => ({ name, weight: weights[index] ?? 1, reason: null })),
  },
  planned: ["first-question", "second-question"],
  probes: { "first-question": ["Reading"], "second-question": ["Judging"] },
});

/** Twelve interviews in which two agree and one is a level lower, on two questions. */
const manyRooms = (count = 12): Interview[] =>
  Array.from({ length: count }, (_, index) => {
    const level = (1 + (index % 4)) as Level;
    const lower = Math.max(1, level - 1) as Level;
    const depth = { "first-question": [level, level, lower], "second-question": [level, lower, level] };
    return interview({ roomId: `r_${index}`, depth, after: index });
  });

describe("candidates beside each other", () => {
  test("are grouped by kit, and without one by role, the group of the latest interview first", () => {
    const rooms = [
      interview({ roomId: "r_a", options: { ...kit(), forRole: "Analyst" } }),
      interview({ roomId: "r_b", options: { forRole: "Tester" }, after: 1 }),
      interview({ roomId: "r_c", options: { ...kit(), forRole: "Chemist" }, after: 2 }),
      interview({ roomId: "r_d", options: { forRole: " tester" }, after: 3 }),
      interview({ roomId: "r_e", options: { forRole: null }, after: 4 }),
    ];
    const groups = compared(rooms).groups.map(({ key, candidates }) => [key, candidates.map(({ roomId }) => roomId)]);
    expect(groups).toEqual([
      ["role:", ["r_e"]],
      ["role:tester", ["r_b", "r_d"]],
      ["kit:a-kit", ["r_a", "r_c"]],
    ]);
  });

  test("stand with their scores under the same competencies, and with none where nothing was rated", () => {
    const both = { "first-question": [4, 3, 2], "second-question": [1, 1, 1] } as const;
    const group = onlyGroup([
      interview({ roomId: "r_a", depth: both, options: kit() }),
      interview({ roomId: "r_b", depth: { "second-question": [2, 2, null] }, options: kit(), after: 1 }),
    ]);
    const at = (name: string) => group.competencies.findIndex((competency) => competency.name === name);
    const scores = (name: string) => group.candidates.map(({ competencies }) => competencies[at(name)]);
    expect(scores("Reading")).toEqual([
      { score: 3, byRater: [4, 3, 2] },
      { score: null, byRater: [null, null, null] },
    ]);
    expect(scores("Judging")).toEqual([
      { score: 1, byRater: [1, 1, 1] },
      { score: 2, byRater: [2, 2, null] },
    ]);
    expect(group.candidates.map(({ overall }) => overall)).toEqual([2, 2]);
  });

  test("say where a competency did not weigh the same in all interviews", () => {
    const group = onlyGroup([
      interview({ roomId: "r_a", options: kit([1, 1]) }),
      interview({ roomId: "r_b", options: kit([1, 3]), after: 1 }),
    ]);
    const weights = group.competencies.map(({ name, weight }) => [name, weight]);
    expect(weights).toContainEqual(["Reading", 1]);
    expect(weights).toContainEqual(["Judging", null]);
  });

  test("have the levels of the questions that more than one was asked, and of no other", () => {
    const typed = livePanelRoom();
    typed.room.pushTyped("And besides?");
    typed.room.must(typed.host, { type: "end" });
    typed.room.must(typed.host, { type: "submitScorecard", reason: REASON });
    const { questions } = onlyGroup([
      interview({ roomId: "r_a", depth: { "first-question": [4, null, 2], "second-question": [1, 1, 1] } }),
      interview({ roomId: "r_b", depth: { "first-question": [3, 3, 3], "third-question": [1, 1, 1] }, after: 1 }),
      interviewOf("r_c", typed.room.panelView(typed.host)) ?? assert.fail(),
    ]);
    expect(questions.map(({ questionId }) => questionId)).toEqual(["first-question"]);
    const depth = questions[0]?.criteria.find(({ criterionId }) => criterionId === "depth");
    expect(depth?.levels).toEqual([[4, null, 2], null, [3, 3, 3]]);
    expect(depth?.changed).toBe(false);
  });

  test("say where a criterion's anchors changed between two interviews", () => {
    const { questions } = onlyGroup([
      interview({ roomId: "r_a", options: { bank: testBank("before") } }),
      interview({ roomId: "r_b", options: { bank: testBank("after") }, after: 1 }),
    ]);
    const depth = questions[0]?.criteria.find(({ criterionId }) => criterionId === "depth");
    expect(depth).toMatchObject({ changed: true, name: expect.stringContaining("after") });
  });

  test("are the same in whatever order the rooms were read, intervals included", () => {
    const rooms = manyRooms();
    const { groups } = compared(rooms);
    expect(groups[0]?.agreement.enough).toBe(true);
    expect(compared(rooms.toReversed()).groups).toEqual(groups);
  });
});

describe("agreement across rooms", () => {
  test("is not told below ten candidates whom two rated, and is from ten on", () => {
    const nine = manyRooms(9);
    const alone = interview({ roomId: "r_alone", depth: { "first-question": [3, null, null] }, after: 50 });
    expect(onlyGroup([...nine, alone]).agreement).toEqual({ enough: false, doublyRated: 9, needed: 10 });
    expect(onlyGroup(manyRooms(10)).agreement).toMatchObject({ enough: true, doublyRated: 10, raters: 3 });
  });

  test("is that of first versions, whatever was amended after reading the others", () => {
    const blind = manyRooms();
    const house = panel({ roomId: "r_x", depth: { "first-question": [4, 4, 1] }, after: 100 });
    const { room, host, bob } = house;
    const before = seenBy(house, "r_x", host);
    const askId = room.panelView(bob).asks[0]?.askId ?? "";
    room.must(bob, { type: "amendScorecard", reason: "I had not heard the end." });
    room.must(bob, { type: "rate", askId, criterionId: "depth", level: 4 });
    room.must(bob, { type: "submitScorecard", reason: REASON });
    const after = seenBy(house, "r_x", host);
    const [first, second] = [onlyGroup([...blind, before]), onlyGroup([...blind, after])];
    expect(second.agreement).toEqual(first.agreement);
    const lastLevels = ({ questions }: ComparedGroup) => questions[0]?.criteria[0]?.levels.at(-1);
    expect([lastLevels(first), lastLevels(second)]).toEqual([
      [4, 4, 1],
      [4, 4, 4],
    ]);
  });

  test("knows a rater again by the name, and takes two of one name in a room for two", () => {
    const named = (roomId: string, name: string, after: number): Interview => {
      const told = interview({ roomId, after });
      const raters = told.raters.map((rater, index) => (index === 0 ? { ...rater, name } : rater));
      return { ...told, raters };
    };
    const spelled = (name: string) =>
      onlyGroup([...manyRooms(10), named("r_x", name, 100), named("r_y", `${name.toUpperCase()} `, 101)]).agreement;
    expect(spelled("Hana Host")).toMatchObject({ raters: 3 });
    expect(spelled("Somebody else")).toMatchObject({ raters: 4 });
    const twins = spelled("Ann");
    expect(twins.enough && twins.severity.map(({ rater }) => rater)).toContain("Ann (2)");
  });
});

describe("the use of a question", () => {
  test("counts in how many of the interviews it was asked, its levels and its time", () => {
    const use = used([
      interview({ roomId: "r_a", depth: { "first-question": [4, 3, null] }, minutes: 4 }),
      interview({ roomId: "r_b", depth: { "first-question": [4, 1, 1] }, minutes: 9, after: 1 }),
      interview({ roomId: "r_c", depth: { "second-question": [2, 2, 2] }, after: 2 }),
    ]);
    expect(use.reach.interviews).toBe(3);
    expect(use.asks.map(({ roomId, raters, mean, usedMs }) => [roomId, raters, mean, usedMs / MINUTE])).toEqual([
      ["r_b", 3, 2, 9],
      ["r_a", 2, 3.5, 4],
    ]);
    expect(use.criteria.find(({ criterionId }) => criterionId === "depth")?.distribution).toEqual([2, 0, 1, 2]);
    expect([use.medianUsedMs, use.medianBudgetMs]).toEqual([6.5 * MINUTE, 5 * MINUTE]);
  });

  test("has no agreement, difficulty or discrimination until ten candidates were rated on it by two", () => {
    const elsewhere = Array.from({ length: 5 }, (_, index) =>
      interview({ roomId: `r_e${index}`, depth: { "third-question": [2, 3, 2] }, after: 100 + index }),
    );
    const nine = used([...manyRooms(9), ...elsewhere]);
    expect(nine.agreement).toEqual({ enough: false, doublyRated: 9, needed: 10 });
    expect(nine.statistics).toBeNull();
    const ten = used([...manyRooms(10), ...elsewhere]);
    expect(ten.agreement.enough).toBe(true);
    expect(ten.statistics).toMatchObject({ exposure: { asked: 10, interviews: 15 }, scored: 10 });
    expect(ten.statistics?.discrimination).toBeGreaterThan(0.9);
  });

  test("finds difficulty where it is: the mean share of the scale", () => {
    const rooms = Array.from({ length: 10 }, (_, index) =>
      interview({ roomId: `r_${index}`, depth: { "first-question": index < 5 ? [4, 4, 4] : [1, 1, 1] }, after: index }),
    );
    expect(used(rooms).statistics).toMatchObject({ difficulty: 0.5, discrimination: null });
  });

  test("is empty for a question that was never asked", () => {
    const use = used([interview({ roomId: "r_a" })], "fourth-question");
    expect(use).toMatchObject({ title: null, asks: [], criteria: [], medianUsedMs: null, statistics: null });
  });
});

describe("nothing comes across rooms", () => {
  test("from a seat whose room is closed to it", () => {
    const closed = (blindPolicy: BlindPolicy) => {
      const { room, host, ann, bob } = livePanelRoom({ blindPolicy });
      const askId = room.push("first-question");
      for (const seatId of [host, ann]) {
        room.must(seatId, { type: "rate", askId, criterionId: "depth", level: 3 });
      }
      room.must(host, { type: "end" });
      for (const seatId of [host, ann]) room.must(seatId, { type: "submitScorecard", reason: REASON });
      const seats = { host, ann, bob };
      return Object.entries(seats).flatMap(([name, seatId]) =>
        interviewOf("r_a", room.panelView(seatId)) === null ? [name] : [],
      );
    };
    expect(closed("after_own")).toEqual(["bob"]);
    expect(closed("after_all")).toEqual(["host", "ann", "bob"]);
    expect(closed("never")).toEqual(["ann", "bob"]);
  });

  test("that its seat could not read in its view", () => {
    let open = 0;
    const runs = propertyRuns(60);
    fc.assert(
      fc.property(scoredBeginnings, scoredCourses, (beginning, steps) => {
        const room = begin(beginning);
        for (const step of steps) play(room, step);
        for (const seatId of room.seatsOf(...SEAT_ROLES)) {
          const seen = room.view(seatId);
          if (seen?.role !== "host" && seen?.role !== "interviewer") continue;
          const told = interviewOf("r_a", seen);
          if (!seen.debriefOpen) expect(told).toBeNull();
          if (!told) continue;
          open += 1;
          const readable = new Set([...textsIn(seen), "r_a", ...told.competencies.map(({ name }) => name)]);
          const results = [comparisonOf(reading([told])), questionUseOf(reading([told]), "first-question")];
          const texts = results.flatMap(textsIn).filter((text) => !isGroupKey(text));
          expect(texts.filter((text) => !readable.has(text))).toEqual([]);
        }
      }),
      runs,
    );
    expect(open).toBeGreaterThan(runs.numRuns / 3);
  });
});

/** A group's key is made of its role or its kit. */
const isGroupKey = (text: string): boolean => text.startsWith("role:") || text.startsWith("kit:");
