import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { fitted } from "../fit.ts";
import type { PassedOver, Refused } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import { inWords, shortened } from "../phrases.ts";
import { correctorOf, type LoosePiece, type NumberedPiece } from "../pieces.ts";
import { QuestionTexts } from "../question-texts.ts";
import {
  type CellPiece,
  type RawImport,
  type RawQuestion,
  type RawRow,
  type ReadImport,
  rawImport,
  type UnaskedRow,
} from "../raw.ts";

/** Rows of tables of others, and what they are once somebody has put right what their cells were taken for. */

const isRow = (entry: RawQuestion | RawRow): entry is RawRow => "cells" in entry;

/** All that is refused as long as nobody puts it right. */
export const refusedIn = ({ refused, unasked }: RawImport): readonly Refused[] => [
  ...new Set([...refused, ...unasked.map((row) => row.refused)]),
];

/** Makes questions of the rows as they were put right. Their texts are numbered in their files, whatever is made of them. */
export function rowsPutRight(raw: RawImport, corrections: readonly ImportCorrection[]): ReadImport {
  const maker = new RowMaker(corrections);
  const asked = raw.questions.flatMap((entry) => (isRow(entry) ? maker.make(entry) : [entry]));
  const refusals = new Map<Refused, Made[]>();
  for (const row of raw.unasked) {
    const made = { row, ...maker.makeUnasked(row) };
    const all = refusals.get(row.refused);
    if (all) all.push(made);
    else refusals.set(row.refused, [made]);
  }
  const questions = [...refusals.values()].flat().flatMap((made) => made.questions);
  return {
    ...raw,
    questions: [...asked, ...questions],
    unasked: [],
    refused: [...raw.refused, ...[...refusals].flatMap(([refusal, rows]) => stillRefused(refusal, rows))],
    passedOver: [...raw.passedOver, ...maker.passedOver],
    loose: [...raw.loose, ...maker.loose],
  };
}

/** What became of a row in which no question was found. */
interface Made {
  readonly row: UnaskedRow;
  readonly questions: readonly RawQuestion[];
  /** Whether somebody has said of all of it that it is left out. */
  readonly isLeftOut: boolean;
}

/** Where somebody has found the question of a table, those rows alone are refused in which there is none. */
function stillRefused(refusal: Refused, rows: readonly Made[]): Refused[] {
  const without = rows.filter(({ questions, isLeftOut }) => questions.length === 0 && !isLeftOut);
  if (without.length === 0) return [];
  if (without.length === rows.length) return [refusal];
  return without.map(({ row }) => ({ at: row.at, field: "", message: STILL_UNASKED }));
}

const STILL_UNASKED = "none of its texts is the question; say which one is, or leave all of them out";

type NumberedCell = CellPiece & NumberedPiece;

class RowMaker {
  readonly passedOver: PassedOver[] = [];
  readonly loose: LoosePiece[] = [];
  readonly #corrections: readonly ImportCorrection[];
  /** By their names, how many pieces the files have by now, and how they are put right. */
  readonly #files = new Map<string, { count: number; readonly correct: ReturnType<typeof correctorOf> }>();

  constructor(corrections: readonly ImportCorrection[]) {
    this.#corrections = corrections;
  }

  make(row: RawRow): readonly RawQuestion[] {
    const pieces = this.#numbered(row);
    const questions = this.#questions(row, pieces);
    if (questions.length === 0) this.#leaveOut(row, pieces);
    return questions;
  }

  makeUnasked(row: UnaskedRow): Omit<Made, "row"> {
    const pieces = this.#numbered(row);
    const questions = this.#questions(row, pieces);
    const isLeftOut = pieces.length > 0 && pieces.every(({ role }) => role === "out");
    if (isLeftOut) this.#leaveOut(row, pieces);
    else if (questions.length === 0) {
      const { file } = row.at;
      for (const piece of pieces) this.loose.push({ ...piece, file, role: "out", isSure: piece.role === "out" });
    }
    return { questions, isLeftOut };
  }

  #questions(row: RawRow, pieces: readonly NumberedCell[]): readonly RawQuestion[] {
    const asked = questionsOf(row, pieces);
    if (asked.length === 0) return [];
    const { questions, passedOver } = fitted(rawImport({ questions: asked }));
    this.passedOver.push(...passedOver);
    for (const piece of pieces) if (piece.role === "out") this.#passOver(row, piece);
    return questions;
  }

  #numbered({ at, cells }: RawRow): NumberedCell[] {
    const { file: name, line } = at;
    const file = this.#files.get(name) ?? { count: 0, correct: correctorOf(name, this.#corrections) };
    this.#files.set(name, file);
    return cells.map((cell) => {
      const number = file.count;
      file.count += 1;
      const piece = file.correct({ ...cell, line, number, level: 0, group: 1 }, number);
      return piece.role === cell.role ? piece : { ...piece, text: cell.bare };
    });
  }

  #leaveOut(row: RawRow, pieces: readonly NumberedCell[]): void {
    for (const piece of pieces) this.#passOver(row, piece);
    const { title, level, minutes, tags } = row.about;
    const beside = [title, level, minutes, ...tags].filter((one) => one !== undefined).join(", ");
    const { file, line } = row.at;
    if (beside !== "") this.passedOver.push(passedOver(file, line, "This stood beside what was left out", beside));
  }

  #passOver({ at }: RawRow, piece: NumberedCell): void {
    this.loose.push({ ...piece, file: at.file, role: "out" });
    this.passedOver.push(passedOver(at.file, at.line, "This text belongs to no question", piece.text));
  }
}

/** The questions that a row asks. What stands before the first of them in the row belongs to it too, as columns have no order. */
function questionsOf({ at, about }: RawRow, pieces: readonly NumberedCell[]): RawQuestion[] {
  const first = pieces.find(({ role }) => role === "question");
  if (!first) return [];
  let topic = about.topic;
  const made: { readonly texts: QuestionTexts; readonly pieces: NumberedCell[] }[] = [];
  for (const piece of [first, ...pieces.filter((other) => other !== first)]) {
    const { role, text } = piece;
    const last = made.at(-1);
    if (role === "question" || !last) made.push({ texts: new QuestionTexts(text), pieces: [piece] });
    else if (role !== "out") {
      last.pieces.push(piece);
      if (role === "heading") topic = shortened(inWords(text), BANK_LIMITS.topicName);
      else if (role === "join") last.texts.join(text);
      else last.texts.add(role, text);
    }
  }
  return made.map(({ texts, pieces: own }, index) => {
    const { title, level, minutes, tags } = about;
    const fields = {
      ...{ title: index === 0 ? title : undefined, level, minutes },
      tags: tags.length > 0 ? tags : undefined,
      ...texts.fields().value,
    };
    return {
      value: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      topicName: topic,
      place: () => at,
      field: ([field]) => (field === undefined ? "" : String(field)),
      pieces: own,
    };
  });
}
