import { draftOfKit, draftOfQuestion } from "@whetstone/shared/authored";
import type { Question } from "@whetstone/shared/bank";
import { describe, expect, test } from "vitest";
import type { Parsed } from "../../../server/src/bank/exchange/parsed.ts";
import { type Existing, type ExistingQuestion, planImport } from "../../../server/src/bank/exchange/plan.ts";
import { KIT, PACK, readText, refusals, sampleQuestion } from "./samples.ts";

const json = (value: unknown) => readText("import.json", JSON.stringify(value, null, 2));
const whole = (...questions: object[]) => json({ whetstone: 1, pack: PACK, questions, kits: [] });

const own = (question: Question, changed: Partial<ExistingQuestion> = {}) =>
  [question.id, { question, draft: draftOfQuestion(question), pack: "small", own: true, ...changed }] as const;

function bank(...questions: (readonly [string, ExistingQuestion])[]): Existing {
  const byId = new Map(questions);
  const packs = new Map([
    ["small", { title: "A small pack", own: true }],
    ["other", { title: "Another pack", own: true }],
    ["deep-learning", { title: "Deep learning", own: false }],
  ]);
  return {
    question: (id) => byId.get(id),
    kit: (id) => (id === "in-files" ? { kit: { ...KIT, id }, draft: draftOfKit(KIT), own: false } : undefined),
    pack: (id) => packs.get(id),
  };
}

const outcomes = (parsed: Parsed, existing: Existing, pack = "small") =>
  planImport(parsed, existing, pack).entries.map(({ id, outcome, details }) => [id, outcome, details]);

