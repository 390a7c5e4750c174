import { openedBy } from "../seats/capabilities.ts";
import type { RoomState } from "../state.ts";
import { type PanelView, panelView, remainsView } from "./view.ts";

/**
 * What whoever brings a secret, known by its SHA-256, may read of a room without sitting down in it, as when several rooms are
 * compared: the view of the seat that it leads back to, where that scores; else null. `now` in milliseconds since 1970.
 */
export function panelReading(state: RoomState, secretHash: string, now: number): PanelView | null {
  const opened = openedBy(state, secretHash, now);
  return "seat" in opened ? panelView(state, opened.seat.seatId) : null;
}

/** What whoever brings a secret may count of a room that was erased, as `remainsView` has it; else null. */
export function remainsReading(state: RoomState, secretHash: string, now: number): PanelView | null {
  const opened = openedBy(state, secretHash, now);
  return "seat" in opened ? remainsView(state, opened.seat.seatId) : null;
}
