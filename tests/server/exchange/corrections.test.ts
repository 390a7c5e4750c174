import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import { planImport } from "../../../server/src/bank/exchange/plan.ts";
import { readImport } from "../../../server/src/bank/exchange/read-import.ts";
import { shown } from "../../../server/src/bank/exchange/shown.ts";
import { UNSURE_LIST as TEXT } from "../../support/unsure-list.ts";
import { TODAY } from "./samples.ts";

const FILE = "list.md";
/** What an import is read as, with corrections: its pieces, and the questions that they make. */
function look(...corrections: ImportCorrection[]) {
  const parsed = readImport([{ name: FILE, text: TEXT }], { today: TODAY, corrections });
  const nothing = { question: () => undefined, kit: () => undefined, pack: () => undefined };
  const plan = shown(planImport(parsed, nothing, "ours"), parsed, false);
  const questions = parsed.questions.map(({ draft }) => ({
    prompt: draft.prompt,
    topic: draft.topic,
    asks: draft.followUps.map(({ ask }) => ask),
    answer: draft.strongAnswer,
  }));
  return { pieces: plan.pieces, questions, passedOver: plan.passedOver.map(({ message }) => message) };
}

function pieceOf(text: string) {
  const piece = look().pieces.find((one) => one.text === text);
  if (piece?.piece === undefined || piece.piece === null) throw new Error(`There is no ${text}.`);
  return { ...piece, piece: piece.piece };
}

const put = (text: string, as: ImportCorrection["as"]): ImportCorrection => ({
  file: FILE,
  piece: pieceOf(text).piece,
  as,
});
const promptsOf = ({ questions }: ReturnType<typeof look>) => questions.map(({ prompt }) => prompt);

describe("what an import is read as", () => {
  test("is told piece by piece, in the order of the text, with the question that each belongs to", () => {
    expect(look().pieces.map(({ line, role, isSure, entry, text }) => [line, role, isSure, entry, text])).toEqual([
      [1, "out", true, null, "Our list"],
      [3, "heading", true, null, "Metals"],
      [5, "question", true, 0, "Why is copper red?"],
      [5, "answer", false, 0, "It absorbs blue."],
      [7, "answer", true, 0, "It has one electron more"],
      [9, "question", false, 1, "Alloys"],
      [11, "answer", true, 1, "Mixtures of metals"],
      [12, "answer", false, 1, "What is bronze?"],
      [14, "answer", true, 1, "A closing word."],
      [16, "heading", true, null, "Gases"],
      [18, "question", true, 2, "Why is neon inert?"],
      [19, "followUp", false, 2, "Who found it?"],
      [20, "question", true, 3, "Which gas is heaviest?"],
    ]);
  });

  test("can be put right: what a candidate sees and what the panel does", () => {
    const { questions } = look(
      put("It absorbs blue.", "prompt"),
      put("Who found it?", "answer"),
      put("What is bronze?", "followUp"),
    );
    expect(questions[0]).toMatchObject({
      prompt: "Why is copper red?\n\nIt absorbs blue.",
      answer: ["It has one electron more"],
    });
    expect(questions[1]).toMatchObject({
      asks: ["What is bronze?"],
      answer: ["Mixtures of metals", "A closing word."],
    });
    expect(questions[2]).toMatchObject({ asks: [], answer: ["Who found it?"] });
  });

  test("can be put right: a heading that was a question, a question that was a heading", () => {
    const { questions } = look(
      put("Alloys", "heading"),
      put("Mixtures of metals", "question"),
      put("What is bronze?", "question"),
    );
    expect(questions.map(({ prompt, topic }) => [prompt, topic])).toEqual([
      ["Why is copper red?", "metals"],
      ["Mixtures of metals", "metals"],
      ["What is bronze?", "metals"],
      ["Why is neon inert?", "gases"],
      ["Which gas is heaviest?", "gases"],
    ]);
    expect(promptsOf(look(put("Gases", "question")))).toEqual([
      ...["Why is copper red?", "Alloys", "Gases", "Why is neon inert?", "Which gas is heaviest?"],
    ]);
  });

  test("can be put right: a piece goes on with the one before, or is left out and quoted", () => {
    const { questions, passedOver } = look(put("It has one electron more", "join"), put("A closing word.", "out"));
    expect(questions[0]?.answer).toEqual(["It absorbs blue.\nIt has one electron more"]);
    expect(questions[1]?.answer).toEqual(["Mixtures of metals", "What is bronze?"]);
    expect(passedOver).toEqual(["This text belongs to no question: “A closing word.”"]);
  });

  test("can be put right for all pieces of one shape, and for one of them otherwise", () => {
    const { shape } = pieceOf("Mixtures of metals");
    expect(pieceOf("It has one electron more").shape).toBe(shape);
    const all: ImportCorrection = { file: FILE, shape, as: "hint" };
    const roles = (corrected: ReturnType<typeof look>) =>
      corrected.pieces.filter((piece) => piece.shape === shape).map(({ role, isSure }) => [role, isSure]);
    expect(roles(look(all))).toEqual([
      ["hint", true],
      ["hint", true],
      ["hint", true],
    ]);
    expect(roles(look(put("Mixtures of metals", "answer"), all))).toEqual([
      ["hint", true],
      ["answer", true],
      ["hint", true],
    ]);
  });

  test("keeps the numbers of its pieces, whatever was put right, and what is said of another file changes nothing", () => {
    const before = look().pieces.map(({ piece, text }) => [piece, text]);
    const after = look(put("Alloys", "heading"), put("Why is neon inert?", "out"), {
      file: "other.md",
      piece: 3,
      as: "out",
    });
    expect(after.pieces.map(({ piece, text }) => [piece, text])).toEqual(before);
    expect(after.questions.map(({ prompt }) => prompt)).toEqual(["Why is copper red?", "Which gas is heaviest?"]);
  });
});
