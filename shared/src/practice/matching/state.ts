import type { Rest } from "./commands.ts";
import type { QueueEvent } from "./events.ts";
import { type Interval, isOpen, openTime } from "./hours.ts";
import type { Widening, Wishes } from "./wishes.ts";

/** Somebody who looks for a partner, known by their browser's identifier. */
export interface Seeker {
  readonly seekerId: string;
  readonly address: string;
  /** Shown to the partner once both have accepted, and to nobody before. */
  readonly name: string;
  readonly wishes: Wishes;
  readonly openings: readonly Interval[] | null;
  readonly rest: Rest | null;
  readonly since: number;
  /** What they had waited by a moment, as far as it was counted by a clock that was set since. */
  readonly counted: { readonly ms: number; readonly at: number };
  /** What they let go of by hand. */
  readonly byHand: readonly Widening[];
  /** How many who would have fitted were given to others while this one waited the longest for them. */
  readonly passedOver: number;
  /** Whom they are not offered again. */
  readonly declined: readonly string[];
  /** Since when their line is broken; null while it is not. */
  readonly brokenSince: number | null;
  readonly offerId: string | null;
  /** The pair that came of it; whoever has one waits no longer. */
  readonly pairId: string | null;
}

/** Two who were brought together and have 30 seconds each to accept. */
export interface Offer {
  readonly offerId: string;
  readonly one: string;
  readonly two: string;
  readonly fit: number;
  readonly at: number;
  readonly accepted: readonly string[];
}

/** Two who both accepted. Kept for two weeks, without names. */
export interface Pair {
  readonly pairId: string;
  readonly one: string;
  readonly two: string;
  readonly at: number;
  /** Who has looked for another partner for the rest of it. */
  readonly resumed: readonly string[];
}

export interface QueueState {
  readonly seekers: ReadonlyMap<string, Seeker>;
  /** Who waits, the head of the list first; whoever considers an offer keeps their place. */
  readonly list: readonly string[];
  readonly offers: ReadonlyMap<string, Offer>;
  readonly pairs: ReadonlyMap<string, Pair>;
  /** When two last became a pair, by `keyOf` the two. */
  readonly met: ReadonlyMap<string, number>;
  /** Who never meet, by `keyOf` the two, whoever of them wanted it. */
  readonly blocks: ReadonlySet<string>;
}

export const EMPTY_QUEUE: QueueState = {
  seekers: new Map(),
  list: [],
  offers: new Map(),
  pairs: new Map(),
  met: new Map(),
  blocks: new Set(),
};

/** A queue in which nobody waits, of whose people it is known who has met and who never does. */
export function rememberedQueue(
  pairs: readonly Omit<Pair, "resumed">[],
  blocks: readonly (readonly [string, string])[],
): QueueState {
  return {
    ...EMPTY_QUEUE,
    pairs: new Map(pairs.map((pair) => [pair.pairId, { ...pair, resumed: [] }])),
    met: new Map(pairs.map(({ one, two, at }) => [keyOf(one, two), at])),
    blocks: new Set(blocks.map(([one, two]) => keyOf(one, two))),
  };
}

const DAY = 86_400_000;
/** For how long two count as having met, in milliseconds. */
export const MET_FOR = 14 * DAY;

/** For how long each of two has time to accept an offer, in milliseconds. */
export const ACCEPT_WITHIN = 30_000;

/** After a pair was made, for how long one of them may look for another partner for the rest, in milliseconds: two long rounds and a breath. */
export const REST_WITHIN = 3 * 3_600_000;

/** The name of two people, whichever is named first. */
export const keyOf = (one: string, two: string): string => (one < two ? `${one} ${two}` : `${two} ${one}`);

/** The other of two; undefined where neither is meant. */
export function otherOf({ one, two }: Pick<Pair, "one" | "two">, seekerId: string): string | undefined {
  if (seekerId === one) return two;
  return seekerId === two ? one : undefined;
}

/** How long somebody has waited, in milliseconds: hours in which they cannot be brought together do not count. */
export const waitedBy = ({ openings, counted }: Seeker, now: number): number =>
  counted.ms + openTime(openings, counted.at, now);

/** Whether somebody can be offered a partner at that moment. */
export const isReady = (seeker: Seeker, now: number): boolean =>
  seeker.offerId === null && seeker.pairId === null && seeker.brokenSince === null && isOpen(seeker.openings, now);

