import type { z } from "zod";
import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import { askNextOf } from "../asks/rules.ts";
import type { PlanItem } from "../course/commands.ts";
import { roomTimer } from "../course/timer.ts";
import type { RoomEvent } from "../event.ts";
import { LIMITS } from "../limits.ts";
import {
  ANYTIME,
  accept,
  CANDIDATE,
  type Context,
  type Decision,
  refuse,
  type Scene,
  SEATED,
  type SeatRule,
  type SeatRules,
  type ServerRule,
} from "../rule.ts";
import { currentRound, findRound, type RoomState, type Round, roleIn, scores } from "../state.ts";
import type { peerCommands, peerRequests } from "./commands.ts";
import { canBeDealt, dealing, planned, swapped } from "./dealing.ts";
import { evolvePeers, minutesTaken, nothingGiven, type PeersState, peerOrder, rolesIn, roundsAmong } from "./state.ts";

type Command = z.infer<(typeof peerCommands)[number]>;
type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;
type Request = z.infer<(typeof peerRequests)[number]>;

/** How long the breath between two rounds is, and by how much either may extend it, in milliseconds. */
export const BREATH_MS = 90_000;
const BREATH_MORE_MS = 60_000;
const EXTENSIONS_MOST = 5;

export const peerRules: SeatRules<Command> = {
  tellHad: among(ANYTIME, tellHad),
  wish: among(["lobby"], wish),
  swapDealt: among(["lobby", "live", "paused"], swapDealt),
  ready: among(["lobby", "live", "paused"], ready),
  extendBreath: among(["lobby"], extendBreath),
  askNext: { by: CANDIDATE, during: ["live"], decide: askNext },
  askAgain: among(["ended"], askAgain),
  writeToPeer: among(ANYTIME, writeToPeer),
  rateInterviewing: among(ANYTIME, rateInterviewing),
  letGo: among(["ended"], letGo),
  sayLine: among(ANYTIME, sayLine),
};

export const turnRule: ServerRule<Request> = {
  by: "server",
  decide: (state, _command, { now }) => {
    const due = turnsAt(state);
    if (due === null || due > now) return accept();
    const round = currentRound(state);
    return round.phase === "lobby" ? beginning(state, round) : accept(...ending(state, round, now));
  },
};

interface PeerScene extends Scene {
  readonly peers: PeersState;
}

/** A rule for everybody who takes part, in a room of peers; in other rooms there is nothing that it could be about. */
function among<C>(
  during: SeatRule<C>["during"],
  decide: (scene: PeerScene, command: C, context: Context) => Decision,
): SeatRule<C> {
  return {
    by: SEATED,
    during,
    decide: (scene, command, context) => {
      const { peers } = scene.state;
      return peers ? decide({ ...scene, peers }, command, context) : refuse("wrong_seat");
    },
  };
}

/** When the room goes on by itself, in milliseconds since 1970: a round that is over ends, a breath that is over begins the next one. */
export function turnsAt(state: RoomState): number | null {
  if (!state.peers) return null;
  const round = currentRound(state);
  if (round.phase === "lobby") return state.peers.breathEndsAt;
  const timer = roomTimer(round);
  return timer.kind === "running" ? timer.endsAt : null;
}

function tellHad({ state, seat, peers }: PeerScene, { questionIds }: CommandOf<"tellHad">, context: Context): Decision {
  const before = peers.had[seat.seatId];
  if (before?.length === questionIds.length && questionIds.every((id, index) => id === before[index])) return accept();
  return withDealing(state, peers, { type: "hadTold", seatId: seat.seatId, had: questionIds }, context);
}

/** Whoever opened the room chooses, until the first round begins. */
function wish({ state, round, seat, peers }: PeerScene, { wishes }: CommandOf<"wish">, context: Context): Decision {
  if (seat.joinedAs !== "host") return refuse("wrong_seat");
  if (round.roundId > 1) return refuse("wrong_phase");
  if (context.dealable(wishes.kitId, peers.audience) === undefined) return refuse("unknown_kit");
  return withDealing(state, peers, { type: "wished", wishes }, context);
}

