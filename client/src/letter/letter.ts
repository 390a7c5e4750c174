import type { Level } from "@whetstone/shared/bank";
import type { Feedback, FeedbackPage } from "@whetstone/shared/feedback";

/** What a candidate reads: the feedback, and their own answers. */
export type Letter = Omit<FeedbackPage, "publishedAt">;

/** What a level means of any answer, in words for the one who gave it. */
export const LEVEL_WORDS: Record<Level, { readonly name: string; readonly meaning: string }> = {
  1: { name: "Not there yet", meaning: "the answer was missing, or did not hold" },
  2: { name: "Knows it", meaning: "the facts were right, without the reasons behind them" },
  3: { name: "Explains it", meaning: "the answer said why it is so, and applied it" },
  4: { name: "Weighs it", meaning: "the answer compared alternatives, and said when each is right" },
};

export const titleOf = ({ candidate }: Feedback): string =>
  candidate === null ? "Feedback on your interview" : `Feedback for ${candidate}`;

/** What the interview was: its title, the role, and the day in the reader's own calendar. */
export const occasionOf = ({ title, forRole, interviewedAt }: Feedback): string[] =>
  [title, forRole, interviewedAt === null ? null : longDayText(interviewedAt)].filter((part) => part !== null);

/** A day in words, of a time in milliseconds since 1970. */
export const longDayText = (at: number): string => new Date(at).toLocaleDateString(undefined, { dateStyle: "long" });

/** `Ann, Bob and Cleo`. */
export const named = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
