import { describe, expect, test } from "vitest";
import { readText, refusals, sampleQuestion } from "./samples.ts";

const RED = "Why is copper red?";
const BLUE = "It absorbs blue.";
const ALLOY = "What is an alloy?";
const TWO = [
  { prompt: RED, notes: [BLUE] },
  { prompt: ALLOY, notes: ["A mixture."] },
];

const drafts = (name: string, text: string) =>
  readText(name, text).questions.map(({ draft }) => ({
    prompt: draft.prompt,
    notes: draft.strongAnswer,
    ...(draft.topic !== "" && { topic: draft.topic }),
  }));
const draftsOf = (value: unknown) => drafts("a.json", JSON.stringify(value));
const refusalsOf = (text: string) => refusals(readText("a.json", text));

describe("a list of groups of fields as others write it", () => {
  test("has its questions and answers where its fields say", () => {
    const text = `[\n  {"question": "${RED}", "answer": "${BLUE}"},\n  {"question": "${ALLOY}", "answer": "A mixture."}\n]\n`;
    expect(refusalsOf(text)).toEqual([]);
    expect(drafts("a.json", text)).toEqual(TWO);
    expect(readText("a.json", text).questions.map(({ at }) => at.line)).toEqual([2, 3]);
    expect(drafts("pasted.txt", text)).toEqual(TWO);
  });

  const list = TWO.map(({ prompt, notes }) => ({ questionText: prompt, modelAnswer: notes[0] }));
  test.each<[string, unknown]>([
    ["in a group", { items: list }],
    ["in a group in a group", { status: "ok", data: { cards: list } }],
    ["beside the name of our lists", { version: 2, questions: list }],
    ["as questions with their answers", Object.fromEntries(TWO.map(({ prompt, notes }) => [prompt, notes[0]]))],
    ["as rows under names", [["Answer", "Question"], ...TWO.map(({ prompt, notes }) => [notes[0], prompt])]],
    ["as bare rows", TWO.map(({ prompt, notes }) => [prompt, notes[0]])],
  ])("may stand %s", (_, value) => expect(draftsOf(value)).toEqual(TWO));

  test("is of the topic that stands around it, or of the name of its own list where there are several", () => {
    expect(draftsOf({ title: "Metals", author: "Ada", questions: list }).map(({ topic }) => topic)).toEqual([
      "metals",
      "metals",
    ]);
    expect(draftsOf({ Metals: list.slice(0, 1), Mixtures: list.slice(1) }).map(({ topic }) => topic)).toEqual([
      "metals",
      "mixtures",
    ]);
    const { passedOver } = readText("a.json", JSON.stringify({ author: "Ada", questions: list }));
    expect(passedOver.map(({ message }) => message)).toEqual([
      "The field author stands beside the questions, and was left out: “Ada”",
    ]);
  });

  test("may be of questions alone", () => {
    expect(draftsOf([RED, ALLOY]).map(({ prompt }) => prompt)).toEqual([RED, ALLOY]);
    expect(draftsOf({ Metals: [RED, ALLOY] }).map(({ prompt }) => prompt)).toEqual([RED, ALLOY]);
  });

  test("keeps for the panel what has parts of its own, whatever it is called", () => {
    const entry = {
      question: RED,
      choices: ["gold", "blue"],
      answers: [
        { text: "blue", correct: true },
        { text: "gold", correct: false },
      ],
      hints: [{ text: "It is blue." }],
      follow_ups: [{ question: "And gold?", answer: "It too." }],
      from: { book: { page: 3 } },
    };
    const [question] = readText("a.json", JSON.stringify([entry])).questions;
    expect(question?.draft).toMatchObject({
      prompt: RED,
      hints: [],
      followUps: [],
      strongAnswer: [
        "choices: gold\nblue",
        "answers:\n- text: blue\n  correct: true\n- text: gold\n  correct: false",
        "hints: - text: It is blue.",
        expect.stringMatching(/^follow_ups:\s- question: And gold\?\n {2}answer: It too\.$/),
        "from: book: page: 3",
      ],
    });
  });

  test("with lists of ours has them where they belong", () => {
    const entry = {
      question: RED,
      strongAnswer: ["One.", "Two."],
      followUps: [{ ask: "Why?", probes: "reasons" }],
      hints: ["Look."],
    };
    expect(readText("a.json", JSON.stringify([entry])).questions[0]?.draft).toMatchObject({
      strongAnswer: ["One.", "Two."],
      followUps: [{ ask: "Why?", probes: "reasons" }],
      hints: ["Look."],
    });
  });

  test("is refused once where no field is certainly the question, with the names of its fields", () => {
    const text = JSON.stringify([{ name: "Copper", note: "red" }, { name: "Tin" }, { name: "Lead" }]);
    expect(refusalsOf(text)).toEqual([
      expect.stringMatching(
        /^a\.json:1: none of the columns is called as a question is: there are “name”, “note”\. Say /,
      ),
    ]);
  });

  test("leaves questions of ours beside it as they are", () => {
    const parsed = readText("a.json", JSON.stringify([sampleQuestion(), { question: RED }]));
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions.map(({ question }) => question)).toEqual([sampleQuestion(), null]);
  });

  test("is read as YAML too, as one list, one document each, or around", () => {
    const entries = TWO.map(({ prompt, notes }) => `question: ${prompt}\n  answer: ${notes[0]}\n`);
    expect(drafts("a.yaml", entries.map((entry) => `- ${entry}`).join(""))).toEqual(TWO);
    expect(drafts("a.yml", `cards:\n${entries.map((entry) => `- ${entry}`).join("")}`)).toEqual(TWO);
    expect(drafts("a.yaml", entries.map((entry) => `---\n${entry.replaceAll("\n  ", "\n")}`).join(""))).toEqual(TWO);
    expect(drafts("pasted.txt", entries.map((entry) => `- ${entry}`).join(""))).toEqual(TWO);
  });
});

