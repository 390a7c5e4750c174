import type { Runnable } from "@whetstone/shared/workspace/language";
import { isPng, RUN_LIMITS, type Run, type RunPiece } from "@whetstone/shared/workspace/run";
import { faultOf, type LiveRun } from "./live-run.ts";

/** Of what is longer, so much is kept of its beginning; the rest that fits is its end. */
const FIRST = 2 / 3;
const GAP = "\n…\n";

/** Makes a picture small enough to be kept; null where it cannot be. */
export type Shrink = (png: string) => Promise<string | null>;

/** What is kept of a run with its ask, bounded as `SentRun` wants it; null while it runs, and where nothing ran. */
export async function keptRun(live: LiveRun, language: Runnable, shrink: Shrink): Promise<Run | null> {
  const { now, pieces } = live;
  if (now.state !== "over" || now.end.outcome === "unavailable") return null;
  const { end, results } = now;
  const shown = await withSmallPictures(pieces, shrink);
  const few = middleOut(shown, RUN_LIMITS.pieces);
  const kept = withinPrinted(few.map(smallTable));
  const isCut = JSON.stringify(kept) !== JSON.stringify(pieces);
  const fault = faultOf(end);
  return {
    language,
    ms: end.ms,
    outcome: end.outcome,
    fault: fault && {
      message: cut(fault.message, RUN_LIMITS.message),
      traceback: cut(fault.traceback, RUN_LIMITS.traceback),
      line: fault.line,
    },
    pieces: kept,
    isCut,
    tests: results.map((result) => ({
      outcome: result.outcome,
      message: result.outcome === "failed" ? cut(result.message, RUN_LIMITS.message) : "",
      line: result.outcome === "failed" ? result.line : null,
    })),
  };
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** The beginning and the end of a list that is too long. */
function middleOut<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const first = Math.round(most * FIRST);
  return [...list.slice(0, first), ...list.slice(first - most)];
}

async function withSmallPictures(pieces: readonly RunPiece[], shrink: Shrink): Promise<readonly RunPiece[]> {
  let [pictures, tables] = [0, 0];
  const kept: RunPiece[] = [];
  for (const piece of pieces) {
    if (piece.kind === "picture") {
      pictures += 1;
      if (pictures > RUN_LIMITS.pictures) continue;
      const fits = piece.png.length <= RUN_LIMITS.picture && isPng(piece.png);
      const png = fits ? piece.png : await shrink(piece.png);
      if (png !== null && png.length <= RUN_LIMITS.picture && isPng(png)) kept.push({ kind: "picture", png });
    } else if (piece.kind === "table") {
      tables += 1;
      if (tables <= RUN_LIMITS.tables) kept.push(piece);
    } else kept.push(piece);
  }
  return kept;
}

function smallTable(piece: RunPiece): RunPiece {
  if (piece.kind !== "table") return piece;
  const { columns, rows, cell } = RUN_LIMITS;
  return {
    ...piece,
    columns: piece.columns.slice(0, columns).map((name) => cut(name, cell)),
    rows: piece.rows
      .slice(0, rows)
      .map((row) => row.slice(0, columns).map((value) => (typeof value === "string" ? cut(value, cell) : value))),
  };
}

/** Of what was printed in all, its beginning and its end. */
function withinPrinted(pieces: readonly RunPiece[]): RunPiece[] {
  const length = pieces.reduce((sum, piece) => sum + (piece.kind === "printed" ? piece.text.length : 0), 0);
  if (length <= RUN_LIMITS.printed) return [...pieces];
  const room = RUN_LIMITS.printed - GAP.length;
  const first = Math.round(room * FIRST);
  const last = length - (room - first);
  let at = 0;
  let hasGap = false;
  const kept: RunPiece[] = [];
  for (const piece of pieces) {
    if (piece.kind !== "printed") {
      kept.push(piece);
      continue;
    }
    const before = piece.text.slice(0, Math.max(0, first - at));
    const after = piece.text.slice(Math.max(0, last - at));
    at += piece.text.length;
    const gap: string = hasGap || before === piece.text ? "" : GAP;
    const text = before === piece.text ? before : before + gap + after;
    hasGap ||= gap !== "";
    if (text !== "") kept.push({ ...piece, text });
  }
  return kept;
}
