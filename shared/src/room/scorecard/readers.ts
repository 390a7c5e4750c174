import type { RoomEvent } from "../event.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, evolve, type RoomState, type Round } from "../state.ts";
import { mayRead } from "./blindness.ts";

/**
 * Who has read whose scorecard, by whatever seat. Somebody may hold several seats of a room, by one browser or by the secrets that they
 * bring together; what one of them may read, all of them have read.
 */

/** Events after which somebody may read what they could not before, or hold one seat more. */
const OPENING: ReadonlySet<RoomEvent["type"]> = new Set<RoomEvent["type"]>([
  "scorecardSubmitted",
  "seatRemoved",
  "seatTaken",
  "seatReclaimed",
  "seatsHeldTogether",
  "hostMade",
]);

/** The events of a decision, and with them who has read another's scorecard through a seat beside their own. `now` in milliseconds since 1970. */
export function withReaders(state: RoomState, events: readonly RoomEvent[], now: number): readonly RoomEvent[] {
  if (!events.some(({ type }) => OPENING.has(type))) return events;
  const after = events.reduce((before, event) => evolve(before, event, now), state);
  const read = newlyRead(after);
  return read ? [...events, read] : events;
}

function newlyRead(state: RoomState): Extract<RoomEvent, { type: "scorecardsRead" }> | null {
  const round = currentRound(state);
  const { readers } = round;
  const seats = Object.values(state.seats).filter(({ removed }) => !removed);
  const reading = seats.filter(({ seatId }) => couldRead(state, round, seatId)).map(({ seatId }) => seatId);
  const known = informedBy(state, seats, new Set([...readers.seatIds, ...reading]), reading);
  // A seat that may read itself needs no mark.
  const seatIds = [...known.seatIds].filter((id) => !readers.seatIds.includes(id) && !reading.includes(id));
  const holders = [...known.holders].filter((holder) => !readers.holders.includes(holder));
  if (seatIds.length === 0 && holders.length === 0) return null;
  return { type: "scorecardsRead", roundId: round.roundId, seatIds, holders };
}

/** The seats of whoever has the `reading` ones, and the browsers that hold them, followed from one to the next. */
function informedBy(state: RoomState, seats: readonly Seat[], seatIds: Set<string>, reading: readonly string[]) {
  const holders = new Set(currentRound(state).readers.holders);
  const theirs = new Set(reading);
  for (let before = -1; before < theirs.size + holders.size; ) {
    before = theirs.size + holders.size;
    for (const group of state.heldTogether) {
      if (group.some((seatId) => theirs.has(seatId))) for (const seatId of group) theirs.add(seatId);
    }
    for (const { seatId, holder } of seats) {
      if (holder === null) continue;
      if (theirs.has(seatId)) holders.add(holder);
      if (holders.has(holder)) theirs.add(seatId);
    }
  }
  return { seatIds: new Set([...seatIds, ...theirs]), holders };
}

/** Whether a seat may read another's scorecard in a round just now. */
export const couldRead = (state: RoomState, round: Round, seatId: string): boolean =>
  Object.keys(round.scorecards).some((ownerId) => mayRead(state, round, seatId, ownerId));
