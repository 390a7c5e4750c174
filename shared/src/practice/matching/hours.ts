import type { When } from "./wishes.ts";
import { type Clock, clockOf } from "./zone.ts";

/** A stretch of time in milliseconds since 1970, without its end. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
/** Monday is 0, and the first day of 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;

/**
 * When somebody can be brought together with another between `from` and `until`, in order and apart; null stands for always. The hours are
 * those of the zone's own clock on each day, so that a change to summer time moves them against UTC and not for the person. An hour that
 * the change leaves out is left out; what is shown twice opens when it is shown first and closes when it is shown last.
 */
export function openingsOf(when: When, from: number, until: number): readonly Interval[] | null {
  if (when.kind === "now") return null;
  const clock = clockOf(when.zone);
  const firstDay = Math.floor(clock(from) / DAY);
  const lastDay = Math.floor(clock(until) / DAY);
  const found: Interval[] = [];
  for (let day = firstDay; day <= lastDay; day++) {
    const weekday = (day + FIRST_WEEKDAY) % 7;
    for (const hours of when.hours.filter((one) => one.day === weekday)) {
      const opens = Math.max(from, momentOf(clock, day * DAY + hours.from * MINUTE, "first"));
      const closes = Math.min(until, momentOf(clock, day * DAY + hours.to * MINUTE, "last"));
      if (opens < closes) found.push({ from: opens, to: closes });
    }
  }
  return joined(found);
}

/** How much of the time between two moments lies in the openings, in milliseconds. */
export function openTime(openings: readonly Interval[] | null, from: number, until: number): number {
  if (openings === null) return Math.max(0, until - from);
  return openings.reduce((sum, one) => sum + Math.max(0, Math.min(one.to, until) - Math.max(one.from, from)), 0);
}

export const isOpen = (openings: readonly Interval[] | null, now: number): boolean =>
  openings === null || openings.some(({ from, to }) => from <= now && now < to);

/** The first or the last moment at which the clock shows that; where it is set past it, the moment at which it is set. */
function momentOf(clock: Clock, shown: number, which: "first" | "last"): number {
  const offsets = [shown - DAY, shown + DAY].map((moment) => clock(moment) - moment);
  const candidates = offsets.map((offset) => shown - offset);
  const exact = candidates.filter((moment) => clock(moment) === shown);
  if (exact.length > 0) return which === "first" ? Math.min(...exact) : Math.max(...exact);
  let [before, after] = [Math.min(...candidates), Math.max(...candidates)];
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
    if (clock(middle) < shown) before = middle;
    else after = middle;
  }
  return after;
}

function joined(intervals: readonly Interval[]): Interval[] {
  const done: Interval[] = [];
  for (const next of intervals.toSorted((one, other) => one.from - other.from)) {
    const last = done.at(-1);
    if (!last || last.to < next.from) done.push(next);
    else done[done.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
  }
  return done;
}
