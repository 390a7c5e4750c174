import { askRules } from "./asks/rules.ts";
import type { Command, RequestedCommand } from "./command.ts";
import { courseRules } from "./course/rules.ts";
import { decisionRules } from "./decision/rules.ts";
import { feedbackRules, publishingRules } from "./feedback/rules.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { type BearerRule, type Context, type Decision, PANEL, refuse, type SeatRule } from "./rule.ts";
import { scorecardRules } from "./scorecard/rules.ts";
import type { SeatRole } from "./seats/commands.ts";
import { joinRule, linkRules, seatRules } from "./seats/rules.ts";
import { sizeRefusal } from "./size.ts";
import { currentRound, type RoomState, type Round, roleIn, roundOfAsk } from "./state.ts";

/** Who asks for something: a seat, or whoever brings a secret that is known by its SHA-256. */
export type Actor =
  | { readonly kind: "seat"; readonly seatId: string }
  | { readonly kind: "bearer"; readonly secretHash: string };

export type AnyCommand = Command | RequestedCommand;
type CommandOf<T extends AnyCommand["type"]> = Extract<AnyCommand, { type: T }>;

/** Every command: who may give it, when, and what it does. */
const RULES: { readonly [T in AnyCommand["type"]]: SeatRule<CommandOf<T>> | BearerRule<CommandOf<T>> } = {
  ...seatRules,
  ...linkRules,
  join: joinRule,
  ...courseRules,
  ...askRules,
  ...scorecardRules,
  ...decisionRules,
  ...feedbackRules,
  ...publishingRules,
};

/** Decides a command. Total: every command of everybody in every state is answered with events or with a refusal. */
export function decide(state: RoomState, actor: Actor, command: AnyCommand, context: Context): Decision {
  return byRule(command.type, state, actor, command, context);
}

function byRule<T extends AnyCommand["type"]>(
  type: T,
  state: RoomState,
  actor: Actor,
  command: CommandOf<T>,
  context: Context,
): Decision {
  const rule = RULES[type];
  const full = sizeRefusal(type, context.held);
  if (actor.kind === "bearer") {
    if (rule.by !== "bearer") return refuse("wrong_seat");
    return full ? { refusal: full } : rule.decide(state, actor.secretHash, command, context);
  }
  const seat = state.seats[actor.seatId];
  if (!seat) return refuse("unknown_seat");
  if (seat.removed) return refuse("seat_removed");
  if (rule.by === "bearer") return refuse("wrong_seat");
  const round = roundOf(state, command);
  const role = roleIn(state, round.roundId, seat.seatId);
  if (role === null || !rule.by.includes(role)) return refuse("wrong_seat");
  if (!rule.during.includes(round.phase)) return refuse("wrong_phase");
  if (full) return { refusal: full };
  return rule.decide({ state, round, seat, role }, command, context);
}

/** What a seat may read beside its own view, and what it must be in the current round for it. */
const READINGS = { export: PANEL, bank: PANEL } as const satisfies Record<string, readonly SeatRole[]>;

/** Why a seat may not read something, or null where it may. */
export function readingRefusal(state: RoomState, seatId: string, reading: keyof typeof READINGS): Refusal | null {
  const role = roleIn(state, currentRound(state).roundId, seatId);
  return role !== null && READINGS[reading].includes(role) ? null : refusal("wrong_seat");
}

/** The round that a command is about: that of the ask that it names, else the current one. */
function roundOf(state: RoomState, command: AnyCommand): Round {
  const askId = "askId" in command ? command.askId : null;
  return (askId === null ? undefined : roundOfAsk(state, askId)) ?? currentRound(state);
}
