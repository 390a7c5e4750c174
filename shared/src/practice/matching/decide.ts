import { type Refusal, type RefusalReason, refusal } from "../../room/refusal.ts";
import type { Rest, SeekerCommand } from "./commands.ts";
import type { Leaving, QueueEvent } from "./events.ts";
import { openingsOf } from "./hours.ts";
import { type Match, match } from "./match.ts";
import {
  ACCEPT_WITHIN,
  evolve,
  MET_FOR,
  type Offer,
  otherOf,
  type QueueState,
  REST_WITHIN,
  type Seeker,
} from "./state.ts";

/** What a decision may know besides the queue: all that is impure is passed in. */
export interface QueueContext {
  /** The server's time in milliseconds since 1970. */
  readonly now: number;
  /** A fresh identifier: of an offer or of a pair. */
  readonly newId: (prefix: "o" | "d") => string;
  /** How many may look for a partner from one address. */
  readonly placesPerAddress: number;
}

/** Who gives a command: a browser, from an address. */
export interface SeekerOf {
  readonly seekerId: string;
  readonly address: string;
}

export type QueueDecision = { readonly events: readonly QueueEvent[] } | { readonly refusal: Refusal };

const SECOND = 1_000;
/** For how long a place is kept for somebody whose line is broken, in milliseconds. */
const LINE_KEPT_FOR = 60 * SECOND;
/** For how long the hours of a week are kept waiting, in milliseconds. */
const HOURS_KEPT_FOR = 14 * 86_400 * SECOND;

const events = (...happened: QueueEvent[]): QueueDecision => ({ events: happened });
const refuse = (reason: RefusalReason): QueueDecision => ({ refusal: refusal(reason) });

/** Decides a command of one browser. Total: every command in every state is answered with events or with a refusal. */
export function decideSeeker(
  state: QueueState,
  by: SeekerOf,
  command: SeekerCommand,
  context: QueueContext,
): QueueDecision {
  const { now } = context;
  const seeker = state.seekers.get(by.seekerId);
  if (command.type === "enter") {
    const refused = entryRefusal(state, by, context.placesPerAddress);
    if (refused) return { refusal: refused };
    const { name, wishes } = command;
    const openings = openingsOf(wishes.when, now, now + HOURS_KEPT_FOR);
    const rest = restOf(state, by.seekerId, command.rest, now);
    return events({ type: "entered", ...by, name, wishes, openings, rest, at: now });
  }
  if (command.type === "block") return blocked(state, by.seekerId, command.pairId);
  if (!seeker) return refuse("not_waiting");
  switch (command.type) {
    case "leave":
      return events(...leaving(state, seeker, "asked"));
    case "widen":
      if (seeker.pairId !== null) return refuse("not_waiting");
      return seeker.byHand.includes(command.by)
        ? events()
        : events({ type: "widened", seekerId: by.seekerId, by: command.by });
    case "accept": {
      const offer = offerTo(state, seeker, command.offerId, now);
      return offer ? accepted(offer, seeker, context) : refuse("offer_over");
    }
    case "decline": {
      const offer = offerTo(state, seeker, command.offerId, now);
      if (!offer) return refuse("offer_over");
      return events({ type: "withdrawn", offerId: offer.offerId, why: "declined", atFault: [seeker.seekerId] });
    }
    default:
      return command satisfies never;
  }
}

/**
 * Why a browser may not begin to look for a partner: it does already, or as many do from its address as may. Whoever has their partner
 * takes no place.
 */
function entryRefusal({ seekers }: QueueState, by: SeekerOf, placesPerAddress: number): Refusal | null {
  const waiting = [...seekers.values()].filter(({ pairId }) => pairId === null);
  if (waiting.some(({ seekerId }) => seekerId === by.seekerId)) return refusal("already_waiting");
  const there = waiting.filter(({ address }) => address === by.address).length;
  return there >= placesPerAddress ? refusal("address_waits") : null;
}

/** The rest of a practice, where it is one of theirs, of late, and they have not looked for it before; else they wait like everybody. */
function restOf({ pairs }: QueueState, seekerId: string, rest: Rest | undefined, now: number): Rest | null {
  const pair = rest && pairs.get(rest.pairId);
  if (!rest || !pair || otherOf(pair, seekerId) === undefined) return null;
  return now < pair.at + REST_WITHIN && !pair.resumed.includes(seekerId) ? rest : null;
}

/** What a browser's broken line changes: a place is kept for it for a while. */
export function lineBroke({ seekers }: QueueState, seekerId: string, now: number): readonly QueueEvent[] {
  return seekers.get(seekerId)?.brokenSince === null ? [{ type: "lineBroke", seekerId, at: now }] : [];
}

