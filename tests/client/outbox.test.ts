import { emptyFeedback } from "@whetstone/shared/feedback";
import type { Command } from "@whetstone/shared/room/command";
import { Envelope } from "@whetstone/shared/room/command";
import { describe, expect, it } from "vitest";
import { type Entry, enqueue, envelopeOf, openOutbox, takenUp, writtenIn } from "../../client/src/room/store/outbox.ts";
import { MemoryStorage } from "./fakes.ts";

const ASK = "a_000000000001";
const OTHER_ASK = "a_000000000002";
const NOTE = "n_000000000001";

const answer = (text: string, askId = ASK): Command => ({ type: "writeAnswer", askId, text });
const rate = (level: 1 | 2 | 3 | 4 | null, criterionId = "depth"): Command => ({
  type: "rate",
  askId: ASK,
  criterionId,
  level,
});
const note = (text: string, noteId = NOTE): Command => ({
  type: "writeNote",
  noteId,
  askId: ASK,
  text,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
});

/** The outbox after the commands were given, one a millisecond. */
function outboxOf(...commands: Command[]): Entry[] {
  return commands.reduce<Entry[]>(
    (entries, command, index) => enqueue(entries, command, { now: 1_000 + index, commandId: idOf(index) }),
    [],
  );
}

const idOf = (index: number): string => `c_${String(index).padStart(12, "0")}`;
const commandsOf = (entries: readonly Entry[]): Command[] => entries.map(({ command }) => command);
const asSent = (entries: Entry[]): Entry[] => entries.map((entry) => ({ ...entry, sent: true }));

