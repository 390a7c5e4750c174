import { mean } from "../../agreement/numbers.ts";
import type { Level, QuestionLevel } from "../../bank.ts";
import { groupsBy } from "./groups.ts";
import type { PracticeRecord } from "./record.ts";

/** Who rated an answer. */
export type RatedBy = "partner" | "self";

/** One answer of whoever practises, as partners rated it, however many, or as they rated it themselves. */
export interface Answer {
  /** The same for an answer that partners rated and the same one as rated by oneself. */
  readonly askKey: string;
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
  const together = groupsBy(own, (entry) => `${entry.kind} ${askKeyOf(entry)}`);
  return [...together.values()].flatMap(answerOf).sort((one, other) => one.at - other.at);
}

const askKeyOf = ({ roomId, at, questionId, title }: PracticeRecord): string =>
  JSON.stringify([roomId, at, questionId ?? title]);

function answerOf(entries: readonly PracticeRecord[]): Answer[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { questionId, title, topic, level, minutes, at, kind } = first;
  const scores = entries.flatMap((entry) => scoreOf(entry) ?? []);
  const score = scores.length === 0 ? null : mean(scores);
  const by = kind === "self" ? "self" : "partner";
  return [{ askKey: askKeyOf(first), questionId, title, topic, level, minutes, at, by, score }];
}

export const levelsOf = ({ ratings }: PracticeRecord): Level[] => ratings.flatMap(({ level }) => level ?? []);

/** The mean level of an entry, or null where it has none. */
export function scoreOf(entry: PracticeRecord): number | null {
  const levels = levelsOf(entry);
  return levels.length === 0 ? null : mean(levels);
}
