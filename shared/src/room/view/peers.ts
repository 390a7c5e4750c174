import { z } from "zod";
import { QuestionLevel } from "../../bank.ts";
import { PlanItem } from "../course/commands.ts";
import { elapsedAt } from "../course/state.ts";
import { RoundId } from "../id.ts";
import { PeerWishes } from "../peers/commands.ts";
import { type PeersState, peerOrder, rolesIn, roundsAmong } from "../peers/state.ts";
import { SeatRole } from "../seats/commands.ts";
import type { Seat } from "../seats/state.ts";
import { currentRound, findRound, type RoomState, roleIn } from "../state.ts";
import { cached } from "./cache.ts";
import { Given, givenBy, PastRound, pastOf, Received, received } from "./peers-said.ts";

/** What each of those who practise with each other sees beside the round that is under way: who is there, how it goes, and what is dealt. */

const PeerRound = z.strictObject({
  roundId: RoundId,
  asks: z.string().nullable().describe("The seat that asks; null where somebody practises alone."),
  asked: z.string(),
  youAre: SeatRole.nullable(),
  phase: z.enum(["ahead", "now", "over"]),
  startedAt: z.number().nullable().describe("Milliseconds since 1970."),
  tookMs: z.number().nullable().describe("Running time, once it is over."),
});
export type PeerRound = z.infer<typeof PeerRound>;

const LineView = z.strictObject({
  lineId: z.string(),
  seatId: z.string(),
  at: z.number().nullable().describe("Milliseconds since 1970; null while it is on its way to the server."),
  text: z.string(),
});
export type LineView = z.infer<typeof LineView>;

export const PeersView = z.strictObject({
  people: z.int(),
  wishes: PeerWishes,
  opened: z.boolean().describe("The viewer opened the room, and chooses until the first round begins."),
  order: z.array(z.strictObject({ seatId: z.string(), name: z.string() })).describe("In which they ask."),
  invited: z
    .array(z.strictObject({ linkId: z.string(), name: z.string() }))
    .describe("Those who have not come yet, by the link that is theirs."),
  rounds: z.array(PeerRound),
  toldHad: z.boolean().describe("The viewer's browser has said which questions they have had."),
  dealing: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("waits") }),
    z.strictObject({ kind: z.literal("dealt") }),
    z.strictObject({
      kind: z.literal("tooFew"),
      levels: z.array(z.strictObject({ level: QuestionLevel, count: z.int() })),
      topicsLeft: z.int(),
    }),
  ]),
  ahead: z
    .array(z.strictObject({ roundId: RoundId, plan: z.array(PlanItem), maySwap: z.boolean() }))
    .describe("Rounds that have not begun and in which the viewer asks."),
  toAsk: z
    .int()
    .nullable()
    .describe(
      "How many of this round's questions were not asked yet; null for whoever is asked them by somebody else.",
    ),
  ready: z.array(z.string()),
  breathEndsAt: z.number().nullable().describe("Milliseconds since 1970."),
  past: z.array(PastRound),
  given: z.array(Given),
  letGo: z.enum(["not_yet", "given", "kept"]),
  othersLetGo: z.int().describe("How many of the others have let go."),
  received: Received.nullable(),
  line: z.array(LineView),
  meeting: z.string().nullable(),
});
export type PeersView = z.infer<typeof PeersView>;

