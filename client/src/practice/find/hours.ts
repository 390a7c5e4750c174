import type { When } from "@whetstone/shared/practice/matching/wishes";

/** Hours of the week as a person writes them, and as the queue takes them. */

/** Some days with the same hours; `from` and `to` as a clock shows them, `18:00`. An end before the beginning is on the next day. */
export interface HoursRow {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

export type WeeklyHours = Extract<When, { kind: "hours" }>["hours"];

const DAY = 1_440;
/** What the queue takes at most. */
const HOURS_MOST = 28;

export const FIRST_HOURS: readonly HoursRow[] = [{ days: [0, 1, 2, 3, 4], from: "18:00", to: "20:00" }];

type Read = { readonly hours: WeeklyHours } | { readonly problem: string };

/** The hours of all rows, or what is wrong with them, in a sentence. */
export function weeklyHours(rows: readonly HoursRow[]): Read {
  const hours = [];
  for (const { days, from, to } of rows) {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    if (begin === null || end === null) return { problem: "Write both times, such as 18:00 and 20:00." };
    if (begin === end) return { problem: "The hours begin and end at the same time." };
    if (days.length === 0) return { problem: "Choose at least one day." };
    for (const day of days) {
      if (begin < end) hours.push({ day, from: begin, to: end });
      else {
        hours.push({ day, from: begin, to: DAY });
        if (end > 0) hours.push({ day: (day + 1) % 7, from: 0, to: end });
      }
    }
  }
  return hours.length > HOURS_MOST ? { problem: "These are too many different hours. Leave some out." } : { hours };
}

/** The rows that say the same as hours that were kept: days with the same hours in one row. */
export function rowsOf(hours: WeeklyHours): readonly HoursRow[] {
  const rows = new Map<string, HoursRow>();
  for (const { day, from, to } of hours) {
    const key = `${from} ${to}`;
    rows.set(key, { days: [...(rows.get(key)?.days ?? []), day], from: clockText(from), to: clockText(to % DAY) });
  }
  return [...rows.values()];
}

function minutesOf(clock: string): number | null {
  const found = /^(\d\d?):(\d\d)/.exec(clock);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return minutes < DAY ? minutes : null;
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
