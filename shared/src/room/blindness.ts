import type { RoomState, Scorecard } from "./state.ts";

/**
 * Whether submitted scorecards are open to the seat `readerId`. The only place that decides it, together with `mayRead`: views and
 * everything made from them (debriefs, exports, counts) follow.
 *
 * They open to who has submitted their own: at once (`after_own`), when everybody still seated has (`after_all`), or, under `never`,
 * only to the host.
 */
export function debriefIsOpen(state: RoomState, readerId: string): boolean {
  const reader = state.seats[readerId];
  if (!reader || reader.removed || !isSubmitted(state.scorecards[readerId])) return false;
  switch (state.blindPolicy) {
    case "after_own":
      return true;
    case "after_all":
      return everySeatedRaterSubmitted(state);
    case "never":
      return reader.role === "host";
    default:
      return state.blindPolicy satisfies never;
  }
}

/** Whether the seat `readerId` may read the scorecard of another seat, `ownerId`. A draft is nobody's but its owner's. */
export function mayRead(state: RoomState, readerId: string, ownerId: string): boolean {
  return readerId !== ownerId && isSubmitted(state.scorecards[ownerId]) && debriefIsOpen(state, readerId);
}

function isSubmitted(scorecard: Scorecard | undefined): boolean {
  return scorecard !== undefined && scorecard.versions.length > 0;
}

function everySeatedRaterSubmitted(state: RoomState): boolean {
  return Object.entries(state.scorecards).every(
    ([seatId, scorecard]) => state.seats[seatId]?.removed === true || isSubmitted(scorecard),
  );
}
