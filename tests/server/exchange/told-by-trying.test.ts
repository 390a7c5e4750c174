import { describe, expect, test } from "vitest";
import { fixture, readText, refusals } from "./samples.ts";

/** A text without an ending of its own is what it turns out to be. */

const NAMES = ["pasted.txt", "pasted text", "list.txt"];
const prompts = (name: string, text: string) => readText(name, text).questions.map(({ draft }) => draft.prompt);
const RED = "Why is copper red?";
const ALLOY = "What is an alloy?";

describe.each(NAMES)("a text called %s", (name) => {
  test("that begins with a bracket is JSON only if it is", () => {
    const list = fixture("pasted-bracket.txt").text;
    expect(refusals(readText(name, list))).toEqual([]);
    expect(prompts(name, list)).toEqual([expect.stringContaining(RED), expect.stringContaining(ALLOY)]);
    for (const begin of ["[1] ", "[ ] ", "[x] ", "[Copper](https://example.org) ", "{easy} ", "- [ ] ", '["red"] ']) {
      expect(prompts(name, `${begin}${RED}\n`)).toHaveLength(1);
    }
    expect(prompts(name, `["${RED}", "${ALLOY}"]`)).toEqual([RED, ALLOY]);
  });

  test("with settings above it is read as the list below them", () => {
    const { text } = fixture("pasted-front-matter.txt");
    expect(refusals(readText(name, text))).toEqual([]);
    const read = readText(name, text).questions.map(({ draft }) => [draft.prompt, draft.topic]);
    expect(read).toEqual(readText("a.md", text).questions.map(({ draft }) => [draft.prompt, draft.topic]));
    expect(read).toEqual([
      [RED, "metals"],
      [ALLOY, "metals"],
    ]);
  });

  test.each([
    ["with a list of tags", `---\ntitle: Metals\ntags: [a, b]\nid: metals\n---\n- ${RED}\n`],
    ["with no heading", `---\ntitle: Metals\n---\n\n${RED}\n`],
    ["of which the text is no YAML", `---\nlayout: post\n---\n1. ${RED}\n   Answer: as: it: is\n`],
    ["after a comment", `# From our wiki\n---\ntitle: Metals\n---\n- ${RED}\n`],
    ["that are none, but a rule", `---\n\n1. ${RED}\n\n---\n`],
    ["that are none, but a first line", `title: Metals\n\n- ${RED}\n`],
  ])("with settings %s is no YAML", (_, text) => {
    expect(refusals(readText(name, text))).toEqual([]);
    expect(prompts(name, text)).toEqual([RED]);
  });

  test("that is YAML is read as such, and what is wrong in it is named", () => {
    expect(prompts(name, `---\nprompt: ${RED}\n---\nprompt: ${ALLOY}\n`)).toEqual([RED, ALLOY]);
    expect(prompts(name, `- prompt: ${RED}\n  level: advanced\n- prompt: ${ALLOY}\n`)).toEqual([RED, ALLOY]);
    expect(refusals(readText(name, `title: x\nprompt: "${RED}\nhints:\n  - a\n`))[0]).toContain(
      "this is no valid YAML",
    );
  });

  test("that is copied from a sheet is a table, also with lines in its cells and cells that are missing", () => {
    const rows = `Question,Answer,Remark\n${RED},"It absorbs\n- all blue?",x\n${ALLOY},A mixture.\n`;
    for (const text of [rows, rows.replaceAll(",", "\t"), rows.replaceAll(",", ";")]) {
      expect(prompts(name, text)).toEqual([RED, ALLOY]);
    }
  });

  test("that is broken JSON says what is wrong", () => {
    expect(refusals(readText(name, `[\n{"prompt": "${RED}"},\n]`))).toEqual([
      expect.stringContaining(":3: this is no valid JSON: a comma before ']', in line 2"),
    ]);
  });

  test.each([
    ["a sentence with words for columns", `Questions, answers, hints: all of them help.\n\n${RED}\n`],
    ["a sentence of which a part is known", `A question, as it is asked\n\n${RED}\n`],
    ["a sentence above one with as many commas", `Question, as it was asked\n\n1. ${RED}\n`],
    ["labels in words", `Question: ${RED}\nAnswer: It absorbs # blue.\n`],
  ])("is no table where it is %s", (_, text) => {
    expect(prompts(name, text)).toEqual([RED]);
  });
});
