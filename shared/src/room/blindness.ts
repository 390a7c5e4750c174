import type { RoomState, Scorecard } from "./state.ts";

/**
 * Whether the seat `readerId` may read the scorecard of another seat, `ownerId`. The only place that decides it: views and
 * everything made from them (exports, counts) follow.
 *
 * A draft is nobody's but its owner's. A submitted scorecard opens to a reader who has submitted their own (`after_own`),
 * once everybody still seated has (`after_all`), or, under `never`, only to the host after their own.
 */
export function mayRead(state: RoomState, readerId: string, ownerId: string): boolean {
  const reader = state.seats[readerId];
  if (!reader || reader.removed || readerId === ownerId) return false;
  if (!isSubmitted(state.scorecards[readerId]) || !isSubmitted(state.scorecards[ownerId])) return false;
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

function isSubmitted(scorecard: Scorecard | undefined): boolean {
  return scorecard !== undefined && scorecard.submittedAt !== null;
}

function everySeatedRaterSubmitted(state: RoomState): boolean {
  return Object.entries(state.scorecards).every(
    ([seatId, scorecard]) => state.seats[seatId]?.removed === true || isSubmitted(scorecard),
  );
}
