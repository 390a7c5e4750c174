import { z } from "zod";
import { QuestionLevel } from "../../bank.ts";
import { inCommon, widened } from "./fit.ts";
import { fitNow, mayMeet } from "./match.ts";
import { ACCEPT_WITHIN, isReady, keyOf, otherOf, type QueueState, type Seeker, waitedBy } from "./state.ts";
import type { UsualWait } from "./usual.ts";
import { PracticeMinutes, WIDENINGS, Widening, Wishes } from "./wishes.ts";

const UsualWaitShown = z.strictObject({ hour: z.int(), medianMs: z.number(), people: z.int() });
const Count = z.int().min(0);

const Out = z.strictObject({
  kind: z.literal("out"),
  /** How many can be brought together with somebody now, by language. */
  waiting: z.array(z.strictObject({ language: z.string(), people: Count })).readonly(),
  usual: z.array(UsualWaitShown).readonly(),
});

const Waiting = z.strictObject({
  kind: z.literal("waiting"),
  wishes: Wishes,
  since: z.number(),
  /** What is let go of by now, by hand or by waiting. */
  letGo: z.array(Widening).readonly(),
  /** Whether they can be brought together with somebody at this moment, by their own hours. */
  isOpen: z.boolean(),
  /** How many others can be brought together with somebody now and speak the language. */
  people: Count,
  /** How many of those who fit now stand before them in the list. It is no promise: who fits better may be brought together first. */
  ahead: Count,
  /** How many fit who could be brought together with them now. */
  fitting: Count,
  /** What could be let go of by hand, and how many more would fit by it. */
  widenings: z.array(z.strictObject({ by: Widening, more: Count })).readonly(),
  usual: z.array(UsualWaitShown).readonly(),
});

const Offered = z.strictObject({
  kind: z.literal("offered"),
  offerId: z.string(),
  endsAt: z.number(),
  accepted: z.boolean(),
  /** What both wish for; no name. */
  common: z.strictObject({
    levels: z.array(QuestionLevel).readonly(),
    topics: z.array(z.string()).readonly(),
    minutes: z.array(PracticeMinutes).readonly(),
  }),
});

/** The room of two, as one of them gets to it: by a link's secret that is theirs alone. `minutes` of both rounds together. */
const PairRoom = z.strictObject({ roomId: z.string(), secret: z.string(), minutes: z.int() });
export type PairRoom = z.infer<typeof PairRoom>;

const Paired = z.strictObject({
  kind: z.literal("paired"),
  pairId: z.string(),
  /** Null once they are gone from here. */
  partner: z.string().nullable(),
  /** The room that the two have, and this one's own way into it; null until it is open. */
  room: PairRoom.nullable(),
});

/** All that one seeker ever learns of the queue. */
export const SeekerView = z.discriminatedUnion("kind", [Out, Waiting, Offered, Paired]);
export type SeekerView = z.infer<typeof SeekerView>;

export interface QueueSight {
  readonly now: number;
  readonly usual: readonly UsualWait[];
  /** The room of a pair, and the way of one of them into it. */
  readonly roomOf: (pairId: string, seekerId: string) => PairRoom | null;
}

/** What a browser sees of the queue: built from nothing, and as if nobody were there whom it never meets. */
export function viewOf(state: QueueState, seekerId: string, sight: QueueSight): SeekerView {
  const seeker = state.seekers.get(seekerId);
  if (!seeker) return out(state, seekerId, sight);
  if (seeker.pairId !== null) return paired(state, seeker, seeker.pairId, sight.roomOf(seeker.pairId, seekerId));
  const offer = seeker.offerId === null ? undefined : state.offers.get(seeker.offerId);
  const other = offer && state.seekers.get(otherOf(offer, seekerId) ?? "");
  if (!offer || !other) return waiting(state, seeker, sight);
  const { offerId, at, accepted } = offer;
  const common = inCommon(seeker.wishes, other.wishes);
  return { kind: "offered", offerId, endsAt: at + ACCEPT_WITHIN, accepted: accepted.includes(seekerId), common };
}

function out(state: QueueState, seekerId: string, { now, usual }: Pick<QueueSight, "now" | "usual">): SeekerView {
  const byLanguage = new Map<string, number>();
  for (const id of state.list) {
    const other = state.seekers.get(id);
    if (!other || !isReady(other, now) || state.blocks.has(keyOf(seekerId, id))) continue;
    const { language } = other.wishes;
    byLanguage.set(language, (byLanguage.get(language) ?? 0) + 1);
  }
  const waiting = [...byLanguage].map(([language, people]) => ({ language, people }));
  return { kind: "out", waiting: waiting.sort((one, other) => other.people - one.people), usual };
}

function paired(
  { pairs, seekers }: QueueState,
  { seekerId }: Seeker,
  pairId: string,
  room: PairRoom | null,
): SeekerView {
  const pair = pairs.get(pairId);
  const other = pair && seekers.get(otherOf(pair, seekerId) ?? "");
  // Somebody who looks for another partner by now is theirs no more.
  return { kind: "paired", pairId, partner: other?.pairId === pairId ? other.name : null, room };
}

function waiting(state: QueueState, seeker: Seeker, { now, usual }: Pick<QueueSight, "now" | "usual">): SeekerView {
  const others = state.list.flatMap((id) => {
    const other = state.seekers.get(id);
    return other && isReady(other, now) && mayMeet(state, seeker, other) ? [other] : [];
  });
  const countWith = (one: Seeker): number => others.filter((other) => fitNow(one, other, now) !== null).length;
  const fitting = countWith(seeker);
  const letGo = widened(seeker.byHand, waitedBy(seeker, now));
  const place = state.list.indexOf(seeker.seekerId);
  const before = new Set(state.list.slice(0, place));
  const ahead = others.filter((other) => before.has(other.seekerId) && fitNow(seeker, other, now) !== null).length;
  return {
    kind: "waiting",
    wishes: seeker.wishes,
    since: seeker.since,
    letGo,
    isOpen: isReady({ ...seeker, brokenSince: null, offerId: null }, now),
    people: others.filter(({ wishes }) => wishes.language === seeker.wishes.language).length,
    ahead,
    fitting,
    widenings: WIDENINGS.filter((by) => !letGo.includes(by)).map((by) => ({
      by,
      more: countWith({ ...seeker, byHand: [...seeker.byHand, by] }) - fitting,
    })),
    usual,
  };
}