/** An event, and with it the questions where it was the last thing that was wanting for them. */
function withDealing(
  state: RoomState,
  peers: PeersState,
  event: Extract<RoomEvent, { type: "hadTold" | "wished" }>,
  context: Context,
): Decision {
  const after = evolvePeers(peers, event, context.now);
  return after.dealt === null && canBeDealt(state, after)
    ? accept(event, dealing(state, after, context))
    : accept(event);
}

/** Whoever asks in a round may swap one of its questions, until it begins. */
function swapDealt(
  { state, seat, peers }: PeerScene,
  { roundId, itemId }: CommandOf<"swapDealt">,
  context: Context,
): Decision {
  const item = peers.dealt?.[roundId - 1]?.find((other) => other.itemId === itemId);
  if (!item || rolesIn(peerOrder(state.seats), roundId)[seat.seatId] !== "host") return refuse("unknown_plan_item");
  if ((findRound(state, roundId)?.phase ?? "lobby") !== "lobby") return refuse("wrong_phase");
  if (peers.swapped.includes(roundId)) return refuse("swapped_already");
  const other = swapped(state, peers, roundId, item, context);
  return other ? accept({ type: "dealtSwapped", roundId, itemId, item: other }) : refuse("too_few_questions");
}

/** When all are ready a round begins, or ends before its time is over. */
function ready(
  { state, round, seat, peers }: PeerScene,
  { roundId, isReady }: CommandOf<"ready">,
  { now }: Context,
): Decision {
  // It was meant for another round than the one that is under way by now.
  if (roundId !== round.roundId) return accept();
  const { seatId } = seat;
  if (peers.ready.includes(seatId) === isReady) return accept();
  const set = { type: "readySet", roundId, seatId, isReady } as const;
  const isLast =
    isReady && peerOrder(state.seats).every((other) => other.seatId === seatId || peers.ready.includes(other.seatId));
  if (!isLast) return accept(set);
  if (round.phase !== "lobby") return accept(set, ...ending(state, round, now));
  const begun = beginning(state, round);
  return "refusal" in begun ? accept(set) : accept(set, ...begun.events);
}

function beginning({ peers, seats }: RoomState, { roundId }: Round): Decision {
  if (!peers?.dealt?.[roundId - 1]) return refuse("too_few_questions");
  return peerOrder(seats).length < peers.people ? refuse("nobody_admitted") : accept({ type: "roomStarted", roundId });
}

/** Ends a round. The later ones have as many minutes as the first one took, and each waits for a breath. */
function ending(state: RoomState, { roundId, clock, minutes }: Round, now: number): RoomEvent[] {
  const { peers, seats } = state;
  const ended = { type: "roomEnded", roundId } as const;
  if (!peers || roundId >= roundsAmong(peers)) return [ended];
  const next = roundId + 1;
  return [
    ended,
    {
      type: "roundBegun",
      roundId: next,
      continues: null,
      roles: rolesIn(peerOrder(seats), next),
      minutes: roundId === 1 ? minutesTaken(clock, minutes, now) : minutes,
    },
    { type: "breathSet", roundId: next, endsAt: now + BREATH_MS },
  ];
}

function extendBreath({ round, peers }: PeerScene, { roundId }: CommandOf<"extendBreath">): Decision {
  const { breathEndsAt, breathExtended } = peers;
  if (breathEndsAt === null || roundId !== round.roundId) return refuse("wrong_phase");
  if (breathExtended >= EXTENSIONS_MOST) return refuse("too_many");
  return accept({ type: "breathSet", roundId, endsAt: breathEndsAt + BREATH_MORE_MS });
}

