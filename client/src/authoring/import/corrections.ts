import type { CorrectedRole, ImportCorrection, ImportPlan } from "@whetstone/shared/bank-wire";

/** What somebody put right in what an import was read as, with the way back. */

export type Piece = ImportPlan["pieces"][number];

/** A piece of a text, which can be put right; files that say themselves what each part is have none. */
export type NumberedPiece = Piece & { readonly piece: number };

export const isNumbered = (piece: Piece): piece is NumberedPiece => piece.piece !== null;

type Corrections = readonly ImportCorrection[];

export interface Change {
  /** The piece that was put right, or from which all of its shape were. */
  readonly piece: NumberedPiece;
  readonly as: CorrectedRole;
  readonly isForAll: boolean;
}

export interface History {
  readonly past: readonly Corrections[];
  readonly now: Corrections;
  readonly future: readonly Corrections[];
}

export const UNCORRECTED: History = { past: [], now: [], future: [] };

const moveTo = ({ past, now }: History, next: Corrections): History => ({
  past: [...past, now],
  now: next,
  future: [],
});

/** After a change. What was said of one piece alone stays when others of its shape are put right. */
export function put(history: History, { piece, as, isForAll }: Change): History {
  const { file, shape } = piece;
  const others = history.now.filter((one) => !isOfPiece(one, piece) && !(isForAll && isOfShape(one, piece)));
  return moveTo(history, [...others, isForAll ? { file, shape, as } : { file, piece: piece.piece, as }]);
}

export const cleared = (history: History): History => (history.now.length === 0 ? history : moveTo(history, []));

export function undone({ past, now, future }: History): History {
  const last = past.at(-1);
  return last === undefined ? { past, now, future } : { past: past.slice(0, -1), now: last, future: [now, ...future] };
}

export function redone({ past, now, future }: History): History {
  const [next, ...rest] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: rest };
}

const isOfPiece = (one: ImportCorrection, { file, piece }: Piece): boolean =>
  one.file === file && "piece" in one && one.piece === piece;

const isOfShape = (one: ImportCorrection, { file, shape }: Piece): boolean =>
  one.file === file && "shape" in one && one.shape === shape;

/** The pieces as they will be once the server has read them anew, as far as that is known here. */
export function withCorrections(pieces: readonly Piece[], corrections: Corrections): readonly Piece[] {
  if (corrections.length === 0) return pieces;
  const byPiece = new Map<string, CorrectedRole>();
  const byShape = new Map<string, CorrectedRole>();
  for (const one of corrections) {
    if ("piece" in one) byPiece.set(`${one.file}\n${one.piece}`, one.as);
    else byShape.set(`${one.file}\n${one.shape}`, one.as);
  }
  return pieces.map((piece) => {
    if (!isNumbered(piece)) return piece;
    const role = byPiece.get(`${piece.file}\n${piece.piece}`) ?? byShape.get(`${piece.file}\n${piece.shape}`);
    return role === undefined ? piece : { ...piece, role, isSure: true };
  });
}

/** How many others look like a piece and would be put right with it: those of which nothing was said by themselves. */
export function countAlike(pieces: readonly Piece[], of: NumberedPiece, corrections: Corrections): number {
  const own = new Set(corrections.flatMap((one) => ("piece" in one && one.file === of.file ? [one.piece] : [])));
  return pieces.filter(
    (other) =>
      isNumbered(other) &&
      other.file === of.file &&
      other.shape === of.shape &&
      other.piece !== of.piece &&
      !own.has(other.piece),
  ).length;
}
