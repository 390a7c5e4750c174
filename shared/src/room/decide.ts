import { askRules } from "./asks/rules.ts";
import { callRules } from "./call/rules.ts";
import type { AnyCommand } from "./command.ts";
import { courseRules } from "./course/rules.ts";
import { decisionRules } from "./decision/rules.ts";
import { feedbackRules, publishingRules } from "./feedback/rules.ts";
import { keepingRules } from "./keeping/rules.ts";
import { messageRules } from "./messages/rules.ts";
import { asksAmongPeers, isForEveryPeer, peerRefusal } from "./peers/among.ts";
import { peerRules, turnRule } from "./peers/rules.ts";
import { type Refusal, refusal } from "./refusal.ts";
import {
  type BearerRule,
  type Context,
  type Decision,
  HOST,
  PANEL,
  refuse,
  type Scene,
  type SeatRule,
  type ServerRule,
} from "./rule.ts";
import { runRules } from "./runs/rules.ts";
import { withReaders } from "./scorecard/readers.ts";
import { scorecardRules } from "./scorecard/rules.ts";
import type { SeatRole } from "./seats/commands.ts";
import { isInLobby } from "./seats/lobby.ts";
import { holdingRule, joinRule, leadBackRule, linkRules, seatRules } from "./seats/rules.ts";
import type { Seat } from "./seats/state.ts";
import { sizeRefusal } from "./size.ts";
import { currentRound, isErased, type RoomState, type Round, roleIn, roundOfAsk, scores } from "./state.ts";
import { withQuietEnded } from "./workspace/quiet.ts";
import { foldingRule, quietOverRule, workspaceRules } from "./workspace/rules.ts";

/** Who asks for something: a seat, whoever brings a secret that is known by its SHA-256, or the server itself. */
export type Actor =
  | { readonly kind: "seat"; readonly seatId: string }
  | { readonly kind: "bearer"; readonly secretHash: string }
  | { readonly kind: "server" };

type CommandOf<T extends AnyCommand["type"]> = Extract<AnyCommand, { type: T }>;

/** Every command: who may give it, when, and what it does. */
const RULES: {
  readonly [T in AnyCommand["type"]]: SeatRule<CommandOf<T>> | BearerRule<CommandOf<T>> | ServerRule<CommandOf<T>>;
} = {
  ...seatRules,
  ...linkRules,
  join: joinRule,
  holdTogether: holdingRule,
  leadHostBack: leadBackRule,
  ...courseRules,
  ...askRules,
  ...scorecardRules,
  ...decisionRules,
  ...feedbackRules,
  ...publishingRules,
  ...keepingRules,
  ...peerRules,
  turn: turnRule,
  ...workspaceRules,
  foldAnswer: foldingRule,
  ...runRules,
  ...callRules,
  ...messageRules,
  quietOver: quietOverRule,
};

/** Decides a command. Total: every command of everybody in every state is answered with events or with a refusal. */
export function decide(state: RoomState, actor: Actor, command: AnyCommand, context: Context): Decision {
  const decision = byRule(command.type, state, actor, command, context);
  if ("refusal" in decision) return decision;
  const { now } = context;
  return { events: withQuietEnded(state, withReaders(state, decision.events, now), now) };
}

