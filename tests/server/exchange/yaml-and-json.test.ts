import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { KIT, lineOf, PACK, read, readText, refusals, sampleQuestion } from "./samples.ts";

const FOLDER = {
  "pack.yaml": stringify(PACK),
  "sources.yaml": "lists: []\n",
  "nets/first.yaml": stringify(sampleQuestion()),
  "data/second.yaml": stringify(sampleQuestion({ id: "second", topic: "data" })),
  "kits/short.yaml": stringify(KIT),
};
const folder = (prefix: string, changed: Record<string, string> = {}) =>
  Object.entries({ ...FOLDER, ...changed }).map(([name, text]) => ({ name: prefix + name, text }));

const contents = ({ pack, questions, kits }: ReturnType<typeof read>) => ({
  pack: pack?.pack,
  questions: questions.map(({ question }) => question),
  kits: kits.map(({ kit }) => kit),
});
const EXPECTED = {
  pack: PACK,
  questions: [sampleQuestion(), sampleQuestion({ id: "second", topic: "data" })],
  kits: [KIT],
};

describe("a pack", () => {
  test.each(["", "small/"])("is read as the project's folder, below %j", (prefix) => {
    const extra = { ".DS_Store": "\0\0", "README.md": "# About\n- No question?\n", "question.schema.json": "{}" };
    const parsed = read(...folder(prefix, extra));
    expect(refusals(parsed)).toEqual([]);
    expect(contents(parsed)).toEqual(EXPECTED);
    expect(parsed.passedOver.map(({ at }) => at.file)).toEqual(
      ["sources.yaml", ".DS_Store", "README.md", "question.schema.json"].map((name) => prefix + name),
    );
  });

  test("is read as one file of several documents, in any order", () => {
    const text = Object.values(FOLDER).toReversed().join("---\n");
    const parsed = readText("pack.yml", text);
    expect(refusals(parsed)).toEqual([]);
    expect({ ...contents(parsed), questions: contents(parsed).questions.toReversed() }).toEqual(EXPECTED);
    expect(parsed.questions.map(({ at }) => at.line)).toEqual([lineOf(text, "id: second"), lineOf(text, "id: first")]);
  });

  test("is read as JSON, whole or as a bare list of questions", () => {
    const { pack, questions, kits } = EXPECTED;
    const whole = JSON.stringify({ whetstone: 1, pack, questions, kits }, null, 2);
    expect(contents(readText("a.json", whole))).toEqual(EXPECTED);
    const parsed = readText("a.json", JSON.stringify(questions, null, 1));
    expect(contents(parsed)).toEqual({ pack: undefined, questions, kits: [] });
    expect(parsed.topics).toEqual([
      { id: "nets", name: "Nets" },
      { id: "data", name: "Data" },
    ]);
  });

  test("is told by its content where its name says nothing", () => {
    expect(readText("pasted.txt", JSON.stringify([sampleQuestion()])).questions).toHaveLength(1);
    expect(readText("pasted text", stringify(sampleQuestion())).questions[0]?.question).toEqual(sampleQuestion());
    expect(readText("pasted.txt", "title\tprompt\nA\tWhy?\n").questions[0]?.draft.prompt).toBe("Why?");
    expect(readText("pasted.txt", "- Why?\n").questions[0]?.draft.prompt).toBe("Why?");
  });

  test("may hold drafts, which say what they lack, with ids and criteria's ids made where they are missing", () => {
    const { id: _, hints: __, ...rest } = sampleQuestion();
    const criteria = ["Depth", "Depth"].map((name) => ({ name, anchors: ["a", "b", "c", ""] }));
    const [question] = readText("a.json", JSON.stringify([{ ...rest, criteria, references: null }])).questions;
    expect(question).toMatchObject({
      id: "a-title",
      question: null,
      lacks: ["a hint", "the anchor of level 4 of criterion 1", "the anchor of level 4 of criterion 2"],
      draft: { criteria: [{ id: "depth" }, { id: "depth-2" }] },
    });
    expect(question?.given).not.toContain("references");
  });
});

