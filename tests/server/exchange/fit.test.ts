import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divided } from "../../../server/src/bank/exchange/fit.ts";
import { propertyRuns } from "../../support/courses.ts";
import { fixture, read, readText, refusals } from "./samples.ts";

const PARAGRAPH = BANK_LIMITS.paragraph;
const words = (text: string): string => text.replace(/\s+/g, "");
const sentence = (count: number, word: string): string => `${`${word} `.repeat(count).trim()}.`;

/** Everything that the panel gets of an import: the notes, and what is quoted beside it. */
function kept(name: string, text: string): string {
  const { questions, passedOver } = readText(name, text);
  return words(
    [...questions.flatMap(({ draft }) => draft.strongAnswer), ...passedOver.map(({ message }) => message)].join(""),
  );
}

describe("what an import joins", () => {
  test("is refused for no length that nobody wrote: many points are divided over the key points", () => {
    const file = fixture("many-points-joined.md");
    const parsed = read(file);
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions).toHaveLength(1);
    const points = parsed.questions[0]?.draft.strongAnswer ?? [];
    expect(points.length).toBeLessThanOrEqual(8);
    expect(words(points.join(""))).toBe(words(file.text.slice(file.text.indexOf("Point 1"))));
  });

  test.each(["a.md", "a.csv", "a.json"])("keeps an answer in %s that is longer than one key point", (name) => {
    const answer = Array.from({ length: 12 }, (_, at) => sentence(150, `part${at}`)).join(" ");
    const text = {
      "a.md": `- Why?\n  - Answer: ${answer}\n`,
      "a.csv": `question,answer\nWhy?,${answer}\n`,
      "a.json": JSON.stringify([{ question: "Why?", answer }]),
    }[name];
    const parsed = readText(name, text ?? "");
    expect(refusals(parsed)).toEqual([]);
    const points = parsed.questions[0]?.draft.strongAnswer ?? [];
    expect(points.length).toBeGreaterThan(1);
    expect(points.every((point) => point.length <= PARAGRAPH && point.endsWith("."))).toBe(true);
    expect(words(points.join(""))).toBe(words(answer));
  });

  test("quotes what the key points have no room for, every word of it", () => {
    const notes = Array.from({ length: 40 }, (_, at) => sentence(250, `note${at}`));
    const text = `question,${notes.map((_, at) => `n${at}`).join(",")}\nWhy?,${notes.join(",")}\n`;
    const parsed = readText("a.csv", text);
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions[0]?.draft.strongAnswer).toHaveLength(8);
    expect(parsed.passedOver.every(({ message }) => message.length <= 1_000)).toBe(true);
    for (const [at, note] of notes.entries())
      expect(kept("a.csv", text).includes(words(note.slice(0, 20))), `${at}`).toBe(true);
    const quoted = parsed.passedOver.map(({ message }) => /“(.*)”$/s.exec(message)?.[1] ?? "").join("");
    const points = parsed.questions[0]?.draft.strongAnswer.join("") ?? "";
    expect(words(points + quoted)).toBe(words(notes.map((note, at) => `n${at}: ${note}`).join("")));
  });

  test("gives hints, follow-ups and tags beyond their number to the panel", () => {
    const list = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word}${at}`);
    const followUps = list("f", 6).map((ask) => ({ ask, probes: `${ask} well` }));
    const entry = { question: "Why?", hints: list("h", 5), follow_ups: followUps, tags: list("t", 14) };
    const [question] = readText("a.json", JSON.stringify([entry])).questions;
    expect(question?.draft.hints).toEqual(["h0", "h1", "h2"]);
    expect(question?.draft.followUps.map(({ ask }) => ask)).toEqual(["f0", "f1", "f2", "f3"]);
    expect(question?.draft.tags).toHaveLength(12);
    expect(question?.draft.strongAnswer.join("\n")).toBe(
      "Hint: h3\nHint: h4\nFollow-up: f4 (listen for: f4 well)\nFollow-up: f5 (listen for: f5 well)\nTag: t12\nTag: t13",
    );
    const read = question?.pieces?.map(({ role, text }) => `${role} ${text}`) ?? [];
    expect(read).toContain("followUp f3");
    expect(read).toContain("probes f3 well");
    expect(read).toContain("answer f4");
    expect(read).toContain("answer f4 well");
    expect(read).toContain("answer h3");
  });

  test("gives the last paragraphs of a long prompt to the panel, and says so; one that is too long in itself is refused", () => {
    const [first, second] = [sentence(700, "one"), sentence(700, "two")];
    const parsed = readText("a.json", JSON.stringify([{ question: `${first}\n\n${second}` }]));
    expect(parsed.questions[0]?.draft).toMatchObject({ prompt: first, strongAnswer: [second] });
    expect(parsed.passedOver.map(({ message }) => message)).toEqual([
      "This prompt is longer than 4000 characters, so its last paragraphs stand in the answer notes.",
    ]);
    expect(refusals(readText("a.json", JSON.stringify([{ question: "long ".repeat(900) }])))).toEqual([
      "a.json:1: prompt: has 4499 characters; at most 4000 are possible",
    ]);
  });

  test("one question that is refused leaves the others in sight", () => {
    const parsed = readText("a.csv", `question,answer\nWhy?,a\n${"long ".repeat(900)},b\nHow?,c\n`);
    expect(parsed.questions.map(({ draft }) => draft.prompt)).toEqual(["Why?", "How?"]);
    expect(refusals(parsed)).toEqual([expect.stringContaining("a.csv:3: prompt: has 4499 characters")]);
  });
});

test("a text is divided without losing anything, into parts no longer than they may be", () => {
  const part = fc.constantFrom("a", "bc ", "\n", "\n\n", ". ", "？", "🙂", "word", " ");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 200 }), fc.integer({ min: 2, max: 50 }), (parts, most) => {
      const text = parts.join("");
      const found = divided(text, most);
      expect(found.every((one) => one.length <= most && one !== "")).toBe(true);
      expect(words(found.join(""))).toBe(words(text));
      expect(found.every((one) => !/[\uD800-\uDBFF]$/.test(one))).toBe(true);
    }),
    propertyRuns(1_000),
  );
});
