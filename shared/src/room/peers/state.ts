import type { Level } from "../../bank.ts";
import type { Audience, Wanting } from "../../practice/deal.ts";
import { applySplice } from "../../text.ts";
import type { PlanItem } from "../course/commands.ts";
import { elapsedAt, type RoundClock } from "../course/state.ts";
import type { SeatRole } from "../seats/commands.ts";
import type { Seat } from "../seats/state.ts";
import type { InterviewingCriterion, PeerOpening, PeerText, PeerWishes } from "./commands.ts";
import type { PeerEvent } from "./events.ts";

/** What one person says when a round is over: of whoever was asked, or of whoever asked. */
export interface ToPeer {
  readonly texts: Readonly<Partial<Record<PeerText, string>>>;
  readonly interviewing: Readonly<Partial<Record<InterviewingCriterion, Level>>>;
}

interface LineEntry {
  readonly lineId: string;
  readonly seatId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** What a room of people who practise with each other has beside what every room has. */
export interface PeersState {
  readonly people: number;
  readonly wishes: PeerWishes;
  readonly audience: Audience;
  /** By seat, the questions that its person has had before; absent until they have said. */
  readonly had: Readonly<Record<string, readonly string[]>>;
  /** The plan of each round; null until they are dealt. */
  readonly dealt: readonly (readonly PlanItem[])[] | null;
  /** What is wanting where they could not be dealt. */
  readonly wanting: { readonly levels: readonly Wanting[]; readonly topicsLeft: number } | null;
  /** Rounds in which a question was swapped. */
  readonly swapped: readonly number[];
  /** Seats that are ready for the current round to begin, or to end. */
  readonly ready: readonly string[];
  /** When the current round begins by itself, in milliseconds since 1970; null for the first, and once it has begun. */
  readonly breathEndsAt: number | null;
  readonly breathExtended: number;
  /** By round, by seat. */
  readonly given: Readonly<Record<number, Readonly<Record<string, ToPeer>>>>;
  /** By seat that has let go, whether it gives what it wrote. */
  readonly letGo: Readonly<Record<string, boolean>>;
  readonly line: readonly LineEntry[];
}

export const nothingGiven: ToPeer = { texts: {}, interviewing: {} };

export const openPeers = ({ people, wishes, strangers }: PeerOpening): PeersState => ({
  people,
  wishes,
  audience: strangers ? "strangers" : "house",
  had: {},
  dealt: null,
  wanting: null,
  swapped: [],
  ready: [],
  breathEndsAt: null,
  breathExtended: 0,
  given: {},
  letGo: {},
  line: [],
});

/** `at` in milliseconds since 1970. */
export function evolvePeers(
  peers: PeersState,
  event: Exclude<PeerEvent, { type: "uncovered" }>,
  at: number,
): PeersState {
  switch (event.type) {
    case "hadTold":
      return { ...peers, had: { ...peers.had, [event.seatId]: event.had } };
    case "wished":
      return { ...peers, wishes: event.wishes, dealt: null, wanting: null, swapped: [], ready: [] };
    case "dealt":
      return { ...peers, dealt: event.rounds, wanting: null };
    case "dealtTooFew":
      return { ...peers, dealt: null, wanting: { levels: event.wanting, topicsLeft: event.topicsLeft } };
    case "dealtSwapped": {
      const { roundId, itemId, item } = event;
      const dealt = peers.dealt?.map((items, index) =>
        index === roundId - 1 ? items.map((other) => (other.itemId === itemId ? item : other)) : items,
      );
      return { ...peers, dealt: dealt ?? null, swapped: [...peers.swapped, roundId] };
    }
    case "readySet": {
      const others = peers.ready.filter((seatId) => seatId !== event.seatId);
      return { ...peers, ready: event.isReady ? [...others, event.seatId] : others };
    }
    case "breathSet":
      return {
        ...peers,
        breathEndsAt: event.endsAt,
        breathExtended: peers.breathEndsAt === null ? 0 : peers.breathExtended + 1,
      };
    case "peerWritten": {
      const { roundId, seatId, kind, edit } = event;
      return withGiven(peers, roundId, seatId, ({ texts, ...rest }) => ({
        ...rest,
        texts: { ...texts, [kind]: applySplice(texts[kind] ?? "", edit) },
      }));
    }
    case "interviewingRated": {
      const { roundId, seatId, criterionId, level } = event;
      return withGiven(peers, roundId, seatId, ({ interviewing, ...rest }) => {
        const { [criterionId]: _, ...others } = interviewing;
        return { ...rest, interviewing: level === null ? others : { ...others, [criterionId]: level } };
      });
    }
    case "lettingGo":
      return { ...peers, letGo: { ...peers.letGo, [event.seatId]: event.gives } };
    case "lineSaid": {
      const { lineId, seatId, text } = event;
      return { ...peers, line: [...peers.line, { lineId, seatId, at, text }] };
    }
    default:
      return event satisfies never;
  }
}

/** What changes among peers when a round begins, ends or is begun anew. */
export const turned = (peers: PeersState): PeersState => ({
  ...peers,
  ready: [],
  breathEndsAt: null,
  breathExtended: 0,
});

function withGiven(peers: PeersState, roundId: number, seatId: string, change: (given: ToPeer) => ToPeer): PeersState {
  const ofRound = peers.given[roundId] ?? {};
  const changed = { ...ofRound, [seatId]: change(ofRound[seatId] ?? nothingGiven) };
  return { ...peers, given: { ...peers.given, [roundId]: changed } };
}

/** A pair has two rounds, a group one for each, and whoever is alone has one. */
export const roundsAmong = ({ people }: Pick<PeersState, "people">): number => people;

/** In the order in which they ask: who opened the room, then who is asked first, then the others as they came. */
export function peerOrder(seats: Readonly<Record<string, Seat>>): readonly Seat[] {
  const rank = ({ joinedAs }: Seat) => (joinedAs === "host" ? 0 : joinedAs === "candidate" ? 1 : 2);
  return Object.values(seats)
    .filter(({ removed }) => !removed)
    .sort((one, other) => rank(one) - rank(other));
}

/**
 * What everybody is in a round, by seat: they ask in turn, and the next one after who asks is asked; whoever is alone is asked by
 * nobody. The others listen and rate.
 */
export function rolesIn(order: readonly Pick<Seat, "seatId">[], roundId: number): Record<string, SeatRole> {
  const asks = (roundId - 1) % order.length;
  const asked = roundId % order.length;
  return Object.fromEntries(
    order.map(({ seatId }, index): [string, SeatRole] => [
      seatId,
      index === asked ? "candidate" : index === asks ? "host" : "interviewer",
    ]),
  );
}

const MINUTE_MS = 60_000;

/** The minutes that a round took, so that the next one gets as many: rounded, so that both are alike within half a minute. */
export function minutesTaken(clock: RoundClock, minutes: number, at: number): number {
  return Math.min(minutes, Math.max(1, Math.round(elapsedAt(clock, at) / MINUTE_MS)));
}

/** Whether nobody can change any more what they say of the others, so that it is shown. */
export const haveAllLetGo = ({ letGo }: Pick<PeersState, "letGo">, seats: Readonly<Record<string, Seat>>): boolean =>
  peerOrder(seats).every(({ seatId }) => letGo[seatId] !== undefined);
