import type { ImportPlan } from "@whetstone/shared/bank-wire";
import { describe, expect, test } from "vitest";
import {
  cleared,
  countAlike,
  isNumbered,
  type NumberedPiece,
  type Piece,
  put,
  redone,
  UNCORRECTED,
  undone,
  withCorrections,
} from "../../client/src/authoring/import/corrections.ts";
import { likelyInstead, ROLE_GROUPS, ROLE_KEYS } from "../../client/src/authoring/import/roles.ts";
import {
  arranged,
  beginsRow,
  inPages,
  nextUnsure,
  piecesOf,
  placesOf,
} from "../../client/src/authoring/import/sides.ts";

/** What an import was read as: how it is put right, and how it is arranged. */

type Role = Piece["role"];

const numbered = (piece: number, role: Role, entry: number | null = 0, about: Partial<Piece> = {}): NumberedPiece => ({
  ...{ file: "list.md", line: piece + 1, piece, shape: `a ${role}`, role, isSure: true, text: `text ${piece}`, entry },
  ...about,
  ...{ piece },
});

const LIST: readonly NumberedPiece[] = [
  numbered(0, "out", null),
  numbered(1, "heading", null),
  numbered(2, "question"),
  numbered(3, "answer", 0, { isSure: false }),
  numbered(4, "hint"),
  numbered(5, "join"),
  numbered(6, "question", 1),
  numbered(7, "answer", 1),
  numbered(8, "answer", 1),
];
const [, , , answer, hint, , , second, third] = LIST;
if (!answer || !hint || !second || !third) throw new Error("The list is shorter than that.");

describe("what is put right", () => {
  test("of one piece takes the place of what was said of it before", () => {
    const once = put(UNCORRECTED, { piece: answer, as: "prompt", isForAll: false });
    const twice = put(once, { piece: answer, as: "hint", isForAll: false });
    expect(twice.now).toEqual([{ file: "list.md", piece: 3, as: "hint" }]);
  });

  test("of all of a shape leaves what was said of others by themselves", () => {
    const one = put(UNCORRECTED, { piece: second, as: "redFlag", isForAll: false });
    expect(countAlike(LIST, answer, one.now)).toBe(1);
    const all = put(put(one, { piece: answer, as: "prompt", isForAll: false }), {
      ...{ piece: answer, as: "hint", isForAll: true },
    });
    expect(all.now).toEqual([
      { file: "list.md", piece: 7, as: "redFlag" },
      { file: "list.md", shape: "a answer", as: "hint" },
    ]);
    const roles = withCorrections(LIST, all.now).filter(({ shape }) => shape === "a answer");
    expect(roles.map(({ role, isSure }) => [role, isSure])).toEqual([
      ["hint", true],
      ["redFlag", true],
      ["hint", true],
    ]);
  });

  test("is undone, done again, and undone as a whole, which is undone too", () => {
    const one = put(UNCORRECTED, { piece: answer, as: "prompt", isForAll: false });
    const two = put(one, { piece: hint, as: "answer", isForAll: false });
    expect(undone(two).now).toBe(one.now);
    expect(redone(undone(two)).now).toBe(two.now);
    expect(undone(undone(undone(two))).now).toBe(UNCORRECTED.now);
    expect(redone(two)).toEqual(two);
    expect(cleared(two).now).toEqual([]);
    expect(undone(cleared(two)).now).toBe(two.now);
    expect(put(undone(two), { piece: third, as: "out", isForAll: false }).future).toEqual([]);
  });
});

