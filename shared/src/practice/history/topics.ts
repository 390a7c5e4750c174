import { mean } from "../../agreement/numbers.ts";
import { QuestionLevel } from "../../bank.ts";
import type { Answer } from "./answers.ts";
import { byName, groupsBy } from "./groups.ts";

/** Answers by topic: at each level of question, and over time. */

/** A topic's name, or null for questions that have none, as those that were typed. */
export type TopicName = string | null;

export interface HeatCell {
  readonly level: QuestionLevel | null;
  /** How many answers, also those that nobody rated; one that partners and oneself rated counts once. */
  readonly count: number;
  /** The mean of all their scores, or null where none was rated. */
  readonly mean: number | null;
  readonly lastAt: number;
}

interface HeatRow {
  readonly topic: TopicName;
  /** One for each of the map's levels; null where nothing was asked. */
  readonly cells: readonly (HeatCell | null)[];
}

export interface HeatMap {
  /** All levels of questions, and null behind them where there are answers to questions of none. */
  readonly levels: readonly (QuestionLevel | null)[];
  readonly rows: readonly HeatRow[];
}

/** How often each topic was asked at each level, how it went, and when last. */
export function heatMapOf(answers: readonly Answer[]): HeatMap {
  const levels = [...QuestionLevel.options, ...(answers.some(({ level }) => level === null) ? [null] : [])];
  const rows = [...groupsBy(answers, ({ topic }) => topic)].map(([topic, group]) => {
    const byLevel = groupsBy(group, ({ level }) => level);
    return { topic, cells: levels.map((level) => cellOf(level, byLevel.get(level) ?? [])) };
  });
  return { levels, rows: rows.sort((one, other) => byName(one.topic, other.topic)) };
}

function cellOf(level: QuestionLevel | null, answers: readonly Answer[]): HeatCell | null {
  if (answers.length === 0) return null;
  const lastAt = Math.max(...answers.map(({ at }) => at));
  const count = new Set(answers.map(({ askKey }) => askKey)).size;
  return { level, count, mean: meanScore(answers), lastAt };
}

function meanScore(answers: readonly Answer[]): number | null {
  const scores = answers.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? null : mean(scores);
}

/** An answer that was rated. */
export type RatedAnswer = Answer & { readonly score: number };

export interface TopicLine {
  readonly topic: TopicName;
  /** The oldest first; at least one. */
  readonly points: readonly RatedAnswer[];
  readonly mean: number;
}

/** For each topic how its answers were rated over time, by partners and by oneself. A topic without a rating has no line. */
export function topicLines(answers: readonly Answer[]): TopicLine[] {
  const rated = answers.filter((answer): answer is RatedAnswer => answer.score !== null);
  return [...groupsBy(rated, ({ topic }) => topic)]
    .map(([topic, points]) => ({
      topic,
      points: points.toSorted((one, other) => one.at - other.at),
      mean: mean(points.map(({ score }) => score)),
    }))
    .sort((one, other) => byName(one.topic, other.topic));
}
