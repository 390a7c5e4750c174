import { createEmptyCard, type FSRS, fsrs, type Grade, Rating } from "ts-fsrs";
import { QuestionLevel } from "../../bank.ts";
import { type Answer, answersIn } from "./answers.ts";
import { byName, groupsBy } from "./groups.ts";
import { questionsSeen } from "./merge.ts";
import type { PracticeRecord } from "./record.ts";
import type { RatedAnswer } from "./topics.ts";

/**
 * What to practise next, and why. When a question is due again follows FSRS (`ts-fsrs`, github.com/open-spaced-repetition), fed with the
 * rated answers in their order; where a partner and oneself rated the same one, the partner's counts. Its state is computed anew each time, so that histories can be merged.
 */

/** A question of the bank, as much of it as whoever will answer it may know. */
export interface PracticeQuestion {
  readonly questionId: string;
  /** The topic's name. */
  readonly topic: string | null;
  readonly level: QuestionLevel | null;
  readonly minutes: number;
}

/** Never asked; or weak when it was last rated; or gone well, but so long ago that it may be forgotten by now. */
export type Suggestion =
  | { readonly reason: "never_asked"; readonly question: PracticeQuestion }
  | {
      readonly reason: "weak" | "due";
      readonly question: PracticeQuestion;
      readonly title: string;
      /** Of the last answer that was rated. */
      readonly score: number;
      readonly at: number;
      /** How likely it is still known, from 0 to 1. */
      readonly recall: number;
    };

export interface NextRequest {
  readonly entries: readonly PracticeRecord[];
  /** Questions that could be asked for the first time; those that were had are passed over. */
  readonly bank: readonly PracticeQuestion[];
  /** The topics to practise, by name; none stands for all. */
  readonly topics: readonly string[];
  readonly now: number;
  readonly most: number;
}

/** Of all places, the part that is kept for questions that were never asked, where there are any. */
const SHARE_OF_NEW = 1 / 3;

/** What to practise next: first what is least likely to be known, then what was never asked, from the topics asked least. */
export function nextToPractise({ entries, bank, topics, now, most }: NextRequest): Suggestion[] {
  const isWanted = ({ topic }: { readonly topic: string | null }) =>
    topics.length === 0 || (topic !== null && topics.includes(topic));
  const answers = answersIn(entries);
  const again = repeatsOf(answers.filter(isWanted), now);
  const seen = new Set(questionsSeen(entries));
  const fresh = freshOf(
    bank.filter((question) => isWanted(question) && !seen.has(question.questionId)),
    answers,
  );
  const forNew = Math.min(fresh.length, Math.max(Math.ceil(most * SHARE_OF_NEW), most - again.length));
  return [...again.slice(0, most - forNew), ...fresh.slice(0, forNew)];
}

const DAY = 86_400_000;
/** Below this an answer was weak: closer to reciting than to explaining. */
const WEAK_BELOW = 2.5;

/** Questions that are due, and weak ones after a day; the least likely to be known first. */
function repeatsOf(answers: readonly Answer[], now: number): Suggestion[] {
  const rated = reviewsOf(answers);
  const scheduler = schedulerOf();
  return [...groupsBy(rated, ({ questionId }) => questionId)]
    .flatMap(([questionId, group]) => {
      const last = group.at(-1);
      if (questionId === null || last === undefined) return [];
      const { dueAt, recall } = memoryOf(scheduler, group, now);
      const isWeak = last.score < WEAK_BELOW;
      if (dueAt > now && !(isWeak && now - last.at >= DAY)) return [];
      const { topic, level, minutes, title, score, at } = last;
      const reason = isWeak ? ("weak" as const) : ("due" as const);
      return [{ reason, question: { questionId, topic, level, minutes }, title, score, at, recall }];
    })
    .sort(
      (one, other) =>
        one.recall - other.recall || one.at - other.at || byName(one.question.questionId, other.question.questionId),
    );
}

/** Each answer that was rated once, with a partner's rating where there is one. */
function reviewsOf(answers: readonly Answer[]): RatedAnswer[] {
  const rated = answers.filter((answer): answer is RatedAnswer => answer.score !== null);
  return [...groupsBy(rated, ({ askKey }) => askKey).values()].flatMap(
    (group) => group.find(({ by }) => by === "partner") ?? group[0] ?? [],
  );
}

/** No chance in it, and no steps of minutes: one practises by the day. */
const schedulerOf = (): FSRS => fsrs({ enable_fuzz: false, enable_short_term: false, maximum_interval: 365 });

const GRADES = [Rating.Again, Rating.Hard, Rating.Good, Rating.Easy] as const;

/** A mean level as a grade of the scheduler: 1 Again, 2 Hard, 3 Good, 4 Easy; a half counts up. */
export const gradeOf = (score: number): Grade => GRADES[Math.round(score) - 1] ?? Rating.Again;

/** When a question is due, in milliseconds since 1970, and how likely it is known now, after its answers in their order. */
function memoryOf(
  scheduler: FSRS,
  answers: readonly RatedAnswer[],
  now: number,
): { readonly dueAt: number; readonly recall: number } {
  let card = createEmptyCard(answers[0]?.at ?? now);
  for (const { at, score } of answers) card = scheduler.next(card, at, gradeOf(score)).card;
  return { dueAt: card.due.getTime(), recall: scheduler.get_retrievability(card, now, false) };
}

const RANKS: readonly (QuestionLevel | null)[] = QuestionLevel.options;

/** One of each topic in turn, the topic with the fewest answers first; in a topic what is nearest to the level that was asked last. */
function freshOf(bank: readonly PracticeQuestion[], answers: readonly Answer[]): Suggestion[] {
  const asked = groupsBy(answers, ({ topic }) => topic);
  const byTopic = [...groupsBy(bank, ({ topic }) => topic)]
    .map(([topic, questions]) => {
      const wanted = RANKS.indexOf((asked.get(topic) ?? answers).at(-1)?.level ?? "foundation");
      const distance = ({ level }: PracticeQuestion) => Math.abs(RANKS.indexOf(level) - wanted);
      const sorted = questions.toSorted(
        (one, other) => distance(one) - distance(other) || byName(one.questionId, other.questionId),
      );
      return { topic, count: asked.get(topic)?.length ?? 0, questions: sorted };
    })
    .sort((one, other) => one.count - other.count || byName(one.topic, other.topic));
  return byTopic
    .flatMap(({ questions }, place) => questions.map((question, turn) => ({ question, turn, place })))
    .sort((one, other) => one.turn - other.turn || one.place - other.place)
    .map(({ question }) => ({ reason: "never_asked", question }));
}