describe("what was read", () => {
  const shape = (pieces: readonly Piece[]) =>
    arranged(pieces).map((part) =>
      part.kind === "question"
        ? [part.candidate, part.panel, part.out].map((side) => side.map(({ piece }) => piece))
        : [part.kind, ...piecesOf(part).map(({ piece }) => piece)],
    );

  test("is arranged by who sees it; what is joined goes where the piece before it went", () => {
    expect(shape(LIST)).toEqual([
      ["out", 0],
      ["heading", 1],
      [[2, 4, 5], [3], []],
      [[6], [7, 8], []],
    ]);
  });

  test("has what is left out at the question in which it stood, wherever the server names it", () => {
    const [first, ...rest] = LIST.filter(({ piece }) => piece !== 3);
    if (!first) throw new Error("There is none.");
    expect(shape([first, ...rest, numbered(3, "out", null)])).toEqual([
      ["out", 0],
      ["heading", 1],
      [[2, 4, 5], [], [3]],
      [[6], [7, 8], []],
    ]);
  });

  test("is arranged anew as soon as a piece is put right", () => {
    const corrected = withCorrections(LIST, [
      { file: "list.md", piece: 6, as: "heading" },
      { file: "list.md", piece: 4, as: "question" },
    ]);
    expect(shape(corrected).slice(2, 5)).toEqual([
      [[2], [3], []],
      [[4, 5], [], []],
      ["heading", 6],
    ]);
  });

  test("of a table has a row's question before its other cells, and its topic among them", () => {
    const rows = [
      [numbered(1, "question"), numbered(0, "answer"), numbered(2, "heading")],
      [numbered(4, "question", 1), numbered(3, "answer", 1), numbered(5, "heading", 1)],
    ];
    expect(shape([...rows.flat(), numbered(6, "out", null)])).toEqual([
      [[1], [0, 2], []],
      [[4], [3, 5], [6]],
    ]);
  });

  test("of what is left out stands so much together that it is soon drawn, and a row is not torn", () => {
    const out = (at: number, line: number) => numbered(at, "out", null, { line, isSure: false });
    const rows = Array.from({ length: 10 }, (_, at) => [0, 1, 2].map((cell) => out(3 * at + cell, at))).flat();
    expect(arranged(rows).map((part) => piecesOf(part).length)).toEqual([21, 9]);
    const uneven = [...rows.slice(0, 6), out(6, 9)];
    expect(uneven.flatMap((_, at) => (beginsRow(uneven, at) ? [at] : []))).toEqual([3, 6]);
    const many = Array.from({ length: 45 }, (_, at) => out(at, at));
    expect(arranged(many).map((part) => piecesOf(part).length)).toEqual([20, 20, 5]);
    expect(many.some((_, at) => beginsRow(many, at))).toBe(false);
  });

  test("of a file that says itself what each part is stands side by side too, and cannot be put right", () => {
    const own = LIST.map((piece): Piece => ({ ...piece, piece: null, file: "pack.yaml" })).slice(2, 5);
    expect(own.some(isNumbered)).toBe(false);
    const [part] = arranged(own);
    expect(part?.kind === "question" && [part.candidate.length, part.panel.length]).toEqual([2, 1]);
    expect(placesOf(inPages(arranged(own))).size).toBe(0);
    expect(withCorrections(own, [{ file: "pack.yaml", piece: 3, as: "out" }])).toEqual(own);
  });

  test("is divided into pages of whole questions, a topic before its first", () => {
    const many = Array.from({ length: 5 }, (_, at) => [
      numbered(2 * at, "heading", null),
      numbered(2 * at + 1, "question", at),
    ]).flat();
    const pages = inPages(arranged(many), 2).map((page) => page.map(({ kind }) => kind));
    expect(pages).toEqual([
      ["heading", "question", "heading", "question"],
      ["heading", "question", "heading", "question"],
      ["heading", "question"],
    ]);
    expect(inPages(arranged([numbered(0, "out", null)]))).toHaveLength(1);
    const left = Array.from({ length: 600 }, (_, at) => numbered(at, "out", null));
    expect(inPages(arranged(left)).map((page) => page.flatMap(piecesOf).length)).toEqual([200, 200, 200]);
    expect(inPages([])).toEqual([]);
  });

  test("leads from one unsure piece to the next and around", () => {
    const pieces = LIST.map((piece) => ({ ...piece, isSure: ![3, 8].includes(piece.piece) }));
    const places = placesOf(inPages(arranged(pieces)));
    expect(nextUnsure(places, null, 1)).toBe("list.md#3");
    expect(nextUnsure(places, null, -1)).toBe("list.md#8");
    expect(nextUnsure(places, "list.md#3", 1)).toBe("list.md#8");
    expect(nextUnsure(places, "list.md#8", 1)).toBe("list.md#3");
    expect(nextUnsure(placesOf(inPages(arranged(LIST.filter(({ isSure }) => isSure)))), null, 1)).toBeNull();
  });
});

describe("what can be chosen", () => {
  test("is every role once, each with a key of its own", () => {
    const roles = ROLE_GROUPS.flatMap((group) => group.roles);
    expect(new Set(roles)).toEqual(new Set(Object.keys(ROLE_KEYS)));
    expect(roles).toHaveLength(new Set(Object.values(ROLE_KEYS)).size);
  });

  test.each<[Role, string, boolean, ImportPlan["pieces"][number]["role"]]>([
    ["prompt", "Take two.", false, "answer"],
    ["answer", "Two.", false, "prompt"],
    ["answer", "And why?**", false, "followUp"],
    ["answer", "なぜですか？", false, "followUp"],
    ["heading", "Gases", true, "question"],
    ["question", "Gases", false, "heading"],
    ["followUp", "Who?", false, "answer"],
    ["out", "Our list", true, "heading"],
    ["out", "A word.", false, "answer"],
  ])("what was taken for %s (%s) is most likely else", (role, text, isAlone, expected) => {
    expect(likelyInstead(numbered(0, role, 0, { text }), isAlone)).toBe(expected);
  });
});
