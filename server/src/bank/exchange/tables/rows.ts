import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { fitted } from "../fit.ts";
import type { PassedOver, Place, Refused } from "../parsed.ts";
import { passedOver } from "../passed-over.ts";
import { inWords, shortened } from "../phrases.ts";
import { correctorOf, type LoosePiece, type NumberedPiece, type Piece } from "../pieces.ts";
import { QuestionTexts } from "../question-texts.ts";
import { type RawImport, type RawQuestion, type ReadImport, rawImport } from "../raw.ts";

/** Rows of tables of others, and what they are once somebody has put right what their cells were taken for. */

/** A text of a row, and what it is taken for. All of one column and one kind have one shape. */
export interface CellPiece extends Pick<Piece, "role" | "isSure" | "shape" | "text"> {
  /** The text where nothing has to be said of its column. */
  readonly bare: string;
}

/** A row of another's table, which holds one question. */
export interface RawRow {
  readonly at: Place;
  /** The question first. */
  readonly cells: readonly CellPiece[];
  readonly about: {
    readonly title: string | undefined;
    readonly level: string | undefined;
    readonly minutes: number | undefined;
    readonly tags: readonly string[];
    /** The topic where no cell names one. */
    readonly topic: string | null;
  };
}

/** A row in which no question was found, and why it is refused. Where a whole table is, all its rows have the same refusal. */
export interface UnaskedRow extends RawRow {
  readonly refused: Refused;
}

const isRow = (entry: RawQuestion | RawRow): entry is RawRow => "cells" in entry;

/** All that is refused as long as nobody puts it right. */
export const refusedIn = ({ refused, unasked }: RawImport): readonly Refused[] => [
  ...new Set([...refused, ...unasked.map((row) => row.refused)]),
];

/** Makes questions of the rows as they were put right. Their texts are numbered in their files, whatever is made of them. */
export function rowsPutRight(raw: RawImport, corrections: readonly ImportCorrection[]): ReadImport {
  const maker = new RowMaker(corrections);
  const questions = raw.questions.flatMap((entry) => (isRow(entry) ? maker.make(entry) : [entry]));
  const refusals = new Map<Refused, { readonly row: UnaskedRow; readonly found: readonly RawQuestion[] }[]>();
  for (const row of raw.unasked) {
    const all = refusals.get(row.refused) ?? [];
    all.push({ row, found: maker.make(row) });
    refusals.set(row.refused, all);
  }
  const refused: Refused[] = [];
  for (const [refusal, rows] of refusals) {
    const found = rows.flatMap((row) => row.found);
    if (found.length === 0) refused.push(refusal);
    else {
      const without = rows.filter((row) => row.found.length === 0);
      refused.push(...without.map(({ row }) => ({ at: row.at, field: "", message: STILL_UNASKED })));
    }
    questions.push(...found);
  }
  return {
    ...raw,
    questions,
    unasked: [],
    refused: [...raw.refused, ...refused],
    passedOver: [...raw.passedOver, ...maker.passedOver],
    loose: [...raw.loose, ...maker.loose],
  };
}

const STILL_UNASKED = "none of its cells is the question; say which one is, or take the row out";

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

  make(row: RawRow | UnaskedRow): readonly RawQuestion[] {
    const pieces = this.#numbered(row);
    const asked = questionsOf(row, pieces);
    if (asked.length === 0) {
      this.#leaveOut(row, pieces, "refused" in row);
      return [];
    }
    const made = fitted(rawImport({ questions: asked }));
    this.passedOver.push(...made.passedOver);
    for (const piece of pieces) if (piece.role === "out") this.#passOver(row, piece);
    return made.questions;
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

  #leaveOut(row: RawRow, pieces: readonly NumberedCell[], isRefused: boolean): void {
    for (const piece of pieces) {
      if (isRefused) this.loose.push({ ...piece, file: row.at.file, role: "out", isSure: false });
      else this.#passOver(row, piece);
    }
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
