import type { AskedQuestion } from "../bank.ts";
import type { Audience, Dealable } from "../practice/deal.ts";
import type { RoomPhase } from "./course/state.ts";
import type { RoomEvent } from "./event.ts";
import { type Refusal, type RefusalReason, refusal } from "./refusal.ts";
import type { SeatRole } from "./seats/commands.ts";
import type { Seat } from "./seats/state.ts";
import type { Held } from "./size.ts";
import type { RoomState, Round } from "./state.ts";

/** What a decision may know besides the room: all that is impure is passed in. */
export interface Context {
  /** The server's time in milliseconds since 1970. */
  readonly now: number;
  /** A fresh identifier with the given prefix letter. */
  readonly newId: (prefix: "a" | "p" | "s") => string;
  /** The bank's question, frozen; undefined when the bank has none of that name. */
  readonly question: (questionId: string) => AskedQuestion | undefined;
  /** The questions that such peers can be dealt: a kit's, or all of the bank; undefined where there is no such kit for them. */
  readonly dealable: (kitId: string | null, audience: Audience) => readonly Dealable[] | undefined;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly held: Held;
}

export type Decision = { readonly events: readonly RoomEvent[] } | { readonly refusal: Refusal };

export const accept = (...events: RoomEvent[]): Decision => ({ events });
export const refuse = (reason: RefusalReason, detail?: string): Decision => ({ refusal: refusal(reason, detail) });

/** Where a seat's command is decided: in the round of the ask that it names, or in the current one. */
export interface Scene {
  readonly state: RoomState;
  readonly round: Round;
  readonly seat: Seat;
  /** What the seat is in that round. */
  readonly role: SeatRole;
}

/** Who may give a command, in which phases, and what it does. */
export interface SeatRule<C> {
  readonly by: readonly SeatRole[];
  readonly during: readonly RoomPhase[];
  /** What the host has lent to interviewers too: null where this one may, else in a sentence what it would take. */
  readonly lent?: (scene: Scene, command: C) => string | null;
  readonly decide: (scene: Scene, command: C, context: Context) => Decision;
}

/** A command of whoever brings a secret, known by its SHA-256, and has no seat yet. */
export interface BearerRule<C> {
  readonly by: "bearer";
  readonly decide: (state: RoomState, secretHash: string, command: C, context: Context) => Decision;
}

/** A command of the server's own, as when a room's time is over. */
export interface ServerRule<C> {
  readonly by: "server";
  readonly decide: (state: RoomState, command: C, context: Context) => Decision;
}

/** The rules of a slice: one for each of its commands. */
export type SeatRules<C extends { readonly type: string }> = {
  readonly [T in C["type"]]: SeatRule<Extract<C, { readonly type: T }>>;
};

export const HOST: readonly SeatRole[] = ["host"];
export const PANEL: readonly SeatRole[] = ["host", "interviewer"];
/** Whoever takes part in a round. */
export const SEATED: readonly SeatRole[] = ["host", "interviewer", "candidate"];
/** Whoever leads, and whoever is asked. */
export const EITHER_SIDE: readonly SeatRole[] = ["host", "candidate"];
export const CANDIDATE: readonly SeatRole[] = ["candidate"];
export const ANYTIME: readonly RoomPhase[] = ["lobby", "live", "paused", "ended"];
export const BEFORE_END: readonly RoomPhase[] = ["lobby", "live", "paused"];
export const RUNNING: readonly RoomPhase[] = ["live", "paused"];
export const SINCE_START: readonly RoomPhase[] = ["live", "paused", "ended"];
