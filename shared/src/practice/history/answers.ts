import { mean } from "../../agreement/numbers.ts";
import type { Level, QuestionLevel } from "../../bank.ts";
import { groupsBy } from "./groups.ts";
import type { PracticeRecord } from "./record.ts";

/** Who rated an answer. */
export type RatedBy = "partner" | "self";

/** One answer of whoever practises, however many partners rated it. */
export interface Answer {
  readonly questionId: string | null;
  readonly title: string;
  readonly topic: string | null;
  readonly level: QuestionLevel | null;
  readonly minutes: number;
  readonly at: number;
  readonly by: RatedBy;
  /** The mean level from 1 to 4, each who rated counting alike; null where nobody gave a level. */
  readonly score: number | null;
}

/** The answers that entries are about, the oldest first. */
export function answersIn(entries: readonly PracticeRecord[]): Answer[] {
  const own = entries.filter(({ kind }) => kind !== "given");
  return [...groupsBy(own, answerKey).values()].flatMap(answerOf).sort((one, other) => one.at - other.at);
}

const answerKey = ({ kind, roomId, at, questionId, title }: PracticeRecord): string =>
  JSON.stringify([kind, roomId, at, questionId ?? title]);

function answerOf(entries: readonly PracticeRecord[]): Answer[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { questionId, title, topic, level, minutes, at, kind } = first;
  const scores = entries.flatMap((entry) => scoreOf(entry) ?? []);
  const score = scores.length === 0 ? null : mean(scores);
  return [{ questionId, title, topic, level, minutes, at, by: kind === "self" ? "self" : "partner", score }];
}

export const levelsOf = ({ ratings }: PracticeRecord): Level[] => ratings.flatMap(({ level }) => level ?? []);

/** The mean level of an entry, or null where it has none. */
export function scoreOf(entry: PracticeRecord): number | null {
  const levels = levelsOf(entry);
  return levels.length === 0 ? null : mean(levels);
}