/** Whoever practises alone is asked by the room, in the order of the plan. */
function askNext(scene: Scene, _command: CommandOf<"askNext">, context: Context): Decision {
  return scene.state.peers?.people === 1 ? askNextOf(scene, context) : refuse("wrong_seat");
}

/** Whoever practises alone takes questions up again once they are uncovered, in a round of its own that is as long as they were planned. */
function askAgain(
  { state, round, seat, role, peers }: PeerScene,
  { questionIds }: CommandOf<"askAgain">,
  context: Context,
): Decision {
  if (peers.people > 1 || role !== "host") return refuse("wrong_seat");
  const asked = state.rounds.flatMap(({ asks }) => asks);
  const plan: PlanItem[] = [];
  for (const questionId of new Set(questionIds)) {
    const ask = asked.findLast(({ question }) => question.bankId === questionId);
    const item = ask && planned(questionId, ask.minutes, context);
    if (!item) return refuse("unknown_question");
    plan.push(item);
  }
  const roundId = round.roundId + 1;
  return accept(
    { type: "dealt", rounds: [...(peers.dealt ?? []).map((items) => [...items]), plan] },
    {
      type: "roundBegun",
      roundId,
      continues: null,
      roles: { [seat.seatId]: "candidate" },
      minutes: plan.reduce((sum, { minutes }) => sum + minutes, 0),
    },
  );
}

/** What one says of the other: of whoever was asked by who rates them, and of whoever asked by who was asked. */
function writeToPeer(scene: PeerScene, { roundId, part, ...written }: CommandOf<"writeToPeer">): Decision {
  const { peers, seat } = scene;
  const refused = givingRefused(scene, roundId, part === "toInterviewer");
  if (refused) return refused;
  const before = (peers.given[roundId]?.[seat.seatId] ?? nothingGiven).texts[part] ?? "";
  const text = writtenOnto(before, written);
  if (text.length > LIMITS.note) return refuse("too_long");
  const edit = spliceBetween(before, text);
  return accept({ type: "peerWritten", roundId, seatId: seat.seatId, kind: part, edit });
}

function rateInterviewing(scene: PeerScene, { roundId, criterionId, level }: CommandOf<"rateInterviewing">): Decision {
  return (
    givingRefused(scene, roundId, true) ??
    accept({ type: "interviewingRated", roundId, seatId: scene.seat.seatId, criterionId, level })
  );
}

/** Why a seat may not write that of a round, or null where it may: the round is one that has begun, and nothing was let go yet. */
function givingRefused({ state, peers, seat }: PeerScene, roundId: number, isOfInterviewer: boolean): Decision | null {
  const round = findRound(state, roundId);
  if (!round || round.phase === "lobby") return refuse("wrong_phase");
  if (peers.letGo[seat.seatId] !== undefined) return refuse("scorecard_locked");
  const role = roleIn(state, roundId, seat.seatId);
  const may = isOfInterviewer ? role === "candidate" && peers.people > 1 : scores(role);
  return may ? null : refuse("wrong_seat");
}

/** Nothing can be changed from here on; when all have let go, what they give is shown to all. */
function letGo({ state, round, seat, peers }: PeerScene, { gives }: CommandOf<"letGo">): Decision {
  if (round.roundId < roundsAmong(peers)) return refuse("wrong_phase");
  const { seatId } = seat;
  if (peers.people === 1) {
    return roleIn(state, round.roundId, seatId) === "candidate"
      ? accept({ type: "uncovered", roundId: round.roundId, seatId })
      : accept();
  }
  return peers.letGo[seatId] === undefined ? accept({ type: "lettingGo", seatId, gives }) : accept();
}

function sayLine({ seat, peers }: PeerScene, { lineId, text }: CommandOf<"sayLine">): Decision {
  if (peers.line.some((other) => other.lineId === lineId)) return accept();
  if (peers.line.length >= LIMITS.lines) return refuse("room_large");
  return accept({ type: "lineSaid", lineId, seatId: seat.seatId, text });
}
