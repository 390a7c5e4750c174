import { z } from "zod";
import { RevealKind } from "../asks/commands.ts";
import type { Ask } from "../asks/state.ts";
import type { Commit } from "../event.ts";
import { type Access, TakenAs } from "../keeping/access.ts";
import { debriefIsOpen } from "../scorecard/blindness.ts";
import { SeatRole } from "../seats/commands.ts";
import { currentRound, isErased, type RoomState, roleIn } from "../state.ts";
import type { Marked } from "../workspace/events.ts";
import { factsOf } from "../workspace/marks.ts";
import { quietOf } from "../workspace/quiet.ts";

/** Who did it: their name is gone once the room is erased. */
const Who = z.strictObject({ seatId: z.string(), role: SeatRole, name: z.string().nullable() });

const at = z.int().describe("Milliseconds since 1970.");
/** Null where it was the server itself. */
const who = Who.nullable();

/** What an audit asks of a room: who opened, took away, revealed and erased what, when. The names of its people are all the text in it. */
export const TrailEntry = z.discriminatedUnion("what", [
  z.strictObject({ what: z.literal("opened"), at, who }),
  z.strictObject({ what: z.literal("joined"), at, who }),
  z.strictObject({ what: z.literal("joinedElsewhere"), at, who }),
  z.strictObject({ what: z.literal("linked"), at, who, role: SeatRole }),
  z.strictObject({ what: z.literal("askingLet"), at, who, interviewers: z.boolean() }),
  z.strictObject({ what: z.literal("assigned"), at, who, to: who }),
  z.strictObject({ what: z.literal("asked"), at, who, ask: z.int() }),
  z.strictObject({ what: z.literal("revealed"), at, who, ask: z.int(), kind: RevealKind, index: z.int() }),
  z.strictObject({ what: z.literal("askTakenBack"), at, who, ask: z.int() }),
  z.strictObject({ what: z.literal("revealTakenBack"), at, who, ask: z.int(), kind: RevealKind, index: z.int() }),
  z.strictObject({ what: z.literal("quietBegan"), at, who, ask: z.int(), minutes: z.int() }),
  z.strictObject({ what: z.literal("quietEnded"), at, who, ask: z.int() }),
  z.strictObject({ what: z.literal("pasted"), at, who, ask: z.int(), characters: z.int() }),
  z.strictObject({ what: z.literal("away"), at, who, ask: z.int(), ms: z.int().nullable() }),
  z.strictObject({ what: z.literal("reopened"), at, who }),
  z.strictObject({ what: z.literal("submitted"), at, who }),
  z.strictObject({ what: z.literal("reminded"), at, who }),
  z.strictObject({ what: z.literal("feedbackPublished"), at, who }),
  z.strictObject({ what: z.literal("feedbackWithdrawn"), at, who }),
  z.strictObject({ what: z.literal("looked"), at, who }),
  z.strictObject({ what: z.literal("compared"), at, who }),
  z.strictObject({ what: z.literal("exported"), at, who, format: TakenAs }),
  z.strictObject({ what: z.literal("keptUntil"), at, who, until: z.int().nullable() }),
  z.strictObject({ what: z.literal("erased"), at, who, why: z.enum(["asked", "age", "restored"]) }),
]);
export type TrailEntry = z.infer<typeof TrailEntry>;

export const Trail = z.strictObject({
  erasedAt: z.int().nullable().describe("When what was written in the room was erased, in milliseconds since 1970."),
  peers: z.literal(true).optional().describe("Its people practised with each other, and none of them was the host."),
  keptUntil: z.int().nullable().describe("When it is erased by itself; null for never."),
  entries: z.array(TrailEntry).describe("The oldest first."),
});
export type Trail = z.infer<typeof Trail>;

/**
 * What a commit adds to the trail, in a room as it is by now. Who reads it may be blind still: who has submitted, and with that may read the
 * others' scorecards, is told only once they are open to `reader`.
 */