export function lineBack({ seekers }: QueueState, seekerId: string): readonly QueueEvent[] {
  const seeker = seekers.get(seekerId);
  return seeker && seeker.brokenSince !== null ? [{ type: "cameBack", seekerId }] : [];
}

/** What it changes that no room could be opened for a pair. */
export const pairFailed = ({ pairs }: QueueState, pairId: string): readonly QueueEvent[] =>
  pairs.has(pairId) ? [{ type: "unmade", pairId }] : [];

/**
 * What the time does that has passed: offers lapse, whoever is gone leaves, and who fits is brought together. A caller does this often, and
 * after everything that happens.
 */
export function passTime(
  state: QueueState,
  context: Omit<QueueContext, "placesPerAddress">,
  bringTogether: (state: QueueState, now: number) => readonly Match[] = match,
): QueueEvent[] {
  const { now, newId } = context;
  const happened: QueueEvent[] = [];
  let current = state;
  const take = (some: readonly QueueEvent[]) => {
    happened.push(...some);
    current = some.reduce(evolve, current);
  };
  for (const offer of state.offers.values()) if (now >= offer.at + ACCEPT_WITHIN) take(lapsed(current, offer));
  for (const { seekerId } of state.seekers.values()) {
    const seeker = current.seekers.get(seekerId);
    const why = seeker ? gone(seeker, now) : null;
    if (seeker && why) take(leaving(current, seeker, why));
  }
  const old = oldPairs(current, now);
  if (old.length > 0) take([{ type: "forgotten", pairIds: old }]);
  take(bringTogether(current, now).map((one) => ({ type: "offered", offerId: newId("o"), ...one, at: now })));
  return happened;
}

/** The pairs that count as met no more. They stand in the order in which they were made. */
function oldPairs({ pairs }: QueueState, now: number): string[] {
  const old: string[] = [];
  for (const { pairId, at } of pairs.values()) {
    if (at + MET_FOR > now) break;
    old.push(pairId);
  }
  return old;
}

function gone({ brokenSince, openings, offerId, pairId }: Seeker, now: number): Leaving | null {
  if (brokenSince !== null && brokenSince + LINE_KEPT_FOR <= now) return "line";
  const last = openings?.at(-1);
  const isOver = openings !== null && (last === undefined || last.to <= now);
  return isOver && offerId === null && pairId === null ? "over" : null;
}

/** The offer of that name to a seeker, while it stands. */
function offerTo({ offers }: QueueState, seeker: Seeker, offerId: string, now: number): Offer | null {
  const offer = seeker.offerId === offerId ? offers.get(offerId) : undefined;
  return offer && now < offer.at + ACCEPT_WITHIN ? offer : null;
}

function accepted({ offerId, accepted }: Offer, { seekerId }: Seeker, { now, newId }: QueueContext): QueueDecision {
  if (accepted.includes(seekerId)) return events();
  const own: QueueEvent = { type: "accepted", offerId, seekerId };
  return accepted.length === 0 ? events(own) : events(own, { type: "made", pairId: newId("d"), offerId, at: now });
}

/**
 * Whoever let an offer lapse leaves. At the end of the list they would be offered to another, who would lose their half minute too; and whoever
 * is there after all is back with one command.
 */
function lapsed(state: QueueState, { offerId, one, two, accepted }: Offer): QueueEvent[] {
  const atFault = [one, two].filter((id) => !accepted.includes(id));
  const left = atFault.filter((id) => state.seekers.has(id));
  return [
    { type: "withdrawn", offerId, why: "lapsed", atFault },
    ...left.map((seekerId): QueueEvent => ({ type: "left", seekerId, why: "no_show" })),
  ];
}

function leaving({ offers }: QueueState, { seekerId, offerId }: Seeker, why: Leaving): QueueEvent[] {
  const left: QueueEvent = { type: "left", seekerId, why };
  if (offerId === null || !offers.has(offerId)) return [left];
  return [{ type: "withdrawn", offerId, why: "left", atFault: [seekerId] }, left];
}

function blocked({ pairs, seekers }: QueueState, seekerId: string, pairId: string): QueueDecision {
  const pair = pairs.get(pairId);
  const other = pair && otherOf(pair, seekerId);
  if (!pair || other === undefined) return refuse("unknown_pair");
  const offerId = seekers.get(seekerId)?.offerId ?? null;
  const isOfferedThem = offerId !== null && seekers.get(other)?.offerId === offerId;
  const ended: QueueEvent[] = isOfferedThem ? [{ type: "withdrawn", offerId, why: "blocked", atFault: [] }] : [];
  return events({ type: "blocked", one: seekerId, two: other }, ...ended);
}