/** What a seat sees of the peers' part of a room; undefined in the room of a panel. */
export function peersView(state: RoomState, seatId: string): PeersView | undefined {
  const { peers, seats } = state;
  if (!peers) return undefined;
  const order = peerOrder(seats);
  const { people, wishes, ready, breathEndsAt, letGo } = peers;
  const own = letGo[seatId];
  return {
    people,
    wishes: wishesView(wishes),
    opened: seats[seatId]?.joinedAs === "host",
    order: order.map(({ seatId: id, name }) => ({ seatId: id, name })),
    invited: invitedTo(state),
    rounds: roundViews(state, peers, order, seatId),
    toldHad: peers.had[seatId] !== undefined,
    dealing: dealingView(peers),
    ahead: aheadOf(state, peers, order, seatId),
    toAsk: toAsk(state, people, seatId),
    ready: [...ready],
    breathEndsAt,
    past: pastOf(state, seatId),
    given: givenBy(peers, seatId),
    letGo: own === undefined ? "not_yet" : own ? "given" : "kept",
    othersLetGo: order.filter((other) => other.seatId !== seatId && letGo[other.seatId] !== undefined).length,
    received: received(state, peers, seatId),
    line: lineView(peers.line),
    meeting: state.call.meeting,
  };
}

const wishesView = cached(({ levels, topics, minutes, kitId, only }: PeersState["wishes"]) => ({
  levels: [...levels],
  topics: [...topics],
  minutes,
  kitId,
  ...(only && { only: [...only] }),
}));

const lineView = cached((line: PeersState["line"]) =>
  line.map(({ lineId, seatId, at, text }) => ({ lineId, seatId, at, text })),
);

function dealingView({ dealt, wanting }: PeersState): PeersView["dealing"] {
  if (dealt) return { kind: "dealt" };
  if (!wanting) return { kind: "waits" };
  const levels = wanting.levels.map(({ level, count }) => ({ level, count }));
  return { kind: "tooFew", levels, topicsLeft: wanting.topicsLeft };
}

const invitedTo = ({ links, seats }: RoomState): PeersView["invited"] => {
  const taken = new Set(Object.values(seats).map(({ linkId }) => linkId));
  return Object.values(links).flatMap(({ linkId, name, seatId, replaced, revoked }) =>
    name === undefined || seatId !== null || replaced || revoked || taken.has(linkId) ? [] : { linkId, name },
  );
};

function toAsk(state: RoomState, people: number, seatId: string): number | null {
  const { roundId, plan, asks } = currentRound(state);
  if (people > 1 && roleIn(state, roundId, seatId) === "candidate") return null;
  return plan.filter(({ itemId }) => !asks.some(({ planItemId }) => planItemId === itemId)).length;
}

/** All rounds, those that have not begun as they will be when everybody who is wanting has come. */
function roundViews(state: RoomState, peers: PeersState, order: readonly Seat[], seatId: string): PeerRound[] {
  if (order.length < peers.people) return [];
  return Array.from({ length: Math.max(roundsAmong(peers), state.rounds.length) }, (_, index): PeerRound => {
    const roundId = index + 1;
    const round = findRound(state, roundId);
    const roles = rolesIn(order, roundId);
    const holder = (role: SeatRole) => order.find((other) => roles[other.seatId] === role)?.seatId ?? null;
    const isOver = round?.phase === "ended";
    return {
      roundId,
      asks: holder("host"),
      asked: holder("candidate") ?? "",
      youAre: roles[seatId] ?? null,
      phase: isOver ? "over" : round ? "now" : "ahead",
      startedAt: round?.clock.startedAt ?? null,
      tookMs: round && isOver ? elapsedAt(round.clock, Number.POSITIVE_INFINITY) : null,
    };
  });
}

function aheadOf(state: RoomState, peers: PeersState, order: readonly Seat[], seatId: string): PeersView["ahead"] {
  return (peers.dealt ?? []).flatMap((plan, index) => {
    const roundId = index + 1;
    const hasBegun = (findRound(state, roundId)?.phase ?? "lobby") !== "lobby";
    if (hasBegun || rolesIn(order, roundId)[seatId] !== "host") return [];
    return { roundId, plan: planView(plan), maySwap: !peers.swapped.includes(roundId) };
  });
}

const planView = cached((plan: readonly PlanItem[]) =>
  plan.map(({ itemId, questionId, minutes, title, topic, level, probes }) => ({
    itemId,
    questionId,
    minutes,
    title,
    topic,
    level,
    probes: [...probes],
  })),
);
