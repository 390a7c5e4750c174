import type { CorrectedRole, ImportCorrection } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import { planImport } from "../../../server/src/bank/exchange/plan.ts";
import { type OpenedFile, readImport } from "../../../server/src/bank/exchange/read-import.ts";
import { shown } from "../../../server/src/bank/exchange/shown.ts";
import { TODAY } from "./samples.ts";

const NOTHING = { question: () => undefined, kit: () => undefined, pack: () => undefined };
const RED = "Why is copper red?";
const ALLOY = "What is an alloy?";

/** A table, and what it is read as with corrections of its cells. */
function table(file: OpenedFile) {
  const look = (corrections: readonly ImportCorrection[] = []) => {
    const parsed = readImport([file], { today: TODAY, corrections });
    const plan = shown(planImport(parsed, NOTHING, "ours"), parsed, false);
    return {
      pieces: plan.pieces,
      questions: parsed.questions.map(({ draft }) => draft),
      refused: plan.refused.map(({ line, message }) => `${line}: ${message}`),
      passedOver: plan.passedOver.map(({ message }) => message),
    };
  };
  const pieceOf = (text: string) => {
    const found = look().pieces.find((piece) => piece.text === text);
    if (!found || found.piece === null) throw new Error(`There is no ${text}.`);
    return { ...found, piece: found.piece };
  };
  const one = (text: string, as: CorrectedRole): ImportCorrection => {
    const { file: name, piece } = pieceOf(text);
    return { file: name, piece, as };
  };
  const all = (text: string, as: CorrectedRole): ImportCorrection => {
    const { file: name, shape } = pieceOf(text);
    return { file: name, shape, as };
  };
  return { look, one, all };
}

const csv = (text: string) => table({ name: "team.csv", text });
const TEAM = csv(
  `Topic,Question,Answer,Notes,Probe\nMetals,${RED},It absorbs blue.,ask early,And gold?\nMixtures,${ALLOY},Metals mixed.,,And bronze?\n`,
);

describe("a table of others", () => {
  test("is told cell by cell, with the question of each row", () => {
    const { pieces } = TEAM.look();
    expect(pieces.map(({ line, role, isSure, entry, text }) => [line, role, isSure, entry, text])).toEqual([
      [2, "question", true, 0, RED],
      [2, "answer", true, 0, "It absorbs blue."],
      [2, "answer", true, 0, "Notes: ask early"],
      [2, "answer", true, 0, "Probe: And gold?"],
      [2, "heading", true, 0, "Metals"],
      [3, "question", true, 1, ALLOY],
      [3, "answer", true, 1, "Metals mixed."],
      [3, "answer", true, 1, "Probe: And bronze?"],
      [3, "heading", true, 1, "Mixtures"],
    ]);
  });

  test("has a column that means something else by one word of it, and one cell of it that does not", () => {
    const { all, one, look } = TEAM;
    const column = look([all("Probe: And gold?", "followUp")]);
    expect(column.questions.map(({ followUps }) => followUps.map(({ ask }) => ask))).toEqual([
      ["And gold?"],
      ["And bronze?"],
    ]);
    const { questions } = look([all("Probe: And gold?", "followUp"), one("Probe: And bronze?", "out")]);
    expect(questions.map(({ followUps }) => followUps.map(({ ask }) => ask))).toEqual([["And gold?"], []]);
    expect(questions.map(({ strongAnswer }) => strongAnswer)).toEqual([
      ["It absorbs blue.", "Notes: ask early"],
      ["Metals mixed."],
    ]);
  });

  test("can have its question in another column, and what was taken for it is the panel's", () => {
    const { all, look } = csv("Question,Item\nHard one,Name a noble gas.\nEasy one,Name a metal.\n");
    const { questions, passedOver } = look([all("Item: Name a noble gas.", "question"), all("Hard one", "answer")]);
    expect(questions.map(({ prompt, strongAnswer }) => [prompt, strongAnswer])).toEqual([
      ["Name a noble gas.", ["Hard one"]],
      ["Name a metal.", ["Easy one"]],
    ]);
    expect(passedOver).toEqual([]);
  });

  test("asks two questions in a row where somebody says so, and what is joined goes on with the cell before", () => {
    const { one, look } = TEAM;
    const { questions } = look([one("Probe: And gold?", "question"), one("Notes: ask early", "join")]);
    expect(questions.map(({ prompt, strongAnswer, topic }) => [prompt, strongAnswer, topic])).toEqual([
      [RED, ["It absorbs blue.\nask early"], "metals"],
      ["And gold?", [], "metals"],
      [ALLOY, ["Metals mixed.", "Probe: And bronze?"], "mixtures"],
    ]);
  });

  test("takes a topic from any of its columns", () => {
    const { one, look } = csv(`Question,Field\n${RED},Colours\n`);
    expect(look([one("Field: Colours", "heading")]).questions.map(({ topic }) => topic)).toEqual(["colours"]);
  });

  test("of which a row is left out leaves it out, quotes it, and can take it back", () => {
    const { one, look } = TEAM;
    const { questions, pieces, passedOver } = look([one(RED, "out")]);
    expect(questions.map(({ prompt }) => prompt)).toEqual([ALLOY]);
    expect(pieces.filter(({ entry }) => entry === null).map(({ role, text }) => [role, text])).toEqual([
      ["out", RED],
      ["out", "It absorbs blue."],
      ["out", "Notes: ask early"],
      ["out", "Probe: And gold?"],
      ["out", "Metals"],
    ]);
    for (const text of [RED, "It absorbs blue.", "ask early"]) expect(passedOver.join("\n")).toContain(text);
    expect(look([one(RED, "question")]).questions).toHaveLength(2);
  });

  test("of which a row is left out quotes what stood beside its texts too", () => {
    const { one, look } = csv(`Title,Question,Level,Minutes,Tags\nRed,${RED},easy,4,"light, atoms"\n`);
    expect(look([one(RED, "out")]).passedOver).toContain(
      "This stood beside what was left out: “Red, foundation, 4, light, atoms”",
    );
  });

  test("keeps the numbers of its cells, whatever was put right", () => {
    const { one, all, look } = TEAM;
    const numbers = ({ pieces }: ReturnType<typeof look>) =>
      pieces.map(({ piece, line }) => `${line}:${piece}`).toSorted();
    const before = numbers(look());
    expect(new Set(before).size).toBe(before.length);
    for (const corrections of [[one(RED, "out")], [all("Probe: And gold?", "question")], [all(RED, "answer")]]) {
      expect(numbers(look(corrections))).toEqual(before);
    }
  });
});