describe("JSON Lines", () => {
  const lines = TWO.map(({ prompt, notes }) => JSON.stringify({ question: prompt, answer: notes[0] }));

  test.each(["a.jsonl", "a.ndjson", "a.json", "pasted.txt"])("are read from %s, each line at its place", (name) => {
    const text = `${lines[0]}\r\n\r\n${lines[1]}\r\n`;
    expect(drafts(name, text)).toEqual(TWO);
    expect(readText(name, text).questions.map(({ at }) => at.line)).toEqual([1, 3]);
  });

  test("are refused at the line that is none", () => {
    expect(refusals(readText("a.jsonl", `${lines[0]}\n{"question": "x",}\n`))).toEqual([
      "a.jsonl:2: this is no valid JSON: a comma before '}', with nothing between them; take the comma out",
    ]);
  });
});

describe("what is no JSON is refused at its line and in words", () => {
  test.each([
    [
      "a comma before the end",
      `[\n  {"prompt": "${RED}"},\n  {"prompt": "${ALLOY}"},\n]\n`,
      4,
      "a comma before ']', in line 3, with nothing between them; take the comma out",
    ],
    [
      "the same in a group",
      `[{\n"a": 1,\n\n}]`,
      4,
      "a comma before '}', in line 2, with nothing between them; take the comma out",
    ],
    [
      "a comma that is missing",
      `[\n{"a": 1}\n\n{"a": 2}]`,
      2,
      "a comma is missing behind the value here, before what stands in line 4",
    ],
    [
      "a comma that is missing in a line",
      `[{"a": 1 "b": 2}]`,
      1,
      "a comma is missing behind the value here, before what follows",
    ],
    ["a comma too many", `[1,\n,2]`, 2, "a comma with nothing before it"],
    [
      "a list that is not closed",
      `{"a": [\n1\n`,
      3,
      "it ends before everything is closed: the '[' in line 1 is still open",
    ],
    ["the wrong bracket", `[\n{"a": 1]\n`, 2, "a '{' is closed by ']'"],
    ["a bracket too many", `[\n1]\n]`, 3, "something stands behind the end; a file has one value"],
    ["single quotes", `[\n{'a': 1}]`, 2, `texts and names stand in double quotes ("), and not in '`],
    ["curly quotes", `[\n“a”]`, 2, `texts and names stand in double quotes ("), and not in “`],
    ["a name without quotes", `[\n{a: 1}]`, 2, "the name a must stand in double quotes"],
    ["a comment", `[\n1, // one\n2]`, 2, "JSON has no comments; take this one out"],
    ["NaN", `[1,\nNaN]`, 2, "NaN is no value that JSON knows; texts stand in double quotes"],
    ["a text without quotes", `{"a":\nword}`, 2, "word is no value that JSON knows; texts stand in double quotes"],
    [
      "a line break in a text",
      `["a\nb"]`,
      1,
      "a text is opened in this line and not closed; a line break within one is written \\n",
    ],
    ["a text that is not closed", `[\n"a]`, 2, "a text is opened here and never closed"],
    ["a backslash", `["a",\n"C:\\dir"]`, 2, "a backslash in a text must be written twice"],
    ["a colon that is missing", `{\n"a" 1}`, 2, "a colon is missing between the name and this"],
    ["a value that is missing", `{"a":\n}`, 2, "the value of a field is missing before this"],
    ["nothing", " \n", 1, "nothing is in there"],
  ])("%s", (_, text, line, message) => {
    expect(refusalsOf(text)).toEqual([`a.json:${line}: this is no valid JSON: ${message}`]);
  });
});