function byRule<T extends AnyCommand["type"]>(
  type: T,
  state: RoomState,
  actor: Actor,
  command: CommandOf<T>,
  context: Context,
): Decision {
  if (isErased(state)) return refuse("room_erased");
  const rule = RULES[type];
  const full = sizeRefusal(type, context.held);
  if (actor.kind === "server")
    return rule.by === "server" ? rule.decide(state, command, context) : refuse("wrong_seat");
  if (actor.kind === "bearer") {
    if (rule.by !== "bearer") return refuse("wrong_seat");
    return full ? { refusal: full } : rule.decide(state, actor.secretHash, command, context);
  }
  const seat = state.seats[actor.seatId];
  if (!seat) return refuse("unknown_seat");
  if (seat.removed) return refuse("seat_removed");
  if (rule.by === "bearer" || rule.by === "server") return refuse("wrong_seat");
  const round = roundOf(state, command);
  const role = roleIn(state, round.roundId, seat.seatId);
  const refused = peerRefusal(state, seat, command);
  if (refused) return refuse(refused);
  if (role === null) return refuse("wrong_seat");
  const scene = { state, round, seat, role };
  if (!(rule.by.includes(role) || isForEveryPeer(state, type))) {
    const wanting = isLentTo(scene) ? rule.lent?.(scene, command) : undefined;
    if (wanting !== null) return refuse("wrong_seat", wanting);
  }
  if (waits(seat, role) || (isInLobby(state, seat) && !OF_LOBBY.has(type))) return refuse("not_admitted");
  if (!rule.during.includes(round.phase)) {
    const waitsForIt = round.phase === "paused" && rule.during.includes("live");
    return refuse("wrong_phase", waitsForIt ? "It is paused: this can be done once it goes on." : undefined);
  }
  if (full) return { refusal: full };
  return rule.decide(scene, command, context);
}

/** Whom a host can lend something: an interviewer of a panel. */
const isLentTo = ({ state, seat, role }: Scene): boolean =>
  role === "interviewer" && state.peers === null && !waits(seat, role);

/** Whoever scores or captions does and reads nothing before the host has let them in. A candidate who waits may at least raise their hand. */
const waits = ({ admitted }: Seat, role: SeatRole): boolean => !admitted && (scores(role) || role === "captioner");

/** What a candidate may do who was moved back to the lobby: what was on its way is taken, so that nothing is lost. */
const OF_LOBBY: ReadonlySet<AnyCommand["type"]> = new Set<AnyCommand["type"]>([
  ...(["raiseHand", "lowerHand", "writeAnswer", "keepRun", "mark"] as const),
]);

/** What a seat may read beside its own view, and what it must be in the current round for it. */
const READINGS = { export: PANEL, bank: PANEL, record: HOST, trail: HOST } as const satisfies Record<
  string,
  readonly SeatRole[]
>;

export type Reading = keyof typeof READINGS;

/** Why a seat may not read something, or null where it may. */
export function readingRefusal(state: RoomState, seatId: string, reading: Reading): Refusal | null {
  if (state.peers) return peerReadingRefusal(state, seatId, reading);
  // Who looked at what can be read for ever.
  if (isErased(state) && reading !== "trail") return refusal("room_erased");
  const seat = state.seats[seatId];
  const role = roleIn(state, currentRound(state).roundId, seatId);
  if (!seat || role === null || !READINGS[reading].includes(role)) return refusal("wrong_seat");
  return waits(seat, role) ? refusal("not_admitted") : null;
}

/** What peers take away is made for each of them, and nothing else of the room is, but who had it once all that was sealed is gone. */
const peerReadingRefusal = (state: RoomState, seatId: string, reading: Reading): Refusal | null =>
  reading === "trail" && isErased(state) && state.seats[seatId]?.joinedAs === "host" ? null : refusal("wrong_seat");

/** Why a seat may not ask for the room to be erased, or null where it may; whether it can be just now is for its rule to say. */
export const erasingRefusal = (state: RoomState, seatId: string): Refusal | null =>
  isForEveryPeer(state, "erase") ? null : readingRefusal(state, seatId, "trail");

/** Why a seat may not read a question of the bank, or null where it may: among peers those alone that it is going to ask. */
export function questionRefusal(state: RoomState, seatId: string, questionId: string): Refusal | null {
  if (!state.peers) return readingRefusal(state, seatId, "bank");
  return asksAmongPeers(state, seatId, questionId) ? null : refusal("wrong_seat");
}

/** The round that a command is about: that of the ask that it names, else the current one. */
function roundOf(state: RoomState, command: AnyCommand): Round {
  const askId = "askId" in command ? command.askId : null;
  return (askId === null ? undefined : roundOfAsk(state, askId)) ?? currentRound(state);
}
