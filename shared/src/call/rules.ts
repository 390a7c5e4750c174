import type { RefusalReason } from "../room/refusal.ts";
import type { View } from "../room/view/view.ts";
import { NOTHING_SENT, type Sending } from "./wire.ts";

/**
 * Who may be in a room's call, and who is connected to whom. It follows from what people are shown of the room and of each other, so that a call
 * tells nobody of somebody whom they do not see.
 */

/** Why a viewer may not be in the call; null where they may. `view` is null for whom nothing can be shown. */
export const whyNotInCall = (view: View | null): RefusalReason | null =>
  view && meetingOf(view) !== null ? "call_elsewhere" : whyNotTogether(view);

/** Why a viewer may not be where the others hear each other, wherever that is; null where they may. */
export function whyNotTogether(view: View | null): RefusalReason | null {
  if (!view) return "unknown_seat";
  switch (view.role) {
    case "candidate":
      if (!view.you.admitted) return "not_admitted";
      // What the panel says of the interview after it is not the candidate's to hear. Those who practise with each other go on talking.
      return view.room.phase === "ended" && !view.peers ? "call_over" : null;
    case "interviewer":
      return view.waiting ? "not_admitted" : null;
    case "captioner":
      if (view.waiting) return "not_admitted";
      // They may be there on the candidate's behalf.
      return view.room.phase === "ended" ? "call_over" : null;
    case "host":
    case "observer":
      return null;
    default:
      return view satisfies never;
  }
}

/** Whether a viewer may be heard and seen, or listens only. */
export const maySend = ({ role }: View): boolean => role !== "observer" && role !== "captioner";

/** The address of the meeting that takes the place of the room's own call; null where none does. */
export const meetingOf = (view: View): string | null =>
  view.room.call?.meeting ?? ("peers" in view ? (view.peers?.meeting ?? null) : null);

export const mayShareScreen = (view: View): boolean =>
  maySend(view) && !(view.role === "candidate" && view.room.call?.candidateSharesNot);

/** What of that which somebody sends they may. */
export const allowed = (view: View, sending: Sending): Sending =>
  maySend(view) ? { ...sending, screen: sending.screen && mayShareScreen(view) } : NOTHING_SENT;

/** Whether two are connected where they are in the call: each may be, and sees the other in the room, and one of them has something to send. */
export const areConnected = (one: View, other: View): boolean =>
  [one, other].every((view) => meetingOf(view) === null) && areTogether(one, other);

/** The same of two who hear each other wherever it is. */
export const areTogether = (one: View, other: View): boolean =>
  [one, other].every((view) => whyNotTogether(view) === null) &&
  (maySend(one) || maySend(other)) &&
  sees(one, other) &&
  sees(other, one);

/** A candidate's people are without themselves, and without observers as long as those are hidden. */
const sees = ({ people }: View, { you }: View): boolean => people.some(({ seatId }) => seatId === you.seatId);
