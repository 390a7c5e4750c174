import type { PhaseBudget, PhaseKind } from "../../bank.ts";
import { mergeOrders } from "../../merge.ts";
import type { PlanItem, PlanRequest, RoomKit } from "./commands.ts";
import type { CourseEvent } from "./events.ts";

export type RoomPhase = "lobby" | "live" | "paused" | "ended";

/** Wall-clock facts from which every timer follows, in milliseconds since 1970. Only the last pause can be open. */
export interface RoundClock {
  readonly startedAt: number | null;
  readonly pauses: readonly { readonly from: number; readonly to: number | null }[];
  readonly endedAt: number | null;
}

interface PlanPhase {
  readonly kind: PhaseKind;
  readonly since: number;
}

/** How a round goes: its phase, its time and its plan. */
export interface CourseState {
  readonly phase: RoomPhase;
  readonly minutes: number;
  readonly phases: readonly PhaseBudget[];
  /** The part of the plan that is under way, and the running time at which it was entered. */
  readonly planPhase: PlanPhase | null;
  /** The one before, or the one in which it ended, so that it can be gone back to. */
  readonly planPhaseBefore: PlanPhase | null;
  readonly clock: RoundClock;
  /** The kit that the room was opened from, and the plan that it made. */
  readonly kit: (RoomKit & { readonly plan: readonly PlanItem[] }) | null;
  readonly plan: readonly PlanItem[];
  /** By item of the plan, the seat that is to ask it. It stays with an item that is taken out, for whoever puts it back. */
  readonly assigned: Readonly<Record<string, string>>;
}

type Prepared = Pick<CourseState, "minutes" | "phases" | "plan"> & { readonly kit: RoomKit | null };

export function prepareCourse({ minutes, phases, kit, plan }: Prepared): CourseState {
  return {
    phase: "lobby",
    minutes,
    phases,
    planPhase: null,
    planPhaseBefore: null,
    clock: { startedAt: null, pauses: [], endedAt: null },
    kit: kit && { ...kit, plan },
    plan,
    assigned: {},
  };
}

/** Running time of the interview at `at`: since the start, without pauses, until the end; in milliseconds. */
export function elapsedAt({ startedAt, pauses, endedAt }: RoundClock, at: number): number {
  if (startedAt === null) return 0;
  const until = Math.min(at, endedAt ?? at);
  const paused = pauses.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? until, until) - from), 0);
  return Math.max(0, until - startedAt - paused);
}

export function evolveCourse(course: CourseState, event: CourseEvent, at: number): Partial<CourseState> {
  const { clock } = course;
  switch (event.type) {
    case "planArranged":
      return { plan: event.items };
    case "itemAssigned":
      return { assigned: assignedTo(course.assigned, event.itemId, event.seatId) };
    case "roomStarted": {
      const [first] = course.phases;
      return {
        phase: "live",
        clock: { ...clock, startedAt: at },
        planPhase: first ? { kind: first.kind, since: 0 } : null,
      };
    }
    case "roomPaused":
      return { phase: "paused", clock: { ...clock, pauses: [...clock.pauses, { from: at, to: null }] } };
    case "roomResumed":
      return { phase: "live", clock: unpaused(clock, at) };
    case "roomEnded":
      return {
        phase: "ended",
        planPhase: null,
        planPhaseBefore: course.planPhase,
        clock: { ...unpaused(clock, at), endedAt: at },
      };
    case "roomReopened":
      return { phase: "live", planPhase: course.planPhaseBefore, planPhaseBefore: null, clock: reopened(clock, at) };
    case "roomExtended":
      return { minutes: course.minutes + event.minutes };
    case "phaseEntered":
      return {
        planPhase: { kind: event.phase, since: elapsedAt(clock, at) },
        planPhaseBefore: course.planPhase,
      };
    default:
      return event satisfies never;
  }
}

function assignedTo(assigned: CourseState["assigned"], itemId: string, seatId: string | null): CourseState["assigned"] {
  const { [itemId]: _, ...others } = assigned;
  return seatId === null ? others : { ...others, [itemId]: seatId };
}

interface Arranged {
  readonly items: readonly PlanRequest[];
  /** The plan that was arranged; without it the items take the plan's place. */
  readonly base?: readonly PlanRequest[] | undefined;
}

/**
 * The plan that comes of `current` by what somebody has arranged: items that either added are in it, each question once, and none that
 * either took out; an item stands where it was moved to, for the minutes that it was given.
 */
export function planOnto(current: readonly PlanRequest[], { items, base }: Arranged): PlanRequest[] {
  if (base === undefined) return [...items];
  const [before, mine, theirs] = [byId(base), byId(items), byId(current)];
  const isThere = (itemId: string) => !before.has(itemId) || (mine.has(itemId) && theirs.has(itemId));
  const order = mergeOrders([...before.keys()], [...mine.keys()], [...theirs.keys()]);
  const planned = new Set(current.map(({ questionId }) => questionId));
  return [...new Set(order)].filter(isThere).flatMap((itemId) => {
    const ours = mine.get(itemId);
    const other = theirs.get(itemId);
    if (!ours || !other) return other ?? (ours && !planned.has(ours.questionId) ? ours : []);
    const { itemId: id, questionId, minutes } = ours.minutes === before.get(itemId)?.minutes ? other : ours;
    return { itemId: id, questionId, minutes };
  });
}

const byId = (plan: readonly PlanRequest[]): ReadonlyMap<string, PlanRequest> =>
  new Map(plan.map((item) => [item.itemId, item]));

/** The time since the end did not run. */
function reopened(clock: RoundClock, at: number): RoundClock {
  const { pauses, endedAt } = clock;
  return { ...clock, pauses: endedAt === null ? pauses : [...pauses, { from: endedAt, to: at }], endedAt: null };
}

function unpaused(clock: RoundClock, at: number): RoundClock {
  return { ...clock, pauses: clock.pauses.map(({ from, to }) => ({ from, to: to ?? at })) };
}
