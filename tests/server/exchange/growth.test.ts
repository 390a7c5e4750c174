import { afterAll, describe, expect, test } from "vitest";
import { readImport } from "../../../server/src/bank/exchange/read-import.ts";
import { StepCounter } from "../../support/steps.ts";

/** Twice as much to read may take so many times the steps: what is due, with something for what does not grow evenly. */
const MOST = 2.5;
const COUNT = 1_500;

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join("");
const nested = (depth: number, make: (indent: string) => string): string => times(depth, (at) => make("  ".repeat(at)));

const OWN = "### One\n\nWorking, 6 minutes, reviewed 2026-01\n\nWhy?\n\n";
const OWN_KIT =
  "**Competencies**\n\n- a\n\n**Phases**\n\n- Questions, 20 minutes\n\n**Plan**\n\n- One, 3 minutes, probes 1\n\n";
const ownQuestions = (count: number, heading: (at: number) => string): string =>
  times(count, (at) => `${heading(at)}\n\nWorking, 6 minutes, reviewed 2026-01\n\nWhy?\n\n**Hints**\n\n- So\n\n`);

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
  "own.md": (count) => ownQuestions(count, (at) => `### Title ${at} <!-- q-${at} -->`),
  "own-topics.md": (count) => ownQuestions(count, (at) => `## Topic ${at}\n\n### Title`),
  "own-one-topic.md": (count) => ownQuestions(count, () => "## Topic\n\n### Title"),
  "own-older.md": (count) => `${OWN}${times(count, (at) => `## Given ${at}\n\n**Bold**\n\n1. a\n`)}`,
  "own-hints.md": (count) => `${OWN}**Hints**\n\n${times(count, () => "- a\n\n  b\nc\n\nd\n")}`,
  "own-names.md": (count) => `${OWN}${times(count, () => "**Hints**\n**Answer**\n**x**\n")}`,
  "own-rubric.md": (count) => `${OWN}${times(count, (at) => `**x** <!-- x -->\n\n1. a\n${at}. b\n`)}`,
  "own-anchors.md": (count) => `${OWN}**x** <!-- x -->\n\n${times(count, () => "1. a\n")}`,
  "own-open-fences.md": (count) => `${OWN}${times(count, () => "~~~~ x\n```\n**Hints**\n```` y\n")}`,
  "own-ever-shorter-fences.md": (count) =>
    `${OWN}${times(Math.sqrt(count) * 3, (at) => `${"~".repeat(200 - at)} x\n`)}`,
  "own-open-code.md": (count) => `${OWN}${times(count, () => "**Starter**\n\n```` x\n")}`,
  "own-files.md": (count) => `${OWN}**Workspace**, in SQL\n\n${times(count, () => "**File: a**\n\n```\nx\n```\n")}`,
  "own-comments.md": (count) => `${OWN}### ${"<!-- ".repeat(count)}-->\n**${"** ".repeat(count)}**\n`,
  "own-loose.md": (count) => `${times(count, () => "words\n\n")}${OWN}`,
  "own-kits.md": (count) =>
    `${OWN}## Kits\n\n${times(count, (at) => `### Kit ${at}\n\nRole, 20 minutes\n\n${OWN_KIT}`)}`,
  "own-plan.md": (count) =>
    `${OWN}## Kits\n\n### Kit\n\nRole, 20 minutes\n\n${OWN_KIT}${times(count, () => "- One, 3 minutes\n")}`,
  "own-competencies.md": (count) =>
    `${OWN}## Kits\n\n### Kit\n\nRole, 20 minutes\n\n${OWN_KIT}**Competencies**\n\n${times(count, (at) => `- ${at}: a\n\n  Counts 2 times: b\n`)}`,
  "wide.csv": (count) => `prompt${",".repeat(count)}\n${times(count, (at) => `Why ${at}?\n`)}`,
  "one-name.csv": (count) => `title,prompt\n${times(count, () => "One,Why?\n")}`,
  "quotes.csv": (count) => `title,prompt\nOne,"${'""'.repeat(count)}\n`,
  "lines.csv": (count) => `title,hints\nOne,"${"a\n".repeat(count)}"\n`,
  "one-name.json": (count) =>
    `[${times(count, () => '{"title":"One","prompt":"Why?"},')}{"title":"One","prompt":"Why?"}]`,
  "topics.json": (count) => `[${times(count, (at) => `{"title":"${at}","topic":"t-${at}"},`)}{"title":"x"}]`,
  "deep.json": (count) => "[".repeat(count) + "]".repeat(count),
  "keys.yaml": (count) => `title: One\nprompt: Why?\n${times(count, (at) => `k${at}: 1\n`)}`,
  "keys-in-braces.yaml": (count) => `{title: One, ${times(count, (at) => `k${at}: 1, `)}}`,
  "same-keys.yaml": (count) => times(count, () => "a: 1\n"),
  "list.yaml": (count) => times(count, (at) => `- title: Why ${at}?\n`),
  "faults.yaml": (count) => times(count, (at) => `- title: One ${at}\n  level: none\n`),
  "documents.yaml": (count) => times(count, (at) => `---\ntitle: One ${at}\n`),
  "broken-documents.yaml": (count) => times(count, () => "---\ntitle: [\n"),
  "no-maps.yaml": (count) => times(count, () => "a: b: c\n"),
  "tabs.yaml": (count) => times(count, () => "\tx: 1\n"),
  "one-anchor.yaml": (count) => `title: &a One\nhints:\n${times(count, () => "  - *a\n")}`,
  "anchors.yaml": (count) => `hints:\n${times(count, (at) => `  - &a${at} x\n  - *a${at}\n`)}title: One\n`,
  "lost-anchors.yaml": (count) => `title: One\nhints:\n${times(count, (at) => `  - *a${at}\n`)}`,
  "plain.yaml": (count) => `title: One\nprompt: a\n${times(count, () => "  words\n")}`,
  "folded.yaml": (count) => `title: One\nprompt: >\n${times(count, () => "  words\n   more\n")}`,
  "comments.yaml": (count) => `${"# a\n".repeat(count)}title: One\n`,
  "empty-lines.yaml": (count) => `title: One\n${"\n".repeat(count)}prompt: Why?\n`,
  "kit.yaml": (count) => `id: k\nphases: []\nquestions:\n${times(count, (at) => `  - question: q${at}\n`)}`,
  "ids.json": (count) => `[${times(count, () => '{"id":"one","title":"One"},')}{"title":"x"}]`,
  "faults.json": (count) => `[${times(count, () => '{"title":1,"level":"none"},')}{"title":"x"}]`,
  "criteria.json": (count) =>
    `[{"title":"x","criteria":[${times(count, () => '{"name":"One","anchors":["","","",""]},')}{"name":"x"}]}]`,
  "kits.json": (count) => `{"kits":[${times(count, (at) => `{"id":"k-${at}"},`)}{"id":"x"}]}`,
  "escapes.json": (count) => `{"title":"${'\\"'.repeat(count)}","prompt":[${times(count, () => "{},")}{}]}`,
  "unknown-columns.csv": (count) => `prompt${times(count, (at) => `,u${at}`)}\nWhy?\n`,
  "same-columns.csv": (count) => `prompt${",title".repeat(count)}\nWhy?\n`,
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
