import { findLink, linkProblem, seatOfLink, seatOfSecret } from "../seats/capabilities.ts";
import type { Seat } from "../seats/state.ts";
import type { RoomState } from "../state.ts";
import { type PanelView, panelView } from "./view.ts";

/**
 * What whoever brings a secret, known by its SHA-256, may read of a room without sitting down in it, as when several rooms are
 * compared: the view of the seat that is theirs, where it scores; else null. `now` in milliseconds since 1970.
 */
export function panelReading(state: RoomState, secretHash: string, now: number): PanelView | null {
  const seat = seatOfSecret(state, secretHash) ?? hostOfLink(state, secretHash, now);
  return seat ? panelView(state, seat.seatId) : null;
}

/** The host's link is their way back; any other link is only an invitation, and shows nothing of its own. */
function hostOfLink(state: RoomState, secretHash: string, now: number): Seat | undefined {
  const link = findLink(state, secretHash);
  return link?.role === "host" && linkProblem(link, now) === null ? seatOfLink(state, "host") : undefined;
}
