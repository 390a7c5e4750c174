import { afterAll, describe, expect, test } from "vitest";
import { readImport } from "../../../server/src/bank/exchange/read-import.ts";
import { StepCounter } from "../../support/steps.ts";

/** Twice as much to read may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
const COUNT = 1_500;

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join("");
const nested = (depth: number, make: (indent: string) => string): string => times(depth, (at) => make("  ".repeat(at)));

/** What is made to be slow to read, by its file; each is twice as long for twice the number. */
const HOSTILE: Readonly<Record<string, (count: number) => string>> = {
  "paragraphs.md": (count) => times(count, () => "plain words\n\n"),
  "questions-in-paragraphs.md": (count) => times(count, (at) => `Why is ${at} so?\n\n`),
  "code.md": (count) => times(count, () => "Why?\n\n```\nx\n```\n"),
  "one-name.md": (count) => times(count, () => "- Why is it so?\n"),
  "topics.md": (count) => times(count, (at) => `# The topic ${at}\n- Why is ${at} so?\n`),
  "unnameable-topics.md": (count) => times(count, (at) => `# 題${String.fromCodePoint(0x4e00 + at)}\n- 何故?\n`),
  "emphasis.md": (count) => `- ${"*a ".repeat(count)}\n`,
  "brackets.md": (count) => `- ${"[".repeat(count)}\n`,
  "parentheses.md": (count) => `- ${"[a](".repeat(count)}\n`,
  "tables.md": (count) => times(count, () => "| a | b |\n"),
  "open-fences.md": (count) => times(count, () => "~~~~ x\n"),
  "names-for-links.md": (count) => `# a ${"{#".repeat(count)}}\n- Why?\n`,
  "items-in-items.md": (count) => nested(Math.sqrt(count) * 4, (indent) => `${indent}- Why?\n`),
  "answers.md": (count) => `- Why?\n${times(count, () => "  - Answer: so\n")}`,
  "wide.csv": (count) => `prompt${",".repeat(count)}\n${times(count, (at) => `Why ${at}?\n`)}`,
  "one-name.csv": (count) => `title,prompt\n${times(count, () => "One,Why?\n")}`,
  "quotes.csv": (count) => `title,prompt\nOne,"${'""'.repeat(count)}\n`,
  "lines.csv": (count) => `title,hints\nOne,"${"a\n".repeat(count)}"\n`,
  "one-name.json": (count) =>
    `[${times(count, () => '{"title":"One","prompt":"Why?"},')}{"title":"One","prompt":"Why?"}]`,
  "topics.json": (count) => `[${times(count, (at) => `{"title":"${at}","topic":"t-${at}"},`)}{"title":"x"}]`,
  "deep.json": (count) => "[".repeat(count) + "]".repeat(count),
  "fields.json": (count) => `{${times(count, (at) => `"a${at}":1,`)}"title":"x"}`,
};

const steps = await StepCounter.start();
afterAll(() => steps.stop());

const read = (name: string, text: string) => readImport([{ name, text }], { today: "2026-01" });

describe("reading twice as much takes no more than two and a half times the steps", () => {
  test.each(Object.keys(HOSTILE))("%s", async (name) => {
    const make = HOSTILE[name] ?? (() => "");
    const [once, twice] = [make(COUNT), make(2 * COUNT)];
    // What is made once and kept is made before it is counted.
    read(name, once);
    const first = await steps.of(() => read(name, once));
    const second = await steps.of(() => read(name, twice));
    expect(first).toBeGreaterThan(COUNT / 10);
    expect(second / first).toBeLessThanOrEqual(MOST);
  });
});
