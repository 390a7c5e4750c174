import { quietTimer } from "../course/timer.ts";
import type { RoomEvent } from "../event.ts";
import { currentRound, evolve, type RoomState } from "../state.ts";
import type { QuietEnded } from "./events.ts";
import type { Quiet } from "./state.ts";

/**
 * Quiet time: a stretch in which the candidate works unseen. Whether it is under way, what it keeps from whom and when it is over is decided
 * here, for whatever channel asks.
 */

/** The quiet time that is under way; null where none is. */
export const quietOf = ({ quiet }: Pick<RoomState, "quiet">): Quiet | null => quiet;

/**
 * Whether a seat may receive anything just now of the workspace of an ask, whatever it is made of. In quiet time everything that was put
 * to its candidate is theirs alone, the asks before too: nobody can tell on which of them they write. Among peers, what another one
 * wrote in a round before is not touched by it.
 */
export function receivesWorkspace(state: RoomState, seatId: string, askId: string): boolean {
  const quiet = quietOf(state);
  if (quiet === null || seatId === quiet.candidateId) return true;
  const candidateId = candidateOf(state, askId);
  return candidateId !== undefined && candidateId !== quiet.candidateId;
}

const candidateOf = ({ rounds }: RoomState, askId: string): string | undefined =>
  rounds.flatMap(({ asks, takenBack }) => [...asks, ...takenBack]).find((ask) => ask.askId === askId)?.candidateId;

/**
 * When quiet time is over, in milliseconds since 1970; null where none is, and in a pause. Whoever asked for five minutes gets five minutes of
 * the interview: its pauses lengthen quiet time as they lengthen everything, and in them it stays as quiet as before.
 */
export function quietEndsAt(state: RoomState): number | null {
  const quiet = quietOf(state);
  const timer = quiet && quietTimer(currentRound(state), quiet);
  return timer?.kind === "running" ? timer.endsAt : null;
}

/** That quiet time ends, in the round in which it is. */
export const quietEnded = (state: RoomState, { askId }: Quiet): QuietEnded => ({
  type: "quietEnded",
  roundId: currentRound(state).roundId,
  askId,
});

/**
 * The events of a decision, and with them the end of quiet time where they leave it nothing to last for: its question is not open any more,
 * however that came, or its candidate is gone. `now` in milliseconds since 1970.
 */
export function withQuietEnded(state: RoomState, events: readonly RoomEvent[], now: number): readonly RoomEvent[] {
  const quiet = quietOf(state);
  if (quiet === null || events.length === 0) return events;
  const after = events.reduce((before, event) => evolve(before, event, now), state);
  return quietOf(after) === null || lasts(after, quiet) ? events : [...events, quietEnded(state, quiet)];
}

function lasts(state: RoomState, { askId, candidateId }: Quiet): boolean {
  return currentRound(state).openAskId === askId && state.seats[candidateId]?.removed === false;
}
