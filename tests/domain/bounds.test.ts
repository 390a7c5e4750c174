import { Command, Envelope, RequestedCommand } from "@whetstone/shared/room/command";
import { Opening } from "@whetstone/shared/room/course/commands";
import { Id } from "@whetstone/shared/room/id";
import { LIMITS } from "@whetstone/shared/room/limits";
import { refuseInput } from "@whetstone/shared/room/refusal";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { DEFAULT_OPENING, hashOf } from "../support/domain.ts";

const ASK = "a_000000000001";
const note = {
  type: "writeNote",
  noteId: "n_000000000001",
  askId: ASK,
  text: "",
  mark: null,
  evidenceFor: null,
  ageMs: 0,
};
const typed = (prompt: string, minutes = 5) => ({ type: "push", source: { kind: "typed", prompt, minutes } });
const item = (n: number) => ({ itemId: `p_${String(n).padStart(12, "0")}`, questionId: "first-question", minutes: 5 });
const accepts = (input: unknown) => Command.safeParse(input).success;

/** The reason that is given for an input that the schema of commands rejects; null when it does not. */
function reasonFor(input: unknown): string | null {
  const parsed = Command.safeParse(input);
  return parsed.success ? null : refuseInput(parsed.error).reason;
}

describe("what comes in is checked before it is decided", () => {
  test("a level is 1, 2, 3 or 4, or taken back", () => {
    const rate = (level: unknown) => accepts({ type: "rate", askId: ASK, criterionId: "depth", level });
    expect([1, 2, 3, 4, null].map(rate)).toEqual(Array(5).fill(true));
    expect([0, 5, 2.5, -1, "3", true, undefined, Number.NaN].map(rate)).toEqual(Array(8).fill(false));
  });

  test.each([
    ["a note", LIMITS.note, (text: string) => ({ ...note, text })],
    ["an answer", LIMITS.answer, (text: string) => ({ type: "writeAnswer", askId: ASK, text })],
    ["a summary", LIMITS.summary, (text: string) => ({ type: "writeSummary", text })],
    ["a typed question", LIMITS.prompt, (text: string) => typed(text)],
  ])("%s may be so long and no longer, and is told apart from what cannot be understood", (_name, limit, write) => {
    expect(accepts(write("x".repeat(limit)))).toBe(true);
    expect(reasonFor(write("x".repeat(limit + 1)))).toBe("too_long");
    expect(reasonFor({ ...write("x".repeat(limit + 1)), type: "no such command" })).toBe("malformed");
  });

  test("a refusal of input names the first fault, or the text that is too long, which can be mended", () => {
    const schema = z.object({ first: z.number(), second: z.object({ text: z.string().max(3) }) });
    const refused = (input: unknown) => {
      const { error } = schema.safeParse(input);
      return error && refuseInput(error);
    };
    const tooLong = refused({ first: "x", second: { text: "long" } });
    expect(tooLong?.reason).toBe("too_long");
    expect(tooLong?.sentence).toContain("(second.text)");
    const malformed = refused({ first: "x", second: { text: 7 } });
    expect(malformed?.reason).toBe("malformed");
    expect(malformed?.sentence).toContain("(first)");
  });

  test("a refusal of input says where it went wrong, and repeats nothing of what was typed", () => {
    const parsed = Command.safeParse({ ...note, text: `secret${"x".repeat(LIMITS.note)}` });
    const refused = parsed.error && refuseInput(parsed.error);
    expect(refused?.sentence).toContain("text");
    expect(refused?.sentence).not.toContain("secret");
  });

  test.each([
    [
      "minutes of a question",
      (minutes: number) => typed("Why?", minutes),
      [1, LIMITS.minutes],
      [0, -1, 2.5, LIMITS.minutes + 1],
    ],
    ["minutes more for the room", (minutes: number) => ({ type: "extendRoom", minutes }), [1, 60], [0, -5, 1.5, 61]],
    ["minutes more for an ask", (minutes: number) => ({ type: "extendAsk", askId: ASK, minutes }), [1, 60], [0, 61]],
    ["a hint", (index: number) => ({ type: "reveal", askId: ASK, kind: "hint", index }), [0, 20], [-1, 0.5, 21]],
    [
      "a key point",
      (keyPoint: number) => ({ type: "tick", askId: ASK, keyPoint, heard: true }),
      [0, 20],
      [-1, 0.5, 21],
    ],
    [
      "a note's age",
      (ageMs: number) => ({ ...note, ageMs }),
      [0, 86_400_000],
      [-1, 0.5, 86_400_001, Number.POSITIVE_INFINITY],
    ],
  ])("%s: whole numbers within bounds", (_name, command, good, bad) => {
    expect(good.map((n) => reasonFor(command(n)))).toEqual(good.map(() => null));
    expect(bad.map((n) => reasonFor(command(n)))).toEqual(bad.map(() => "malformed"));
  });

  test("a plan holds so many questions and no more", () => {
    const plan = (length: number) => ({ type: "arrangePlan", items: Array.from({ length }, (_, n) => item(n)) });
    expect(reasonFor(plan(LIMITS.planItems))).toBeNull();
    expect(reasonFor(plan(LIMITS.planItems + 1))).toBe("malformed");
  });

  test("a question that is typed says something", () => {
    expect(reasonFor(typed("   \n "))).toBe("malformed");
    expect(Command.parse(typed("  Why?  "))).toEqual(typed("Why?"));
  });

  test.each([
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "",
    "a_",
    "a_short",
    "a_0000000000001 ",
    "a_000000000001\n",
    "A_000000000001",
    "aa_000000000001",
    "a_00000000000/1",
    "1_000000000001",
    `a_${"0".repeat(41)}`,
  ])("%j names nothing", (id) => {
    expect(Id.safeParse(id).success).toBe(false);
    const commands = [
      { type: "admit", seatId: id },
      { type: "removeSeat", seatId: id },
      { type: "lowerHand", seatId: id },
      { type: "makeHost", seatId: id },
      { type: "lockSeat", seatId: id, locked: true },
      { type: "assignItem", itemId: id, seatId: null },
      { type: "assignItem", itemId: "p_000000000001", seatId: id },
      { ...typed("Why?"), over: id },
      { type: "revokeLink", linkId: id },
      { type: "closeAsk", askId: id },
      { type: "reopenAsk", askId: id },
      { type: "takeBackAsk", askId: id },
      { type: "takeBackReveal", askId: id, kind: "hint", index: 0 },
      { type: "extendAsk", askId: id, minutes: 5 },
      { type: "reveal", askId: id, kind: "hint", index: 0 },
      { type: "rate", askId: id, criterionId: "depth", level: 1 },
      { type: "tick", askId: id, keyPoint: 0, heard: true },
      { type: "writeAnswer", askId: id, text: "" },
      { ...note, noteId: id },
      { ...note, askId: id },
      { type: "removeNote", noteId: id },
      { type: "push", source: { kind: "plan", itemId: id } },
      { type: "arrangePlan", items: [{ ...item(1), itemId: id }] },
    ];
    for (const command of commands) expect(reasonFor(command)).toBe("malformed");
    expect(Envelope.safeParse({ commandId: id, command: { type: "start" } }).success).toBe(false);
  });

  test("nothing is added to a command", () => {
    expect(accepts({ type: "start" })).toBe(true);
    expect(accepts({ type: "start", seatId: "s_000000000001" })).toBe(false);
    expect(accepts({ ...note, begunAt: 0 })).toBe(false);
    expect(accepts({ ...typed("Why?"), source: { kind: "typed", prompt: "Why?", minutes: 5, title: "x" } })).toBe(
      false,
    );
    expect(accepts(JSON.parse('{"type": "start", "__proto__": {"admitted": true}}'))).toBe(false);
  });

  test("nothing is left out of a command, and nothing else is one", () => {
    for (const key of Object.keys(note)) {
      expect(accepts(Object.fromEntries(Object.entries(note).filter(([other]) => other !== key)))).toBe(false);
    }
    for (const input of [null, undefined, "start", 7, [], {}, { type: "constructor" }, { type: "roomStarted" }]) {
      expect(reasonFor(input)).toBe("malformed");
    }
  });

  test("what only the server may say is no command of a seat", () => {
    const link = { linkId: "l_000000000001", role: "interviewer", hash: hashOf(1), expiresAt: null };
    const commands = [
      { type: "issueLink", link },
      { type: "join", name: "Eve", tokenHash: hashOf(2) },
    ];
    for (const command of commands) {
      expect(RequestedCommand.safeParse(command).success).toBe(true);
      expect(accepts(command)).toBe(false);
    }
    expect(RequestedCommand.safeParse({ type: "issueLink", link: { ...link, hash: "a secret" } }).success).toBe(false);
  });

  test("a room is opened within bounds", () => {
    const opens = (change: object) => Opening.safeParse({ ...DEFAULT_OPENING, ...change }).success;
    expect(opens({})).toBe(true);
    expect(opens({ minutes: 10 }) && opens({ minutes: LIMITS.minutes })).toBe(true);
    for (const minutes of [9, LIMITS.minutes + 1, 45.5]) expect(opens({ minutes })).toBe(false);
    for (const text of ["", "  ", "x".repeat(LIMITS.title + 1)]) {
      expect(opens({ title: text })).toBe(false);
      expect(opens({ forRole: text })).toBe(false);
      expect(opens({ hostName: text })).toBe(false);
      expect(opens({ candidateName: text })).toBe(false);
    }
    expect(opens({ blindPolicy: "open" })).toBe(false);
    expect(opens({ admitted: true })).toBe(false);
  });

  test("what is said of wrong input does not repeat a name that was sent, however long it is", () => {
    const { error } = z.record(z.string(), z.number()).safeParse({ ["x".repeat(100_000)]: "no number" });
    expect(error && refuseInput(error).sentence.length).toBeLessThan(300);
  });
});
