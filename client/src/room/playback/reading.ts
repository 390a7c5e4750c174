import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { Playback } from "@whetstone/shared/room/view/playback";
import type { DocumentName } from "@whetstone/shared/workspace/name";
import { DocumentHistory, type Written } from "@whetstone/shared/workspace/playback/history";
import type { DocumentReplayed } from "@whetstone/shared/workspace/wire";
import { fromBase64 } from "../../base64.ts";
import { isTemporary } from "../../refusals.ts";
import type { DocumentLine } from "../store/documents.ts";

/** How a document came to be, of whatever kind it is. */
export interface History {
  readonly moments: readonly { readonly at: number; readonly seatId: string | null }[];
  add(updates: readonly Written[]): void;
}

/** A document's history as it was read: all of it. */
export interface Read<Of extends History = DocumentHistory> {
  readonly history: Of;
  readonly playback: Playback;
  /** By seat, the names of those who wrote, in the order in which they began. */
  readonly writers: ReadonlyMap<string, string>;
}

export interface ReadingOptions {
  readonly name: DocumentName;
  readonly line: Pick<DocumentLine, "ask">;
  /** How much of it has come, from 0 to 1; null while the server cannot be reached. */
  readonly onProgress: (share: number | null) => void;
  /** Waits until it is worth while to ask again: `isAway` where no answer came. */
  readonly pause: (isAway: boolean) => Promise<void>;
  /** Whether nobody waits for it any more. */
  readonly isOver: () => boolean;
}

/** As `readInto`, of a text. */
export const readHistory = (options: ReadingOptions): Promise<Read | Refusal | null> =>
  readInto(new DocumentHistory(), options);

/**
 * Reads how a document came to be, piece by piece, however long the network takes. Gives why it cannot be read where that is so, and null
 * where nobody waits for it any more.
 */
export async function readInto<Of extends History>(
  history: Of,
  options: ReadingOptions,
): Promise<Read<Of> | Refusal | null> {
  const { name, line, onProgress, pause, isOver } = options;
  const writers = new Map<string, string>();
  for (let read = 0; !isOver(); ) {
    const answer = await line.ask({ type: "replay", ...name, after: read });
    if (isOver()) return null;
    if (!answer || (!answer.ok && isTemporary(answer.refusal.reason))) {
      if (!answer) onProgress(null);
      await pause(!answer);
      continue;
    }
    if (!answer.ok) return answer.refusal;
    for (const { seatId, name: called } of answer.writers) writers.set(seatId, called);
    try {
      history.add(writtenIn(answer));
    } catch {
      return refusal("document_damaged");
    }
    read += answer.updates.length;
    if (read >= answer.count) return { history, playback: answer.playback, writers };
    // What was stored last is gone, and what stands before it is not all.
    if (answer.updates.length === 0) return refusal("document_damaged");
    onProgress(read / answer.count);
  }
  return null;
}

const writtenIn = ({ updates, writers }: Extract<DocumentReplayed, { ok: true }>) =>
  updates.map(({ at, by, update }) => ({
    at,
    seatId: by === null ? null : (writers[by]?.seatId ?? null),
    update: fromBase64(update),
  }));