describe("the plan of an import", () => {
  test("tells what is added, changed and unchanged, and which fields differ", () => {
    const existing = bank(own(sampleQuestion()), own(sampleQuestion({ id: "second" })));
    const parsed = whole(
      sampleQuestion(),
      sampleQuestion({
        id: "second",
        title: "Another",
        hints: ["Other."],
        criteria: sampleQuestion().criteria.toReversed(),
      }),
      sampleQuestion({ id: "third" }),
    );
    expect(outcomes(parsed, existing)).toEqual([
      ["first", "unchanged", []],
      ["second", "changed", ["title", "hints", "rubric"]],
      ["third", "added", []],
    ]);
    expect(planImport(parsed, existing, "small")).toMatchObject({ pack: "small", refused: [], blocked: null });
  });

  test("finds no change in line ends and white space around a text", () => {
    const before = sampleQuestion({ prompt: "one\r\ntwo " });
    expect(outcomes(whole(sampleQuestion({ prompt: "one\ntwo" })), bank(own(before)))).toEqual([
      ["first", "unchanged", []],
    ]);
  });

  test("leaves alone what the import says nothing about, such as the rubric of a question in a plain list", () => {
    const list = readText("list.md", "# Nets\n- Why depth?\n  - Always?\n");
    const [added] = planImport(list, bank(), "small").entries;
    expect(added).toMatchObject({ id: "why-depth", outcome: "added", question: null });
    expect(added?.lacks).toContain("a rubric of two or three criteria");

    const written = sampleQuestion({ id: "why-depth", title: "Depth", prompt: "Why?", minutes: 9, tags: [] });
    const [changed] = planImport(list, bank(own(written)), "small").entries;
    expect(changed).toMatchObject({
      outcome: "changed",
      details: ["prompt", "follow-ups"],
      lacks: ["what follow-up 1 probes", "another follow-up"],
      draft: { title: "Depth", prompt: "Why depth?", minutes: 9, criteria: written.criteria, reviewed: "2026-01" },
    });
  });

  test("keeps what a follow-up probes when a list asks it again", () => {
    const list = readText("list.md", "# Nets\n- Why depth?\n  - When not?\n  - Always?\n");
    const followUps = [...sampleQuestion().followUps, { ask: "Always?", probes: "exceptions" }].slice(1);
    const written = sampleQuestion({ id: "why-depth", prompt: "Why depth?", followUps });
    expect(outcomes(list, bank(own(written)))).toEqual([["why-depth", "unchanged", []]]);
  });

  test("of the same list again changes nothing", () => {
    const list = readText("list.md", "# Nets\n- Why depth?\n  - Always?\n- Why width?\n");
    const existing = bank(
      ...planImport(list, bank(), "small").entries.flatMap((entry) =>
        entry.kind === "question" ? [[entry.id, { ...entry, pack: "small", own: true }] as const] : [],
      ),
    );
    expect(outcomes(list, existing)).toEqual([
      ["why-depth", "unchanged", []],
      ["why-width", "unchanged", []],
    ]);
  });

  test.each([
    ["a pack in files", { pack: "deep-learning", own: false }, "Deep learning"],
    ["another pack", { pack: "other" }, "Another pack"],
  ])("refuses the id of a question of %s, and with it everything", (_, changed, title) => {
    const parsed = json([sampleQuestion(), sampleQuestion({ id: "second" })]);
    const plan = planImport(parsed, bank(own(sampleQuestion(), changed)), "small");
    expect(plan.entries.map(({ outcome, line }) => [outcome, line])).toEqual([
      ["refused", 2],
      ["added", expect.any(Number)],
    ]);
    expect(plan.entries[0]?.details).toEqual([`first is a question of the pack ${title}; give yours another id`]);
    expect(plan.blocked).toMatch(/^One thing is refused, so nothing is imported/);
  });

  test("numbers an id that it made itself, and finds the question under it again", () => {
    const taken = own(sampleQuestion({ id: "why-depth" }), { pack: "deep-learning", own: false });
    const list = readText("list.md", "- Why depth?\n");
    expect(outcomes(list, bank(taken))).toEqual([["why-depth-2", "added", []]]);
    const before = own(sampleQuestion({ id: "why-depth-2", prompt: "Why depth?" }));
    expect(outcomes(list, bank(taken, before))).toEqual([["why-depth-2", "unchanged", []]]);
  });

  test("refuses to change a pack in files", () => {
    const parsed = json({ whetstone: 1, pack: { ...PACK, id: "deep-learning" }, questions: [sampleQuestion()] });
    expect(planImport(parsed, bank(), "small").refused.map(({ field, message }) => [field, message])).toEqual([
      ["id", "Deep learning is a pack in files, which no import changes; give yours another id"],
    ]);
    expect(planImport(json([sampleQuestion()]), bank(), "deep-learning").blocked).not.toBeNull();
  });

  test("knows kits: their questions must be there, and those in files are not changed", () => {
    const kits = [
      KIT,
      { ...KIT, id: "in-files" },
      { ...KIT, id: "third", questions: [{ question: "nowhere", minutes: 2, probes: [] }] },
    ];
    const value = { whetstone: 1, questions: [sampleQuestion()], kits };
    const text = JSON.stringify(value, null, 2);
    const plan = planImport(readText("import.json", text), bank(), "small");
    expect(plan.entries.filter(({ kind }) => kind === "kit").map(({ id, outcome }) => [id, outcome])).toEqual([
      ["short", "added"],
      ["in-files", "refused"],
    ]);
    const line = text.split("\n").findIndex((row) => row.includes("nowhere")) + 1;
    expect(refusals({ ...readText("import.json", text), refused: plan.refused })).toEqual([
      `import.json:${line}: questions.0.question: nowhere is neither in this import nor in the bank`,
    ]);
    expect(plan.blocked).toMatch(/^2 things are refused/);
  });

  test("leaves out what is refused where that is asked for, and shows all others as they are", () => {
    const kits = [KIT, { ...KIT, id: "third", questions: [{ question: "bad", minutes: 2, probes: [] }] }];
    const questions = [sampleQuestion(), { ...sampleQuestion({ id: "bad" }), level: "hard" }];
    const parsed = json({ whetstone: 1, questions, kits });
    const shown = planImport(parsed, bank(), "small");
    expect(shown.entries.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["first", "added"],
      ["short", "added"],
    ]);
    expect(shown).toMatchObject({
      canLeaveOut: true,
      blocked: expect.stringContaining("or import the rest without it"),
    });
    const rest = planImport(parsed, bank(), "small", { leaveOutRefused: true });
    expect(rest).toEqual({ ...shown, blocked: null });
  });

  test.each([
    ["there is nothing else", json([{ ...sampleQuestion(), level: "hard" }]), "small"],
    ["all else is there already", json([sampleQuestion(), { ...sampleQuestion({ id: "b" }), level: "hard" }]), "small"],
    [
      "the pack itself is refused",
      json({ whetstone: 1, pack: { ...PACK, title: "" }, questions: [sampleQuestion({ id: "b" })] }),
      "small",
    ],
    ["the pack is one in files", json([sampleQuestion({ id: "b" })]), "deep-learning"],
  ])("leaves nothing out where %s", (_, parsed, pack) => {
    const plan = planImport(parsed, bank(own(sampleQuestion())), pack, { leaveOutRefused: true });
    expect(plan.canLeaveOut).toBe(false);
    expect(plan.blocked).not.toBeNull();
  });

  test("is blocked by anything that reading refused", () => {
    const plan = planImport(
      json([sampleQuestion(), { ...sampleQuestion({ id: "b" }), level: "hard" }]),
      bank(),
      "small",
    );
    expect(plan.entries.map(({ outcome }) => outcome)).toEqual(["added"]);
    expect(plan.refused).toHaveLength(1);
    expect(plan.blocked).toContain("whole or not at all");
  });
});