describe("a table in which no column is the question", () => {
  const FILE = csv("Item,Key\nName a noble gas.,Neon\nName a metal.,Iron\nNothing here,\n");

  test("is refused, and shown with nothing of it for a candidate", () => {
    const { refused, pieces, questions } = FILE.look();
    expect(refused).toEqual([expect.stringContaining("1: none of the columns is called as a question is")]);
    expect(questions).toEqual([]);
    expect(new Set(pieces.map(({ role, isSure, entry }) => `${role} ${isSure} ${entry}`))).toEqual(
      new Set(["out false null"]),
    );
  });

  test("is read as soon as somebody says which one is", () => {
    const { one, all, look } = FILE;
    const { refused, questions } = look([all("Item: Name a noble gas.", "question"), all("Key: Neon", "answer")]);
    expect(refused).toEqual([]);
    expect(questions.map(({ prompt, strongAnswer }) => [prompt, strongAnswer])).toEqual([
      ["Name a noble gas.", ["Key: Neon"]],
      ["Name a metal.", ["Key: Iron"]],
      ["Nothing here", []],
    ]);
    const first = look([one("Item: Name a noble gas.", "question")]);
    expect(first.questions.map(({ prompt }) => prompt)).toEqual(["Name a noble gas."]);
    expect(first.refused).toEqual([expect.stringContaining("3: none of its texts is the question")]);
  });
});

describe("a row without a question", () => {
  const FILE = csv(`Question,Answer\n${RED},It absorbs blue.\n,Metals mixed.\n,"Answer: so"\n`);

  test("is refused with its cells in sight, and read once one of them is the question", () => {
    const { one, look } = FILE;
    expect(look().refused).toHaveLength(1);
    const { questions, refused } = look([one("Metals mixed.", "question"), one("Answer: so", "out")]);
    expect(questions.map(({ prompt }) => prompt)).toEqual([RED, "Metals mixed."]);
    expect(refused).toEqual([]);
  });
});

describe("a workbook and a JSON file", () => {
  const records = (file: string, rows: readonly (readonly string[])[]) =>
    rows.map((cells, index) => ({ cells, at: { file, line: index + 1 } }));

  test("have the cells of each sheet put right by themselves", () => {
    const sheets = ["One", "Two"].map((name) => ({
      topic: name,
      records: records(`book.xlsx, ${name}`, [
        ["Question", "Notes"],
        [RED, "early"],
      ]),
    }));
    const { all, look } = table({ name: "book.xlsx", sheets });
    expect(look([all("Notes: early", "hint")]).questions.map(({ hints, topic }) => [hints, topic])).toEqual([
      [["early"], "one"],
      [[], "two"],
    ]);
  });

  test("have each list in them numbered on from the one before", () => {
    const text = JSON.stringify({ metals: [{ question: RED, note: "a" }], mixtures: [{ question: ALLOY, note: "b" }] });
    const { one, look } = table({ name: "list.json", text });
    expect(look().pieces.map(({ piece }) => piece)).toEqual([0, 1, 2, 3]);
    expect(look([one("note: b", "hint")]).questions.map(({ hints }) => hints)).toEqual([[], ["b"]]);
  });
});