/** The queue after an event. Names of nobody who is gone stay in it. */
export function evolve(state: QueueState, event: QueueEvent): QueueState {
  switch (event.type) {
    case "entered": {
      const { type, at, ...person } = event;
      const seeker: Seeker = {
        ...person,
        since: at,
        counted: { ms: 0, at },
        byHand: [],
        passedOver: 0,
        declined: [],
        brokenSince: null,
        offerId: null,
        pairId: null,
      };
      const { seekerId, rest } = seeker;
      if (rest === null) return withSeekers({ ...state, list: [...state.list, seekerId] }, [seeker]);
      return withSeekers(resumedBy({ ...state, list: [seekerId, ...state.list] }, rest.pairId, seekerId), [seeker]);
    }
    case "left": {
      const seekers = new Map(state.seekers);
      seekers.delete(event.seekerId);
      return { ...state, seekers, list: without(state.list, [event.seekerId]) };
    }
    case "widened":
      return changed(state, [event.seekerId], ({ byHand }) => ({ byHand: [...byHand, event.by] }));
    case "lineBroke":
      return changed(state, [event.seekerId], () => ({ brokenSince: event.at }));
    case "cameBack":
      return changed(state, [event.seekerId], () => ({ brokenSince: null }));
    case "offered": {
      const { type, passedOver, ...offer } = event;
      const offers = new Map(state.offers).set(offer.offerId, { ...offer, accepted: [] });
      const asked = changed({ ...state, offers }, [offer.one, offer.two], () => ({ offerId: offer.offerId }));
      return passedOver.reduce(
        (before, id) => changed(before, [id], (seeker) => ({ passedOver: seeker.passedOver + 1 })),
        asked,
      );
    }
    case "accepted": {
      const offer = state.offers.get(event.offerId);
      if (!offer) return state;
      const accepted = [...offer.accepted, event.seekerId];
      return { ...state, offers: new Map(state.offers).set(offer.offerId, { ...offer, accepted }) };
    }
    case "withdrawn": {
      const offer = state.offers.get(event.offerId);
      if (!offer) return state;
      const both = [offer.one, offer.two];
      const returning = state.list.filter((id) => both.includes(id) && !event.atFault.includes(id));
      const free = changed({ ...state, offers: withoutKey(state.offers, offer.offerId) }, both, (seeker) => ({
        offerId: null,
        ...(event.why === "declined" && { declined: [...seeker.declined, otherOf(offer, seeker.seekerId) ?? ""] }),
      }));
      return { ...free, list: [...returning, ...without(state.list, returning)] };
    }
    case "made": {
      const offer = state.offers.get(event.offerId);
      if (!offer) return state;
      const { one, two } = offer;
      const { pairId, at } = event;
      const paired = changed({ ...state, offers: withoutKey(state.offers, offer.offerId) }, [one, two], () => ({
        offerId: null,
        pairId,
      }));
      const pairs = new Map(state.pairs).set(pairId, { pairId, one, two, at, resumed: [] });
      return {
        ...paired,
        pairs,
        met: new Map(state.met).set(keyOf(one, two), at),
        list: without(state.list, [one, two]),
      };
    }
    case "unmade": {
      const pair = state.pairs.get(event.pairId);
      if (!pair) return state;
      const returning = [pair.one, pair.two].filter((id) => state.seekers.get(id)?.pairId === event.pairId);
      const met = withoutKey(state.met, keyOf(pair.one, pair.two));
      const free = changed({ ...state, pairs: withoutKey(state.pairs, event.pairId), met }, returning, () => ({
        pairId: null,
      }));
      return { ...free, list: [...returning, ...state.list] };
    }
    case "blocked":
      return { ...state, blocks: new Set(state.blocks).add(keyOf(event.one, event.two)) };
    case "clockSet":
      return moved(state, event);
    case "forgotten": {
      const pairs = new Map(state.pairs);
      const met = new Map(state.met);
      for (const pairId of event.pairIds) {
        const pair = pairs.get(pairId);
        if (!pair) continue;
        pairs.delete(pairId);
        // They may have met again since.
        if (met.get(keyOf(pair.one, pair.two)) === pair.at) met.delete(keyOf(pair.one, pair.two));
      }
      return { ...state, pairs, met };
    }
    default:
      return event satisfies never;
  }
}

/**
 * The queue once the clock was set: a half minute stays one, and who has waited has waited so long. Hours of the week are the new clock's, and
 * so is what was stored of pairs, but for those that are of the last few hours.
 */
function moved(state: QueueState, { by, at }: Extract<QueueEvent, { type: "clockSet" }>): QueueState {
  const before = at - by;
  const seekers = new Map(state.seekers);
  for (const [id, seeker] of seekers) {
    const { since, brokenSince } = seeker;
    const counted = { ms: waitedBy(seeker, before), at };
    seekers.set(id, {
      ...seeker,
      since: since + by,
      counted,
      brokenSince: brokenSince === null ? null : brokenSince + by,
    });
  }
  const offers = new Map(state.offers);
  for (const [id, offer] of offers) offers.set(id, { ...offer, at: offer.at + by });
  const pairs = new Map(state.pairs);
  const met = new Map(state.met);
  for (const [id, pair] of pairs) {
    if (pair.at > before || before - pair.at >= REST_WITHIN) continue;
    const names = keyOf(pair.one, pair.two);
    if (met.get(names) === pair.at) met.set(names, pair.at + by);
    pairs.set(id, { ...pair, at: pair.at + by });
  }
  return { ...state, seekers, offers, pairs, met };
}

function resumedBy(state: QueueState, pairId: string, seekerId: string): QueueState {
  const pair = state.pairs.get(pairId);
  if (!pair) return state;
  const resumed = [...pair.resumed, seekerId];
  return { ...state, pairs: new Map(state.pairs).set(pairId, { ...pair, resumed }) };
}

const without = (list: readonly string[], gone: readonly string[]): string[] => list.filter((id) => !gone.includes(id));

function withoutKey<T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function withSeekers(state: QueueState, some: readonly Seeker[]): QueueState {
  const seekers = new Map(state.seekers);
  for (const seeker of some) seekers.set(seeker.seekerId, seeker);
  return { ...state, seekers };
}

function changed(state: QueueState, ids: readonly string[], change: (seeker: Seeker) => Partial<Seeker>): QueueState {
  const found = ids.flatMap((id) => state.seekers.get(id) ?? []);
  return withSeekers(
    state,
    found.map((seeker) => ({ ...seeker, ...change(seeker) })),
  );
}
