import { z } from "zod";
import type { Ask } from "../asks/state.ts";
import { type CourseState, elapsedAt } from "./state.ts";

const MINUTE_MS = 60_000;

/**
 * A countdown as it travels. It names the moment at which it ends on the server's clock instead of what is left, so that it
 * stays true however long the message takes. All values in milliseconds; what is left falls below zero in overtime.
 */
export const Timer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("idle"), totalMs: z.number() }),
  z.strictObject({ kind: z.literal("running"), totalMs: z.number(), endsAt: z.number() }),
  z.strictObject({ kind: z.literal("stopped"), totalMs: z.number(), remainingMs: z.number() }),
]);
export type Timer = z.infer<typeof Timer>;

/** What is left on a timer at `now` of the server's clock, in milliseconds. */
export function remainingMs(timer: Timer, now: number): number {
  switch (timer.kind) {
    case "idle":
      return timer.totalMs;
    case "running":
      return timer.endsAt - now;
    case "stopped":
      return timer.remainingMs;
    default:
      return timer satisfies never;
  }
}

/** The interview's running time at `now` by a room's own timer, in milliseconds; nothing before its start. */
export const elapsedOn = (timer: Timer, now: number): number => Math.max(0, timer.totalMs - remainingMs(timer, now));

/** Time spent in the closed spans of an ask, and the running time at which the open one began. */
export function spentOn(ask: Ask): { closedMs: number; openSince: number | null } {
  let closedMs = 0;
  let openSince: number | null = null;
  for (const { from, to } of ask.spans) {
    if (to === null) openSince = from;
    else closedMs += to - from;
  }
  return { closedMs, openSince };
}

export const roomTimer = (state: CourseState): Timer => timerSince(state, 0, state.minutes * MINUTE_MS);

/** The open ask's timer: its budget less what earlier spans used. */
export function askTimer(state: CourseState, ask: Ask): Timer {
  const { closedMs, openSince } = spentOn(ask);
  const totalMs = ask.minutes * MINUTE_MS;
  return timerSince(state, (openSince ?? 0) - closedMs, totalMs);
}

/** The timer of the part of the plan that is under way, or null where the plan gives it no budget. */
export function planPhaseTimer(state: CourseState): Timer | null {
  const { planPhase } = state;
  const budget = state.phases.find(({ kind }) => kind === planPhase?.kind);
  return planPhase && budget ? timerSince(state, planPhase.since, budget.minutes * MINUTE_MS) : null;
}

/** Quiet time's timer, by the running time at which it began. */
export const quietTimer = (
  state: CourseState,
  { since, minutes }: { readonly since: number; readonly minutes: number },
): Timer => timerSince(state, since, minutes * MINUTE_MS);

/** A timer over `totalMs` that began when the interview's running time was `from`. */
function timerSince({ phase, clock }: CourseState, from: number, totalMs: number): Timer {
  if (clock.startedAt === null) return { kind: "idle", totalMs };
  if (phase === "live") {
    const pausedMs = clock.pauses.reduce((sum, pause) => sum + ((pause.to ?? pause.from) - pause.from), 0);
    return { kind: "running", totalMs, endsAt: clock.startedAt + pausedMs + from + totalMs };
  }
  const stoppedAt = clock.endedAt ?? clock.pauses.at(-1)?.from ?? clock.startedAt;
  return { kind: "stopped", totalMs, remainingMs: totalMs - (elapsedAt(clock, stoppedAt) - from) };
}
