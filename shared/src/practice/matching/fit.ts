import type { QuestionLevel } from "../../bank.ts";
import { LEVELS, type PracticeMinutes, WIDENINGS, type Widening, type Wishes } from "./wishes.ts";

/** How well two wishes go together, from 0 to 1, and by what. */
export interface Fit {
  readonly total: number;
  readonly levels: number;
  readonly topics: number;
  readonly minutes: number;
}

/** What each part counts. The level first: an interview at the wrong one helps neither, while a topic can be learned from. */
const WEIGHTS = { levels: 0.45, topics: 0.35, minutes: 0.2 } as const;
const NEIGHBOURING_LEVEL = 0.5;

const NOTHING: Fit = { total: 0, levels: 0, topics: 0, minutes: 0 };

/**
 * The same for both. Levels count whole where one is shared and half where the nearest are neighbours; topics by the share of the shorter list
 * that is shared, where no topics are any; minutes where they agree. Without a common language, or with levels further apart, nothing fits.
 */
export function fit(one: Wishes, other: Wishes): Fit {
  if (one.language !== other.language) return NOTHING;
  const distance = levelDistance(one.levels, other.levels);
  if (distance > 1) return NOTHING;
  const levels = distance === 0 ? 1 : NEIGHBOURING_LEVEL;
  const topics = topicShare(one.topics, other.topics);
  const minutes = one.minutes.some((some) => other.minutes.includes(some)) ? 1 : 0;
  return { total: sumOf({ levels, topics, minutes }), levels, topics, minutes };
}

const sumOf = (parts: Readonly<Record<Widening, number>>): number =>
  WIDENINGS.reduce((sum, part) => sum + WEIGHTS[part] * parts[part], 0);

/** What a partner is worth to somebody who let go of that by hand: what they let go of lacks them nothing. */
export const worthTo = (byHand: readonly Widening[], { levels, topics, minutes }: Fit): number => {
  const part = (name: Widening, value: number) => (byHand.includes(name) ? 1 : value);
  return sumOf({ levels: part("levels", levels), topics: part("topics", topics), minutes: part("minutes", minutes) });
};

function levelDistance(some: readonly QuestionLevel[], others: readonly QuestionLevel[]): number {
  let least = LEVELS.length;
  for (const one of some) {
    for (const other of others) least = Math.min(least, Math.abs(LEVELS.indexOf(one) - LEVELS.indexOf(other)));
  }
  return least;
}

function topicShare(some: readonly string[], others: readonly string[]): number {
  if (some.length === 0 || others.length === 0) return 1;
  const shared = some.filter((topic) => others.includes(topic)).length;
  return shared / Math.min(some.length, others.length);
}

/** What the two have in common, for a page to say before there are names; no topics are any. */
export function inCommon(one: Wishes, other: Wishes): Common {
  const levels = one.levels.filter((level) => other.levels.includes(level));
  const topics =
    one.topics.length === 0
      ? other.topics
      : one.topics.filter((topic) => other.topics.length === 0 || other.topics.includes(topic));
  const minutes = one.minutes.filter((some) => other.minutes.includes(some));
  return { levels, topics, minutes };
}

export interface Common {
  readonly levels: readonly QuestionLevel[];
  readonly topics: readonly string[];
  readonly minutes: readonly PracticeMinutes[];
}

const MINUTE = 60_000;

/** After how long of waiting each wish is let go of by itself, in milliseconds. Nothing that was let go of is taken back. */
export const WIDENED_AFTER: Readonly<Record<Widening, number>> = {
  levels: 4 * MINUTE,
  topics: 6 * MINUTE,
  minutes: 8 * MINUTE,
};

/** What somebody has let go of who has waited that long and let go of these by hand. */
export const widened = (byHand: readonly Widening[], waitedMs: number): readonly Widening[] =>
  WIDENINGS.filter((one) => byHand.includes(one) || waitedMs >= WIDENED_AFTER[one]);

/** What some wishes leave out that could be let go of. */
export const limitedBy = ({ levels, topics, minutes }: Wishes): readonly Widening[] =>
  WIDENINGS.filter((one) => {
    if (one === "levels") return levels.length < LEVELS.length;
    return one === "topics" ? topics.length > 0 : minutes.length < PRACTICE_MINUTES;
  });

/** How many lengths of a round there are. */
const PRACTICE_MINUTES = 2;

/** Whether somebody who has let go of that takes a partner who fits so. */
export const admits = (fit: Fit, letGo: readonly Widening[]): boolean =>
  fit.total > 0 &&
  (fit.levels === 1 || letGo.includes("levels")) &&
  (fit.topics > 0 || letGo.includes("topics")) &&
  (fit.minutes > 0 || letGo.includes("minutes"));
