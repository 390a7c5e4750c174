import type { PieceRole } from "@whetstone/shared/bank-wire";
import { isNumbered, type NumberedPiece, type Piece } from "./corrections.ts";

/** What an import was read as, arranged for reading: topics, and questions with a side for the candidate and one for the panel. */

export interface QuestionPart {
  readonly kind: "question";
  /** Counted from 1. */
  readonly number: number;
  readonly candidate: readonly Piece[];
  readonly panel: readonly Piece[];
  /** What stood within it and is in neither. */
  readonly out: readonly Piece[];
}

export type Part =
  | { readonly kind: "heading"; readonly piece: Piece }
  | { readonly kind: "out"; readonly pieces: readonly Piece[] }
  | QuestionPart;

/** So many questions stand on one page of a long import. */
const QUESTIONS_A_PAGE = 50;

type Side = "candidate" | "panel";

interface Open {
  readonly kind: "question";
  readonly number: number;
  readonly candidate: Piece[];
  readonly panel: Piece[];
  readonly out: Piece[];
  readonly file: string;
  readonly entry: number | null;
  side: Side;
}

interface OpenOut {
  readonly kind: "out";
  readonly pieces: Piece[];
}

/** The pieces as they are read, from top to bottom. */
export function arranged(pieces: readonly Piece[]): readonly Part[] {
  const parts: (Open | OpenOut | Extract<Part, { kind: "heading" }>)[] = [];
  let count = 0;
  for (const piece of inOrderOfText(pieces)) {
    const last = parts.at(-1);
    const question = last?.kind === "question" && belongsTo(piece, last) ? last : null;
    // What a row of a table says of its topic stands with its question.
    if (piece.role === "heading" && (piece.entry === null || question === null)) parts.push({ kind: "heading", piece });
    else if (piece.role === "question" || (question === null && piece.entry !== null && piece.role !== "out")) {
      count += 1;
      parts.push(begun(piece, count));
    } else if (question === null) {
      if (last?.kind === "out" && goesOn(last.pieces, piece)) last.pieces.push(piece);
      else parts.push({ kind: "out", pieces: [piece] });
    } else if (piece.role === "out") question.out.push(piece);
    else {
      question.side = sideOf(piece.role) ?? question.side;
      question[question.side].push(piece);
    }
  }
  return parts;
}

/** So much that is left out stands together. */
const MOST_OUT = 20;

/** Whether a piece stands with what was left out before it; a row of a table stands together. */
const goesOn = (pieces: readonly Piece[], { line }: Piece): boolean =>
  pieces.length < MOST_OUT || pieces.at(-1)?.line === line;

/** Whether a piece begins a row of a table, behind another row; one of them at least has several. */
export function beginsRow(pieces: readonly Piece[], at: number): boolean {
  const [line, before] = [pieces[at]?.line, pieces[at - 1]?.line];
  if (before === undefined || before === line) return false;
  return pieces[at + 1]?.line === line || pieces[at - 2]?.line === before;
}

const begun = (piece: Piece, number: number): Open => {
  const side = sideOf(piece.role) ?? "candidate";
  const { file, entry } = piece;
  const open: Open = { kind: "question", number, candidate: [], panel: [], out: [], file, entry, side };
  open[side].push(piece);
  return open;
};

/** Whether a piece goes on with a question: what is in no entry stands where it stood in the text. */
const belongsTo = ({ entry, file }: Piece, question: Open): boolean =>
  file === question.file && (entry === null || question.entry === null || entry === question.entry);

/** Who sees a piece; null for one that goes where the one before it went, or nowhere. */
function sideOf(role: PieceRole): Side | null {
  switch (role) {
    case "question":
    case "prompt":
    case "hint":
    case "followUp":
      return "candidate";
    case "answer":
    case "probes":
    case "redFlag":
    case "reference":
    case "heading":
      return "panel";
    case "join":
    case "out":
      return null;
    default:
      return role satisfies never;
  }
}

/** Each file's pieces by their numbers, so that what is left out stands where it stood. Those of a question stay together, as they are given. */
function inOrderOfText(pieces: readonly Piece[]): Piece[] {
  const files = new Map<string, Piece[]>();
  const firstOfEntry = new Map<number, number>();
  for (const piece of pieces) {
    const own = files.get(piece.file);
    if (own) own.push(piece);
    else files.set(piece.file, [piece]);
    if (piece.entry !== null && isNumbered(piece)) {
      firstOfEntry.set(piece.entry, Math.min(firstOfEntry.get(piece.entry) ?? piece.piece, piece.piece));
    }
  }
  const placeOf = ({ entry, piece }: NumberedPiece): number =>
    entry === null ? piece : (firstOfEntry.get(entry) ?? piece);
  return [...files.values()].flatMap((own) => {
    const numbered = own.filter(isNumbered);
    return numbered.length < own.length ? own : numbered.toSorted((one, other) => placeOf(one) - placeOf(other));
  });
}

/** What stands in a part, in the order in which it is shown. */
export function piecesOf(part: Part): readonly Piece[] {
  switch (part.kind) {
    case "heading":
      return [part.piece];
    case "out":
      return part.pieces;
    case "question":
      return [...part.candidate, ...part.panel, ...part.out];
    default:
      return part satisfies never;
  }
}

/** How much of a page a part takes, in questions. */
const takes = (part: Part): number => (part.kind === "out" ? Math.ceil(part.pieces.length / 4) : 1);

/** Parts in pages of at most fifty questions, or as much of what is left out; a topic stands with what follows it. */
export function inPages(parts: readonly Part[], most = QUESTIONS_A_PAGE): readonly (readonly Part[])[] {
  const pages: Part[][] = [];
  let count = most;
  let waiting: Part[] = [];
  for (const part of parts) {
    waiting.push(part);
    if (part.kind === "heading" && waiting.length < most) continue;
    const page = pages.at(-1);
    if (page === undefined || count >= most) {
      pages.push(waiting);
      count = takes(part);
    } else {
      page.push(...waiting);
      count += takes(part);
    }
    waiting = [];
  }
  if (waiting.length === 0) return pages;
  const last = pages.at(-1);
  if (last) last.push(...waiting);
  else pages.push(waiting);
  return pages;
}

/** Names a piece on the page, whatever is made of it. */
export const keyOf = ({ file, piece }: NumberedPiece): string => `${file}#${piece}`;

export interface Place {
  readonly page: number;
  readonly piece: NumberedPiece;
}

/** By its key, where each piece stands that can be put right, in the order in which they are shown. */
export function placesOf(pages: readonly (readonly Part[])[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [page, parts] of pages.entries()) {
    for (const piece of parts.flatMap(piecesOf)) if (isNumbered(piece)) places.set(keyOf(piece), { page, piece });
  }
  return places;
}

/** The first piece of a page that can be put right. */
export function firstOf(places: ReadonlyMap<string, Place>, page: number): string | null {
  for (const [key, place] of places) if (place.page === page) return key;
  return null;
}

/** The next piece that is unsure behind a place, or before it; around the end it goes on at the other. */
export function nextUnsure(places: ReadonlyMap<string, Place>, from: string | null, by: 1 | -1): string | null {
  const all = [...places];
  const at = from === null ? (by === 1 ? -1 : 0) : all.findIndex(([key]) => key === from);
  for (let step = 1; step <= all.length; step += 1) {
    const [key, place] = all[(at + by * step + 2 * all.length) % all.length] ?? [];
    if (key !== undefined && place && !place.piece.isSure) return key;
  }
  return null;
}
