import type { PeersView } from "@whetstone/shared/room/view/peers";
import type { PastRound } from "@whetstone/shared/room/view/peers-said";

/** Rounds that are over, by what the viewer was in them. */
export type RatedRound = Extract<PastRound, { you: "rated" }>;
export type AnsweredRound = Extract<PastRound, { you: "answered" }>;

/** Who asked in a round, by name. */
export function interviewerOf({ rounds, order }: PeersView, roundId: number): string {
  const asks = rounds.find((round) => round.roundId === roundId)?.asks;
  return order.find(({ seatId }) => seatId === asks)?.name ?? "your interviewer";
}

/** The names of all who take part but the viewer, in the order in which they ask. */
export const othersIn = ({ order }: PeersView, ownSeatId: string): string[] =>
  order.filter(({ seatId }) => seatId !== ownSeatId).map(({ name }) => name);
