/** A wait that ended in a pair. */
export interface PastWait {
  /** When the pair was made, in milliseconds since 1970. */
  readonly at: number;
  readonly waitedMs: number;
}

/** How long people usually waited in one hour of the week: `hour` counts from Monday, midnight UTC. */
export interface UsualWait {
  readonly hour: number;
  readonly medianMs: number;
  readonly people: number;
}

const HOUR = 3_600_000;
const WEEK_HOURS = 168;
/** The first hour of 1970 was a Thursday's. */
const FIRST_HOUR = 72;

/** Of fewer nothing is said, as it would be about somebody and not about the hour. */
const PEOPLE_LEAST = 5;

export const hourOfWeek = (at: number): number => (Math.floor(at / HOUR) + FIRST_HOUR) % WEEK_HOURS;

/** The usual wait by hour of the week, for those hours in which enough people found a partner. */
export function usualWaits(past: Iterable<PastWait>): UsualWait[] {
  const byHour = new Map<number, number[]>();
  for (const { at, waitedMs } of past) {
    const hour = hourOfWeek(at);
    byHour.set(hour, [...(byHour.get(hour) ?? []), waitedMs]);
  }
  return [...byHour]
    .filter(([, waits]) => waits.length >= PEOPLE_LEAST)
    .map(([hour, waits]) => ({ hour, medianMs: medianOf(waits), people: waits.length }))
    .sort((one, other) => one.hour - other.hour);
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
