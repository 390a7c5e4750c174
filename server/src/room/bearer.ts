import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { RoomState } from "@whetstone/shared/room/state";

/** The seat that a token opens, or why it opens none (any more). */
export function seatOfToken(state: RoomState, tokenHash: string): string | Refusal {
  for (const seat of Object.values(state.seats)) {
    if (seat.tokenHash === tokenHash) return seat.removed ? refusal("seat_removed") : seat.seatId;
    if (seat.formerTokenHashes.includes(tokenHash)) return refusal("seat_taken_over");
  }
  return refusal("unknown_link");
}