export function entriesOfCommit(state: RoomState, { seatId, at, events }: Commit, reader: string): TrailEntry[] {
  const by = (who: string | null) => ({ at, who: whoIs(state, who) });
  return events.flatMap((event): TrailEntry[] => {
    switch (event.type) {
      case "roomOpened":
        return [{ what: "opened", ...by(event.host.seatId) }];
      case "seatTaken":
        return [{ what: "joined", ...by(event.seatId) }];
      case "seatReclaimed":
        return [{ what: "joinedElsewhere", ...by(event.seatId) }];
      case "linkIssued":
        return [{ what: "linked", ...by(seatId), role: event.link.role }];
      case "askingLet":
        return [{ what: event.type, ...by(seatId), interviewers: event.interviewers }];
      case "itemAssigned":
        return [{ what: "assigned", ...by(seatId), to: whoIs(state, event.seatId) }];
      // That hosts ask is the course of every interview; that an interviewer did is told.
      case "asked":
        return event.seatId === undefined
          ? []
          : [{ what: event.type, ...by(event.seatId), ask: numberOf(state, event.askId) }];
      case "revealed":
      case "revealTakenBack": {
        const { type: what, kind, index } = event;
        return [{ what, ...by(seatId), ask: numberOf(state, event.askId), kind, index }];
      }
      case "askTakenBack":
        return [{ what: event.type, ...by(seatId), ask: numberOf(state, event.askId) }];
      case "quietBegan":
        return [{ what: event.type, ...by(seatId), ask: numberOf(state, event.askId), minutes: event.minutes }];
      case "quietEnded":
        return [{ what: event.type, ...by(seatId), ask: numberOf(state, event.askId) }];
      case "marked":
        return notedEntry(state, event, by(seatId).who);
      case "roomReopened":
        return [{ what: "reopened", ...by(seatId) }];
      // Of whom it was asked is nowhere: it is said the same whoever is missing.
      case "reminded":
        return [{ what: event.type, ...by(event.seatId) }];
      case "scorecardSubmitted":
        return event.seatId === reader || readsScorecards(state, reader)
          ? [{ what: "submitted", ...by(event.seatId) }]
          : [];
      case "feedbackPublished":
      case "feedbackWithdrawn":
        return [{ what: event.type, ...by(seatId) }];
      case "keptUntilSet":
        return [{ what: "keptUntil", ...by(seatId), until: event.until }];
      case "roomErased":
        return [{ what: "erased", ...by(seatId), why: event.why }];
      default:
        return [];
    }
  });
}

const askOf = ({ rounds }: RoomState, askId: string): Ask | undefined =>
  rounds.flatMap(({ asks, takenBack }) => [...asks, ...takenBack]).find((ask) => ask.askId === askId);

const numberOf = (state: RoomState, askId: string): number => askOf(state, askId)?.number ?? 0;

/** Of leaving and coming back together one entry, at the moment of the leaving. */
function notedEntry(
  state: RoomState,
  { askId, at: moment, mark }: Marked,
  by: z.infer<typeof Who> | null,
): TrailEntry[] {
  const ask = askOf(state, askId);
  // That somebody pasted says that they write.
  if (ask && quietOf(state)?.candidateId === ask.candidateId) return [];
  const fact = factsOf(ask?.marks ?? []).find((one) => one.at === moment && one.kind === FACTS[mark.kind]);
  if (!ask || !fact) return [];
  const about = { at: moment, who: by, ask: ask.number };
  return fact.kind === "pasted"
    ? [{ what: "pasted", ...about, characters: fact.characters }]
    : [{ what: "away", ...about, ms: fact.ms }];
}

const FACTS = { pasted: "pasted", left: "away", back: null } as const;

/** Whether who sits down there now reads what is over: everybody but a panel's candidate, to whom an ended room shows nothing. */
export function isReadAfterEnd(state: RoomState, seatId: string): boolean {
  const { roundId, phase } = currentRound(state);
  return phase === "ended" && (state.peers !== null || roleIn(state, roundId, seatId) !== "candidate");
}

/** What was noted beside the log, in a room as it is by now. */
export function entryOfAccess(state: RoomState, access: Access): TrailEntry {
  const { at, seatId } = access;
  const seen = { at, who: whoIs(state, seatId) };
  return access.what === "exported"
    ? { what: access.what, ...seen, format: access.format }
    : { what: access.what, ...seen };
}

/** The whole of it, in order of time. */
export const trailOf = ({ keeping, peers }: RoomState, entries: readonly TrailEntry[]): Trail => ({
  ...(peers && { peers: true }),
  ...keeping,
  entries: entries.toSorted((one, other) => one.at - other.at),
});

function whoIs(state: RoomState, seatId: string | null): z.infer<typeof Who> | null {
  const seat = seatId === null ? undefined : state.seats[seatId];
  if (!seat) return null;
  // Among peers everybody is everything in turn, and only who opened the room is somebody else than the others.
  const inRound = state.peers ? null : roleIn(state, currentRound(state).roundId, seat.seatId);
  const role = inRound ?? seat.joinedAs;
  return { seatId: seat.seatId, role, name: isErased(state) ? null : seat.name };
}

const readsScorecards = (state: RoomState, seatId: string): boolean =>
  isErased(state) || debriefIsOpen(state, currentRound(state), seatId);
