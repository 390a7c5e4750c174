import type { RatedBy } from "@whetstone/shared/practice/history/answers";
import type { Calibration, Distribution } from "@whetstone/shared/practice/history/comparing";
import type { Suggestion } from "@whetstone/shared/practice/history/next";
import type { PracticeKind } from "@whetstone/shared/practice/history/record";
import type { TopicLine, TopicName } from "@whetstone/shared/practice/history/topics";
import { dayText, LEVEL_NAMES, plural, scoreText } from "../../words.ts";

/** What the pictures of a history say, in words. */

export const topicText = (topic: TopicName): string => topic ?? "Without a topic";

export const levelText = (level: keyof typeof LEVEL_NAMES | null): string =>
  level === null ? "no level" : LEVEL_NAMES[level];

export const RATED_BY_NAMES: Record<RatedBy, string> = { partner: "a partner", self: "yourself" };

export const KIND_NAMES: Record<PracticeKind, string> = {
  asked: "you answered, a partner rated",
  self: "you answered and rated yourself",
  given: "you asked and rated",
};

/** What is suggested. The title of a question that was never asked stays unsaid, as it may give the answer away. */
export function suggestionTitle(suggestion: Suggestion): string {
  if (suggestion.reason !== "never_asked") return suggestion.title;
  const { topic } = suggestion.question;
  return topic === null ? "A new question" : `A new question on ${topic}`;
}

export function suggestionAbout({ question: { topic, level, minutes }, reason }: Suggestion): string {
  const about = [reason === "never_asked" ? null : topic, level && LEVEL_NAMES[level], `${minutes} min`];
  return about.filter((part) => part !== null).join(" · ");
}

export function reasonSentence(suggestion: Suggestion): string {
  switch (suggestion.reason) {
    case "never_asked":
      return "Not asked yet.";
    case "weak":
      return `Rated ${scoreText(suggestion.score)} on ${dayText(suggestion.at)}: worth another try.`;
    case "due":
      return `Rated ${scoreText(suggestion.score)} on ${dayText(suggestion.at)}. By now the odds that you still know it are about ${percentText(suggestion.recall)}.`;
    default:
      return suggestion satisfies never;
  }
}

const percentText = (share: number): string => `${Math.round(100 * share)}%`;

/** `mean 2.6 of 5 ratings, the latest 3.0`. */
export function lineText({ points, mean }: TopicLine): string {
  const latest = points.at(-1);
  if (points.length === 1 || latest === undefined) return `one rating, ${scoreText(mean)}`;
  return `mean ${scoreText(mean)} of ${points.length} ratings, the latest ${scoreText(latest.score)}`;
}

/** Each point of a line with its day, for whoever does not see it. */
export const pointsText = ({ points }: TopicLine): string =>
  points.map(({ at, score, by }) => `${scoreText(score)} by ${RATED_BY_NAMES[by]} on ${dayText(at)}`).join(", ");

/** The means of both sides beside each other. */
export function givenReceivedText(given: Distribution, received: Distribution): string {
  const gave = sideText("You gave", given);
  const got = sideText("you received", received);
  if (given.mean === null || received.mean === null) return `${gave}; ${got}.`;
  const difference = given.mean - received.mean;
  const size = scoreText(Math.abs(difference));
  if (size === "0.0") return `${gave}; ${got}. That is as much.`;
  return `${gave}; ${got}. You give ${size} levels ${difference > 0 ? "more" : "less"}. The answers differ too, so this alone makes nobody lenient or severe.`;
}

const sideText = (side: string, { total, mean }: Distribution): string =>
  mean === null ? `${side} no rating yet` : `${side} ${scoreText(mean)} on average, in ${plural(total, "rating")}`;

/** How one rates oneself beside partners; nothing of how far while there are too few pairs. */
export function calibrationText(calibration: Calibration): string {
  const { pairs } = calibration;
  if (!calibration.enough) {
    return `There is too little to say: ${pairs.length} of ${calibration.needed} questions that both you and a partner rated. Rate yourself on a question that a partner rated too, and it counts.`;
  }
  const { meanDifference, lower, same, higher } = calibration;
  const size = scoreText(Math.abs(meanDifference));
  const on = `On ${pairs.length} questions that both you and a partner rated`;
  const counts = `Lower on ${lower}, the same on ${same}, higher on ${higher}.`;
  if (size === "0.0") return `${on}, you rate yourself as your partners do, on average. ${counts}`;
  const verdict = meanDifference < 0 ? `underrate yourself by ${size}` : `rate yourself higher by ${size}`;
  return `${on}, you ${verdict} levels, on average. ${counts}`;
}
