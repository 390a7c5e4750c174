import { z } from "zod";
import { AgreementReport } from "../agreement/agreement.ts";
import { type ItemScore, ItemStatistics, itemStatistics } from "../agreement/items.ts";
import { Identifier, LEVELS } from "../bank.ts";
import {
  criteriaOf,
  type Interview,
  type InterviewAsk,
  inOrder,
  Reach,
  type Reading,
  reachOf,
  Secrets,
} from "./interviews.ts";
import { agreementAcross, type IndependentRating, independentRatings } from "./ratings.ts";

export const QuestionUseRequest = z.strictObject({ secrets: Secrets, questionId: Identifier });
export type QuestionUseRequest = z.infer<typeof QuestionUseRequest>;

/** One time that the question was asked. */
const QuestionAsk = z.strictObject({
  roomId: z.string(),
  candidate: z.string().nullable(),
  title: z.string().describe("The room's."),
  at: z.number().describe("When the interview began, in milliseconds since 1970."),
  budgetMs: z.number(),
  usedMs: z.number(),
  raters: z.int().describe("How many rated the answer."),
  mean: z.number().nullable().describe("The mean of all levels of the answer, 1 to 4."),
});
export type QuestionAsk = z.infer<typeof QuestionAsk>;

const LevelCounts = z.strictObject({
  criterionId: z.string(),
  name: z.string().describe("As it was called last."),
  changed: z.boolean().describe("Its anchors were not the same in all these interviews."),
  distribution: z.array(z.int()).length(LEVELS.length).describe("How many ratings are at level 1, 2, 3 and 4."),
});
export type LevelCounts = z.infer<typeof LevelCounts>;

/**
 * How a question was used in the interviews that somebody may read. Its levels are those of the first versions of
 * scorecards, which were written independently.
 */
export const QuestionUse = z.strictObject({
  reach: Reach,
  title: z.string().nullable().describe("As it was called last; null where it was never asked."),
  asks: z.array(QuestionAsk).describe("The latest first."),
  criteria: z.array(LevelCounts),
  medianUsedMs: z.number().nullable(),
  medianBudgetMs: z.number().nullable(),
  agreement: AgreementReport,
  statistics: ItemStatistics.omit({ item: true })
    .nullable()
    .describe("Null below the number of doubly rated candidates that agreement needs."),
});
export type QuestionUse = z.infer<typeof QuestionUse>;

interface Asked {
  readonly interview: Interview;
  readonly ask: InterviewAsk;
}

export function questionUseOf(reading: Reading, questionId: string): QuestionUse {
  const interviews = inOrder(reading.interviews);
  const all = independentRatings(interviews);
  const ratings = all.filter(({ ask }) => ask.questionId === questionId);
  const asked = interviews
    .flatMap((interview) => interview.asks.map((ask): Asked => ({ interview, ask })))
    .filter(({ ask }) => ask.questionId === questionId)
    .reverse();
  const told = asked.filter(({ interview }) => !interview.erased);
  const agreement = agreementAcross(ratings);
  return {
    reach: reachOf(reading),
    title: told[0]?.ask.title ?? null,
    asks: told.map((one) => questionAsk(one, ratings)),
    criteria: criteriaOf(told.map(({ ask }) => ask)).map((criterion) => ({
      ...criterion,
      distribution: distributionOf(ratings.filter(({ criterionId }) => criterionId === criterion.criterionId)),
    })),
    medianUsedMs: median(asked.map(({ ask }) => ask.usedMs)),
    medianBudgetMs: median(asked.map(({ ask }) => ask.budgetMs)),
    agreement,
    statistics: agreement.enough ? statisticsOf(questionId, interviews, all) : null,
  };
}

function questionAsk({ interview, ask }: Asked, ratings: readonly IndependentRating[]): QuestionAsk {
  const { roomId, candidate, title, at } = interview;
  const own = ratings.filter((rating) => rating.candidate === roomId);
  return {
    roomId,
    candidate,
    title,
    at,
    budgetMs: ask.budgetMs,
    usedMs: ask.usedMs,
    raters: new Set(own.map(({ rater }) => rater)).size,
    mean: own.length === 0 ? null : own.reduce((sum, { level }) => sum + level, 0) / own.length,
  };
}

const distributionOf = (ratings: readonly IndependentRating[]): number[] =>
  LEVELS.map((level) => ratings.filter((rating) => rating.level === level).length);

/** Every ask is an item, also one that was typed: it belongs to what the candidate did besides this question. */
function statisticsOf(
  questionId: string,
  interviews: readonly Interview[],
  ratings: readonly IndependentRating[],
): QuestionUse["statistics"] {
  const itemOf = (ask: InterviewAsk) => ask.questionId ?? ask.askId;
  const asked = interviews.flatMap(({ roomId, asks }) =>
    asks.map((ask): ItemScore => ({ person: roomId, item: itemOf(ask), score: null })),
  );
  const scored = ratings.map(({ candidate, ask, level }) => ({ person: candidate, item: itemOf(ask), score: level }));
  const scale = { interviews: interviews.length, lowest: Math.min(...LEVELS), highest: Math.max(...LEVELS) };
  const found = itemStatistics([...asked, ...scored], scale).find(({ item }) => item === questionId);
  if (!found) return null;
  const { item: _, ...statistics } = found;
  return statistics;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
