import type { CorrectedRole, ImportCorrection, PieceRole } from "@whetstone/shared/bank-wire";

/** A piece of a text that was read, and what it is taken for. */
export interface Piece {
  readonly line: number;
  readonly role: PieceRole;
  readonly text: string;
  readonly isSure: boolean;
  /** Pieces of one shape look alike, so that what is said of one may hold for all. */
  readonly shape: string;
  /** Of a heading, how high it stands, less being higher; see `NAME_LEVELS`. */
  readonly level: number;
  /** Which of several lists in one text it is from, counted from 1. */
  readonly group: number;
}

/** A piece with its number in its file, by which it is put right. */
export interface NumberedPiece extends Piece {
  readonly number: number;
}

/** One that belongs to no question: a heading, or what is left out. */
export interface LoosePiece extends NumberedPiece {
  readonly file: string;
}

/** Names that are bold lines, plain lines and items of a list are below all real headings. */
export const NAME_LEVELS = { bold: 7, line: 8, item: 9 } as const;

/** The kind of the one heading that names the whole text: no topic, and nothing that was lost. */
export const TITLE = "title";

/** The pieces of a file as they are put right. */
export const corrected = (pieces: readonly Piece[], file: string, corrections: readonly ImportCorrection[]): Piece[] =>
  pieces.map(correctorOf(file, corrections));

/** Puts right one piece of a file, given its number there. */
export function correctorOf(
  file: string,
  corrections: readonly ImportCorrection[],
): <T extends Piece>(piece: T, number: number) => T {
  const own = corrections.filter((correction) => correction.file === file);
  const byNumber = new Map<number, CorrectedRole>();
  const byShape = new Map<string, CorrectedRole>();
  for (const correction of own) {
    if ("piece" in correction) byNumber.set(correction.piece, correction.as);
    else byShape.set(correction.shape, correction.as);
  }
  return (piece, number) => {
    const role = byNumber.get(number) ?? byShape.get(piece.shape);
    if (role === undefined) return piece;
    return { ...piece, role, isSure: true, level: piece.level || NAME_LEVELS.bold };
  };
}