describe("what is wrong", () => {
  const good = FOLDER["data/second.yaml"];
  test.each([
    ["an unknown field", "level: working", "level: working\ncolour: red", "colour: is not a field that a question has"],
    [
      "an unknown level",
      "level: working",
      "level: hard",
      "level: must be one of: foundation, working, advanced, research",
    ],
    ["minutes in words", "minutes: 6", "minutes: six", "minutes: must be a number, not a text"],
    ["a text for a list", "  - One.", "  - One: two.", "strongAnswer.0: must be a text, not a group of fields"],
    ["an item of no list", "  - A1.1", "  - A1", "covers.0: must be an item of the source lists, such as A1.5"],
    [
      "a long title",
      "title: A title",
      `title: ${"a".repeat(121)}`,
      "title: has 121 characters; at most 120 are possible",
    ],
    ["an unknown topic", "topic: data", "topic: sorcery", "topic: sorcery is not a topic of the pack in this import"],
    ["an id that is none", "id: second", "id: Second One", "id: must be lower-case words joined by hyphens"],
  ])("is named with file, line and field in YAML: %s", (_, before, after, message) => {
    const text = good.replace(before, after);
    const found = refusals(read(...folder("", { "data/second.yaml": text })));
    const line = lineOf(text, after.split("\n").at(-1) ?? "");
    expect(found).toEqual([expect.stringContaining(`data/second.yaml:${line}: ${message}`)]);
  });

  test.each([
    ["a bracket that is not closed", "  - A1.1", "  - [A1.1"],
    ["a key that is there twice", "level: working", "level: working\nlevel: working"],
    ["a quote that is not closed", "title: A title", 'title: "A title'],
  ])("is named with file and line in broken YAML: %s", (_, before, after) => {
    const [first] = refusals(read(...folder("", { "data/second.yaml": good.replace(before, after) })));
    expect(first).toMatch(/^data\/second\.yaml:\d+: this is no valid YAML: [^\n]+$/);
  });

  test("is named with the line of the value in JSON", () => {
    const questions = [sampleQuestion(), { ...sampleQuestion({ id: "second" }), minutes: 0, hints: ["ok", 5] }];
    const text = JSON.stringify({ whetstone: 1, questions, kits: [{ ...KIT, minutes: 30 }] }, null, 2);
    expect(refusals(readText("a.json", text))).toEqual([
      `a.json:${lineOf(text, '"minutes": 0')}: questions.1.minutes: must be at least 1`,
      `a.json:${lineOf(text, " 5")}: questions.1.hints.1: must be a text, not a number`,
      `a.json:${lineOf(text, '"phases"')}: kits.0.phases: add up to 20 minutes, but the kit has 30`,
    ]);
  });

  test("is a competency that a kit does not have, or names twice, each with its line", () => {
    const text = stringify(KIT)
      .replace("competency: 2", "competency: 3")
      .replace("probes:\n      - 1\n      - 2", "probes: [1, 1,\n      4]");
    expect(refusals(readText("short.yaml", text))).toEqual([
      `short.yaml:${lineOf(text, "competency: 3")}: weights.0.competency: there is no competency 3; the kit has 2`,
      `short.yaml:${lineOf(text, "[1, 1,")}: questions.0.probes.1: competency 1 is named twice`,
      `short.yaml:${lineOf(text, "4]")}: questions.0.probes.2: there is no competency 4; the kit has 2`,
    ]);
  });

  test.each([
    ["a comma too many", '[\n  {"title": "a"},\n]', "a.json:3: this is no valid JSON: a comma before ']', in line 2"],
    [
      "an end too early",
      '[\n  {"title": "a"\n',
      "a.json:3: this is no valid JSON: it ends before everything is closed",
    ],
    [
      "a newer version",
      '{"whetstone":\n2, "questions": []}',
      "a.json:2: whetstone: must be 1: this server does not know",
    ],
    [
      "a field that a file has not",
      '{"questions": [],\n"extra": 1}',
      "a.json:2: extra: is not a field that a file has",
    ],
    ["a list that is none", '{"questions": {"a": 1}}', "a.json:1: questions: must be a list"],
    ["neither this nor that", '{"colour": 1}', "a.json:1: is no pack, question or kit"],
    [
      "no question in a list",
      '[{"colour": 1}]',
      "a.json:1: none of the columns is called as a question is: there is “colour”",
    ],
  ])("is refused in JSON: %s", (_, text, message) => {
    expect(refusals(readText("a.json", text))[0]).toContain(message);
  });

  test("is a field called __proto__, at any depth and in both formats", () => {
    const question = JSON.stringify(sampleQuestion()).replace("{", '{"__proto__": {"title": "x"}, ');
    expect(refusals(readText("a.json", `[${question}]`))).toEqual([
      "a.json:1: 0.__proto__: is not a field that a question has",
    ]);
    const nested = good.replace("  - ask: Why?", "  - __proto__: {ask: x}\n    ask: Why?");
    expect(refusals(readText("a.yaml", nested))).toEqual([
      `a.yaml:${lineOf(nested, "__proto__")}: followUps.0.__proto__: is not a field that a question has`,
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("is an id that is there twice, with both places named", () => {
    const files = folder("", { "data/third.yaml": good, "kits/other.yaml": FOLDER["kits/short.yaml"] });
    expect(refusals(read(...files))).toEqual([
      "data/third.yaml:1: id: second is the id of the question in data/second.yaml:1 too",
      "kits/other.yaml:1: id: short is the id of the kit in kits/short.yaml:1 too",
    ]);
  });

  test("is a second pack", () => {
    const files = folder("", { "other/pack.yaml": stringify({ ...PACK, id: "other" }) });
    expect(refusals(read(...files))).toEqual([
      "other/pack.yaml:1: is a second pack beside the one in pack.yaml:1; import one at a time",
    ]);
  });
});