describe("an outbox", () => {
  it("keeps only the last of what overwrites itself, at the place and under the identifier of the first", () => {
    const entries = outboxOf(answer("a"), answer("other", OTHER_ASK), answer("ab"), answer("abc"));
    expect(commandsOf(entries)).toEqual([answer("abc"), answer("other", OTHER_ASK)]);
    expect(entries.map(({ commandId }) => commandId)).toEqual([idOf(0), idOf(1)]);
    expect(entries[0]?.begunAt).toBe(1_000);
  });

  it.each<[string, Command, Command]>([
    ["a rating", rate(1), rate(3)],
    ["a cleared rating", rate(1), rate(null)],
    [
      "a tick",
      { type: "tick", askId: ASK, keyPoint: 0, heard: true },
      { type: "tick", askId: ASK, keyPoint: 0, heard: false },
    ],
    ["a note", note("a"), note("ab")],
    ["a summary", { type: "writeSummary", text: "a" }, { type: "writeSummary", text: "ab" }],
    [
      "a recommendation",
      { type: "recommend", recommendation: "no" },
      { type: "recommend", recommendation: "strong_yes" },
    ],
    ["a confidence", { type: "setConfidence", confidence: "low" }, { type: "setConfidence", confidence: "high" }],
    ["a feedback", feedback("a"), feedback("ab")],
    ["the order of the plan", { type: "arrangePlan", items: [] }, { type: "arrangePlan", items: [] }],
  ])("coalesces %s", (_name, first, second) => {
    expect(commandsOf(outboxOf(first, second))).toEqual([second]);
  });

  it.each<[string, Command, Command]>([
    ["ratings of two criteria", rate(1), rate(1, "practice")],
    ["ticks of two key points", tick(0), tick(1)],
    ["two notes", note("a"), note("a", "n_000000000002")],
    ["two raised hands", { type: "raiseHand" }, { type: "raiseHand" }],
    ["two extensions", { type: "extendRoom", minutes: 5 }, { type: "extendRoom", minutes: 5 }],
    [
      "two pushes",
      { type: "push", source: { kind: "plan", itemId: "p_000000000001" } },
      { type: "push", source: { kind: "plan", itemId: "p_000000000002" } },
    ],
    ["a note and its removal", note("a"), { type: "removeNote", noteId: NOTE }],
  ])("keeps %s apart and in order", (_name, first, second) => {
    expect(commandsOf(outboxOf(first, second))).toEqual([first, second]);
  });

  it("never changes what may have reached the server", () => {
    const entries = enqueue(asSent(outboxOf(answer("a"))), answer("ab"), { now: 2_000, commandId: idOf(9) });
    expect(commandsOf(entries)).toEqual([answer("a"), answer("ab")]);
    expect(entries.map(({ sent }) => sent)).toEqual([true, false]);
  });

  it("gathers typing for a moment, and makes it due at once when anything else follows", () => {
    const typed = outboxOf(answer("a"), note("b"));
    expect(typed.map(({ dueAt }) => dueAt)).toEqual([1_200, 1_401]);
    const followed = outboxOf(answer("a"), note("b"), rate(2));
    expect(followed.map(({ dueAt }) => dueAt)).toEqual([1_002, 1_002, 1_002]);
  });

  it("does not put off what is due by typing on", () => {
    expect(outboxOf(answer("a"), answer("ab"), answer("abc"))[0]?.dueAt).toBe(1_200);
  });

  it("says of a note how long ago it was begun, and of nothing else", () => {
    const [entry] = outboxOf(note("a"));
    const [typed] = outboxOf(answer("a"));
    if (!entry || !typed) throw new Error("Nothing is in the outbox.");
    const age = (now: number) => (envelopeOf(entry, now).command as Extract<Command, { type: "writeNote" }>).ageMs;
    expect(age(1_000)).toBe(0);
    expect(age(61_000.4)).toBe(60_000);
    expect(age(1_000 + 48 * 3_600_000)).toBe(24 * 3_600_000);
    expect(age(0)).toBe(0);
    expect(Envelope.parse(envelopeOf(entry, 61_000.4))).toBeDefined();
    expect(envelopeOf(typed, 61_000)).toEqual({ commandId: idOf(0), command: answer("a") });
  });

  it.each([
    ["an hour from now, as the clock was set back", 3_600_000, 0],
    ["a month ago, as it was set forward", -30 * 24 * 3_600_000, 24 * 3_600_000],
    ["a minute ago", -60_000, 60_000],
  ])("takes up what an earlier page says it began %s, and sends it at once", (_when, by, age) => {
    const [entry] = outboxOf(note("a"));
    if (!entry) throw new Error("Nothing is in the outbox.");
    const now = 1_000 - by;
    const taken = takenUp(entry, now);
    expect(taken).toMatchObject({ dueAt: now, begunAt: now - age });
    expect(envelopeOf(taken, now).command).toMatchObject({ ageMs: age });
  });

  it("is the same after it was stored and read again", () => {
    const storage = new MemoryStorage();
    const entries = asSent(outboxOf(answer("a"), note("b"), rate(3)));
    openOutbox(storage, "key").keep(entries);
    expect(openOutbox(storage, "key").list).toEqual(entries);
    openOutbox(storage, "key").keep([]);
    expect(storage.length).toBe(0);
    expect(openOutbox(storage, "key").list).toEqual([]);
  });

  it("does without a storage that is full or forbidden", () => {
    const storage = new MemoryStorage();
    storage.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
    expect(() => openOutbox(storage, "key").keep(outboxOf(answer("a")))).not.toThrow();
  });

  it.each(["no JSON", "{}", '[{"commandId":1}]', "null"])("is empty where storage holds %s", (stored) => {
    const storage = new MemoryStorage();
    storage.setItem("key", stored);
    expect(openOutbox(storage, "key").list).toEqual([]);
  });
});

describe("what somebody typed into a command", () => {
  it.each<[string, Command]>([
    ["an answer", answer("typed")],
    ["a note", note("typed")],
    ["a summary", { type: "writeSummary", text: "typed" }],
    ["the reason of a scorecard that is not whole", { type: "submitScorecard", reason: "typed" }],
    ["the reason of an amendment", { type: "amendScorecard", reason: "typed" }],
    ["a decision", { type: "recordDecision", outcome: "advance", rationale: "typed" }],
    ["a question", { type: "push", source: { kind: "typed", prompt: "typed", minutes: 5 } }],
    ["a feedback", feedback("typed")],
  ])("is there to be copied: %s", (_what, command) => {
    expect(writtenIn(command)).toBe("typed");
  });

  it("is every text of a feedback that says something", () => {
    expect(writtenIn(feedback("message", ["strength", " "], ["", "concern"]))).toBe("message\n\nstrength\n\nconcern");
  });

  it.each<Command>([
    { type: "submitScorecard", reason: null },
    { type: "push", source: { kind: "bank", questionId: "first-question" } },
    rate(3),
    { type: "pause" },
  ])("is nothing where nobody typed: $type", (command) => {
    expect(writtenIn(command)).toBe("");
  });
});

function feedback(message: string, strengths: string[] = [], concerns: string[] = []): Command {
  return { type: "writeFeedback", feedback: { ...emptyFeedback, message, strengths, concerns } };
}

function tick(keyPoint: number): Command {
  return { type: "tick", askId: ASK, keyPoint, heard: true };
}
