import {
  AskedQuestion,
  freezeQuestion,
  freezeTypedQuestion,
  Pack,
  PhaseBudget,
  phasePreset,
  Question,
} from "@whetstone/shared/bank";
import { LIMITS } from "@whetstone/shared/room/limits";
import { describe, expect, test } from "vitest";
import { testBank, textsIn } from "../support/domain.ts";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const SLOTS = Array.from({ length: LIMITS.minutes - 9 }, (_, n) => n + 10);

describe("the usual parts of a slot", () => {
  test.each([
    [45, [5, 32, 5, 3]],
    [60, [7, 40, 8, 5]],
    [90, [10, 64, 10, 6]],
    [30, [3, 22, 3, 2]],
  ])("%i minutes", (minutes, parts) => {
    const preset = phasePreset(minutes);
    expect(preset.map((phase) => phase.minutes)).toEqual(parts);
    expect(preset.map((phase) => phase.kind)).toEqual(["introduction", "questions", "candidate_questions", "wrap_up"]);
  });

  test("come to the whole slot, whatever its length", () => {
    for (const minutes of SLOTS) expect(sum(phasePreset(minutes).map((phase) => phase.minutes))).toBe(minutes);
  });

  test("are parts that a room can have, for every slot that a room can have", () => {
    const bad = SLOTS.find((minutes) => !PhaseBudget.array().safeParse(phasePreset(minutes)).success);
    expect(bad).toBeUndefined();
  });
});

describe("a frozen question", () => {
  const { pack, questions } = testBank();
  const [question = Question.parse({})] = questions;

  test("is the bank's at that moment, with the pack's criterion behind its own and its topic in words", () => {
    const { title, prompt, hints, followUps, strongAnswer, redFlags, criteria, workspace, references } = question;
    expect(workspace).toBeDefined();
    expect(freezeQuestion(question, pack)).toEqual({
      bankId: "first-question",
      title,
      topic: "⟦pack rubric: topic⟧",
      level: "working",
      minutes: 5,
      prompt,
      hints,
      followUps,
      strongAnswer,
      redFlags,
      criteria: [...criteria, pack.communication],
      workspace,
      references,
    });
  });

  test("is what an event and a view may hold", () => {
    for (const one of questions) {
      const frozen = freezeQuestion(one, pack);
      expect(AskedQuestion.parse(frozen)).toEqual(frozen);
      expect(textsIn(frozen)).not.toContain(one.aliases[0]);
    }
  });

  test("has no topic where the pack has none of that name", () => {
    const other = Pack.parse({ ...pack, topics: [{ id: "another-topic", name: "Another" }] });
    expect(freezeQuestion(question, other).topic).toBeNull();
  });
});

describe("a typed question", () => {
  const titleOf = (prompt: string) => freezeTypedQuestion({ prompt, minutes: 5 }).title;

  test("has nothing of the bank, and is scored on substance and communication, four anchors each", () => {
    const frozen = freezeTypedQuestion({ prompt: "Why?\n\nTake your time.", minutes: 7 });
    expect(AskedQuestion.parse(frozen)).toEqual(frozen);
    expect(frozen).toMatchObject({
      bankId: null,
      topic: null,
      level: null,
      minutes: 7,
      prompt: "Why?\n\nTake your time.",
    });
    expect([frozen.hints, frozen.followUps, frozen.strongAnswer, frozen.redFlags, frozen.references].flat()).toEqual(
      [],
    );
    expect(frozen.criteria.map(({ id }) => id)).toEqual(["substance", "communication"]);
    expect(new Set(frozen.criteria.flatMap(({ anchors }) => anchors)).size).toBe(8);
  });

  test("is called by its first line, shortened to 60 characters", () => {
    expect(titleOf("\n  Why?\nAnd how?")).toBe("Why?");
    expect(titleOf("x".repeat(60))).toBe("x".repeat(60));
    expect(titleOf("x".repeat(61))).toBe(`${"x".repeat(59)}…`);
    expect(titleOf(`${"x".repeat(58)} ${"y".repeat(20)}`)).toBe(`${"x".repeat(58)}…`);
  });

  test("is not called by half a character", () => {
    const title = titleOf("😀".repeat(40));
    // It throws on half of a surrogate pair.
    expect(() => encodeURIComponent(title)).not.toThrow();
  });

  test("may be as long as a prompt may", () => {
    const frozen = freezeTypedQuestion({ prompt: "x".repeat(LIMITS.prompt), minutes: LIMITS.minutes });
    expect(AskedQuestion.safeParse(frozen).success).toBe(true);
  });
});
