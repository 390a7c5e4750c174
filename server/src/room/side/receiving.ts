import type { RoomState } from "@whetstone/shared/room/state";
import { receivesWorkspace } from "@whetstone/shared/room/workspace/quiet";
import { type DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import type { Participant } from "./channel.ts";

/** Whether a viewer may receive anything of a document just now. */
export type MayReceive = (who: Pick<Participant, "seatId">, name: DocumentName) => boolean;

/**
 * By a room as it is on disk and as it will be: quiet time holds from when it is decided, before anybody could say that it is saved, to when its
 * end is saved.
 */
export const receiving =
  (durable: RoomState | null, ahead: RoomState | null): MayReceive =>
  ({ seatId }, { askId }) =>
    durable !== null &&
    ahead !== null &&
    receivesWorkspace(durable, seatId, askId) &&
    (ahead === durable || receivesWorkspace(ahead, seatId, askId));

/** Whether a viewer is a candidate who was moved back to the lobby: nothing is open to them until they are let in again. */
export const isOutside = ({ view }: Pick<Participant, "view">): boolean =>
  view?.role === "candidate" && view.you.movedOutBy !== undefined;

/** Nobody has so many documents; whoever asks for more in a lobby, where none is shown, is told of none of them. */
const KEPT_MOST = 500;

/** Which documents viewers are to open anew once they may receive them again. */
export class KeptBack {
  readonly #names = new Map<Participant, Map<string, DocumentName>>();

  keep(who: Participant, name: DocumentName): void {
    const theirs = this.#names.get(who) ?? new Map<string, DocumentName>();
    if (theirs.size < KEPT_MOST) theirs.set(documentKey(name), name);
    this.#names.set(who, theirs);
  }

  /** Whether anything is kept back from the viewer. */
  has(who: Participant): boolean {
    return (this.#names.get(who)?.size ?? 0) > 0;
  }

  /** Those that the viewer may receive by now; they are asked for once. */
  taken(who: Participant, mayReceive: MayReceive): readonly DocumentName[] {
    const theirs = [...(this.#names.get(who)?.values() ?? [])].filter((name) => mayReceive(who, name));
    for (const name of theirs) this.leave(who, documentKey(name));
    return theirs;
  }

  leave(who: Participant, key: string): void {
    this.#names.get(who)?.delete(key);
  }

  leaveAll(who: Participant): void {
    this.#names.delete(who);
  }
}
