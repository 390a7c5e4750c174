import { type RoomState, type Round, roleIn } from "../state.ts";
import type { Scorecard } from "./state.ts";

/**
 * Whether a round's submitted scorecards are open to the seat `readerId`. The only place that decides it, together with `mayRead`:
 * views and everything made from them (debriefs, exports, counts) follow.
 *
 * They open to who has submitted their own: at once (`after_own`), when everybody still seated has (`after_all`), or, under `never`,
 * only to the host.
 */
export function debriefIsOpen(state: RoomState, round: Round, readerId: string): boolean {
  const reader = state.seats[readerId];
  if (!reader || reader.removed || !isSubmitted(round.scorecards[readerId])) return false;
  switch (state.blindPolicy) {
    case "after_own":
      return true;
    case "after_all":
      return everySeatedRaterSubmitted(state, round);
    case "never":
      return roleIn(state, round.roundId, readerId) === "host";
    default:
      return state.blindPolicy satisfies never;
  }
}

/** Whether the seat `readerId` may read the scorecard of another seat, `ownerId`. A draft is nobody's but its owner's. */
export function mayRead(state: RoomState, round: Round, readerId: string, ownerId: string): boolean {
  return readerId !== ownerId && isSubmitted(round.scorecards[ownerId]) && debriefIsOpen(state, round, readerId);
}

function isSubmitted(scorecard: Scorecard | undefined): boolean {
  return scorecard !== undefined && scorecard.versions.length > 0;
}

function everySeatedRaterSubmitted(state: RoomState, round: Round): boolean {
  return Object.entries(round.scorecards).every(
    ([seatId, scorecard]) => state.seats[seatId]?.removed === true || isSubmitted(scorecard),
  );
}
