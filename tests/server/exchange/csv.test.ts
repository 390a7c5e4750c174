import { describe, expect, test } from "vitest";
import { CSV_COLUMNS, CSV_RULES } from "../../../server/src/bank/exchange/csv-columns.ts";
import { fixture, read, readText, refusals } from "./samples.ts";

const drafts = (text: string) => readText("a.csv", text).questions.map(({ draft }) => draft);
const refusalsOf = (text: string) => refusals(readText("a.csv", text));

describe("a CSV file", () => {
  test("is read as a spreadsheet saves it: semicolons, line breaks in cells, headers in words, empty rows", () => {
    const parsed = read(fixture("spreadsheet.csv"));
    expect(refusals(parsed)).toEqual([]);
    expect(parsed.questions.map(({ id, at }) => [id, at.line])).toEqual([
      ["momentum", 3],
      ["5-disks-why", 8],
    ]);
    expect(parsed.questions[0]?.draft).toMatchObject({
      topic: "optimisation",
      level: "advanced",
      minutes: 7,
      tags: ["sgd", "step-size"],
      prompt: 'What is "momentum"?\nAnd Nesterov\'s?',
      followUps: [
        { ask: "Why in ravines?", probes: "curvature" },
        { ask: "And later?\nWith noise.", probes: "" },
      ],
      criteria: [{ id: "depth", name: "Depth", anchors: ["=wrong", "", "", ""] }],
    });
    expect(parsed.topics).toEqual([{ id: "optimisation", name: "Optimisation" }]);
    expect(parsed.passedOver.map(({ at }) => at.line)).toEqual([7]);
  });

  test.each([",", ";", "\t"])("may be separated by %j, with any line ends", (separator) => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = ["prompt,title,minutes", "Why?,One,3", 'How?,"Two, three; four",4']
        .join(end)
        .replaceAll(",", separator);
      expect(drafts(text).map(({ prompt, minutes }) => [prompt, minutes])).toEqual([
        ["Why?", 3],
        ["How?", 4],
      ]);
    }
  });

  test("needs no more than prompts, and makes titles of them", () => {
    const [question] = readText("a.csv", "prompt\nWhat is dropout? Explain.\n").questions;
    expect(question).toMatchObject({ id: "what-is-dropout", draft: { title: "What is dropout?" }, question: null });
    expect(question?.given).toEqual(["prompt"]);
  });

  test("may call a topic by the name that the import's pack gives it", () => {
    const topics = "topics: [{id: nets, name: Neural nets}]";
    const rest = "communication: {id: c, name: C, anchors: [a, b, c, d]}";
    const pack = { name: "pack.yaml", text: `id: p\ntitle: P\ndescription: D\n${topics}\n${rest}\n` };
    const csv = { name: "a.csv", text: "title,topic\nOne,neural Nets\nTwo,nets\nThree,Unknown one\n" };
    const parsed = read(pack, csv);
    expect(parsed.questions.map(({ draft }) => draft.topic)).toEqual(["nets", "nets"]);
    expect(refusals(parsed)).toEqual(["a.csv:4: topic: Unknown one is not a topic of the pack in this import"]);
  });

  test("has a sentence for each of its columns and rules", () => {
    for (const sentence of [...Object.values(CSV_COLUMNS), ...CSV_RULES]) expect(sentence).toMatch(/^[A-Z].*\.$/s);
  });

  test.each([
    [
      "a quotation mark that is never closed",
      'title,prompt\nA,b\nC,"d\ne,f\n',
      /^a\.csv:3: a quotation mark is opened/,
    ],
    ["a column that is there twice", "title,Title\nA,b\n", /^a\.csv:1: title: is there twice$/],
    ["no header", "dropout,easy\nWhy?,hard\n", /^a\.csv:1: none of the columns is called as a question is/],
    ["too many cells", "title,prompt\nA,b\nC,d, and e\n", /^a\.csv:3: cell 3 stands below no column's name/],
    ["an unknown level", "title,level\nA,hard\n", /^a\.csv:2: level: must be one of: foundation, working/],
    ["minutes in words", "title,minutes\nA,six\n", /^a\.csv:2: minutes: must be a (whole )?number, not a text$/],
    ["too many minutes", "title,minutes\nA,61\n", /^a\.csv:2: minutes: must be at most 60$/],
    ["a wrong id", "title,id\nA,Not This\n", /^a\.csv:2: id: must be lower-case words joined by hyphens/],
    ["a month that is none", "title,reviewed\nA,2026-13\n", /^a\.csv:2: reviewed: must be a month as YYYY-MM$/],
    ["too many hints", 'title,hints\nA,"a\nb\nc\nd"\n', /^a\.csv:2: hints: has 4 entries; at most 3 are possible$/],
    ["a long follow-up", `title,follow_ups\nA,${"b".repeat(4_001)}\n`, /^a\.csv:2: follow_ups: has 4001 characters/],
    [
      "a long anchor",
      `title,criterion_1_name,criterion_1_level_3\nA,B,${"c".repeat(401)}\n`,
      /^a\.csv:2: criterion_1_level_3: has 401 characters; at most 400 are possible$/,
    ],
    [
      "a row with neither title nor prompt",
      "title,prompt,minutes\n,,5\n",
      /^a\.csv:2: title: is empty, and so is the prompt/,
    ],
  ])("is refused with its line for %s", (_, text, message) => {
    expect(refusalsOf(text)).toEqual([expect.stringMatching(message)]);
  });
});
