import type { DocumentPart } from "@whetstone/shared/workspace/name";
import { DocumentHistory } from "@whetstone/shared/workspace/playback/history";
import type { DocumentReplayed } from "@whetstone/shared/workspace/wire";
import type { Seat } from "./seats.ts";

/** How an ask's document came to be, as a seat without a screen reads it. */

type Piece = Extract<DocumentReplayed, { ok: true }>;

export const replay = (
  seat: Seat,
  askId: string,
  after: unknown = 0,
  part: DocumentPart = "text",
): Promise<DocumentReplayed> =>
  seat.ask("document", { type: "replay", askId, part, after }) as Promise<DocumentReplayed>;

/** Why a seat is refused; null where it is not. */
export async function whyNot(seat: Seat, askId: string, after: unknown = 0): Promise<string | null> {
  const answer = await replay(seat, askId, after);
  return answer.ok ? null : answer.refusal.reason;
}

/** All pieces, as it must be possible, and the history that they make. */
export async function replayedBy(
  seat: Seat,
  askId: string,
): Promise<{ readonly pieces: readonly Piece[]; readonly history: DocumentHistory }> {
  const history = new DocumentHistory();
  const pieces: Piece[] = [];
  let read = 0;
  do {
    const answer = await replay(seat, askId, read);
    if (!answer.ok) throw new Error(`The history was not read: ${answer.refusal.reason}`);
    pieces.push(answer);
    read += answer.updates.length;
    history.add(
      answer.updates.map(({ at, by, update }) => ({
        at,
        seatId: by === null ? null : (answer.writers[by]?.seatId ?? "nobody"),
        update: new Uint8Array(Buffer.from(update, "base64")),
      })),
    );
    if (answer.updates.length === 0) break;
  } while (read < (pieces[0]?.count ?? 0));
  return { pieces, history };
}
