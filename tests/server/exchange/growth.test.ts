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
  "spaces.md": (count) =>
    `- Why${" ".repeat(count * 20)}is it so?\n\n${" ".repeat(count * 20)}x${" ".repeat(count * 20)}:\n`,
  "marks.md": (count) => `- ${"Why? ".repeat(count)}\n`,
  "stops.md": (count) => `- ${"so. ".repeat(count)}\n`,
  "tags.md": (count) => `- Why? ${"<b>x</i>".repeat(count)}\n${"<li>".repeat(count)}\n`,
  "folded.md": (count) => times(count, (at) => `<details><summary>Why ${at}?</summary>so</details>\n`),
  "html-table.md": (count) => `<table>${times(count, (at) => `<tr><td>Why ${at}?</td></tr>`)}</table>\n`,
  "pipe-table.md": (count) => `| Question | Answer |\n|---|---|\n${times(count, (at) => `| Why ${at}? | so |\n`)}`,
  "choices.md": (count) => times(count, (at) => `- Which ${at}?\n  - A: one\n  - B: two\n`),
  "one-list-of-answers.md": (count) => `### Why?\n\n${times(count, () => "- so it is\n")}`,
  "paragraphs-of-an-answer.md": (count) => `### Why?\n\n${times(count, () => "So it is.\n\n")}`,
  "answers-behind.md": (count) =>
    `${times(count, () => "1. Why?\n")}\n## Answers\n\n${times(count, (at) => `${at}. so\n`)}`,
  "renumbered.txt": (count) => times(count, (at) => `${(at % 9) + 1}. Name ${at}\n1.\tWhy?\n2.\tHow?\n`),
  "letters.txt": (count) => times(count, () => "A. Why?\nB. How?\n"),
  "comments.md": (count) => `### Why?\n\n${times(count, () => "<!-- so -->\n\n")}`,
  "brackets-behind.md": (count) => `- Why? ${"[a](b) ".repeat(count)}\n`,
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
  "others.csv": (count) => `Question,Answer,Note\n${times(count, (at) => `Why ${at}?,So,x\n`)}`,
  "other-columns.csv": (count) => `question${times(count, (at) => `,u${at}`)}\nWhy?\n${"Why?,x\n".repeat(count)}`,
  "same-questions.csv": (count) => `${"question,".repeat(count)}x\nWhy?\n`,
  "unnamed.csv": (count) => `x${",".repeat(count)}\n${times(count, (at) => `Why ${at}?,\n`)}`,
  "bare.csv": (count) => times(count, (at) => `Why ${at}?,x\n`),
  "no-question.csv": (count) => `question,x\n${times(count, () => ",x\n")}`,
  "many-notes.csv": (count) => `question${times(count, (at) => `,u${at}`)}\nWhy?${",some words".repeat(count)}\n`,
  "answers-in-questions.csv": (count) => `question,x\n"Why? ${"Note: so. ".repeat(count)}",\n`,
  "colons.csv": (count) => `question,x\n"${"Ab: ".repeat(count)}?",\n`,
  "gaps.csv": (count) => `question,x\n"${"{{c1::a}} ".repeat(count)}{{c1::",\n`,
  "tags.csv": (count) => `question,tags\nWhy?,"${times(count, (at) => `t${at},`)}"\n`,
  "long-notes.csv": (count) => `question,answer\nWhy?,"${"words and more words. ".repeat(count * 20)}"\n`,
  "cards.txt": (count) => `#separator:tab\n#html:true\n${times(count, (at) => `Why <b>${at}</b>?\tx\n`)}`,
  "bold-card.txt": (count) => `#separator:tab\n#html:true\nWhy? ${"<b>a</b> ".repeat(count)}\tx\n`,
  "open-bold-card.txt": (count) => `#separator:tab\n#html:true\nWhy? ${"<b>a".repeat(count)}\tx\n`,
  "nested-card.txt": (count) => `#separator:tab\n#html:true\nWhy? ${"<ul><li>".repeat(Math.sqrt(count) * 4)}a\tx\n`,
  "open-comments-card.txt": (count) => `#separator:tab\n#html:true\nWhy? ${"<!-- ".repeat(count)}\tx\n`,
  "open-tags-card.txt": (count) => `#separator:tab\n#html:true\nWhy? ${"<a ".repeat(count)}\tx\n`,
  "copied.txt": (count) => times(count, (at) => `Why ${at}?\tSo\n`),
  "copied-uneven.txt": (count) => `${times(count, (at) => `Why ${at}?\tSo\n`)}- Why?\n`,
  "front-matter.txt": (count) => `---\n${times(count, (at) => `k${at}: 1\n`)}---\n- Why?\n`,
  "comments.txt": (count) => `${"# a\n".repeat(count)}- Why?\n`,
  "others.json": (count) => `[${times(count, (at) => `{"question":"Why ${at}?","answer":"So"},`)}{"question":"x?"}]`,
  "other-fields.json": (count) => `[${times(count, (at) => `{"question":"Why?","k${at}":"So"},`)}{"question":"x?"}]`,
  "no-questions.json": (count) => `[${times(count, (at) => `{"k${at}":"So"},`)}{"x":"x"}]`,
  "dictionary.json": (count) => `{${times(count, (at) => `"Why ${at}?":"So",`)}"Why?":"So"}`,
  "many-lists.json": (count) => `{${times(count, (at) => `"t${at}":[{"question":"Why ${at}?"}],`)}"t":[]}`,
  "beside.json": (count) => `{${times(count, (at) => `"b${at}":1,`)}"questions":[{"question":"Why?"}]}`,
  "lines.jsonl": (count) => times(count, (at) => `{"question":"Why ${at}?"}\n`),
  "broken.jsonl": (count) => `${times(count, (at) => `{"question":"Why ${at}?"}\n`)}{"question":}\n`,
  "broken-at-end.json": (count) => `[${times(count, (at) => `{"question":"Why ${at}?"},\n`)}]`,
  "documents-of-others.yaml": (count) => times(count, (at) => `---\nquestion: Why ${at}?\nanswer: So\n`),
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
