import { z } from "zod";
import { Level } from "./bank.ts";

/**
 * What a candidate may be told about their interview: words that the host chose, and never a private note, a recommendation or a
 * rater's name that the host did not choose to give.
 */

export const FEEDBACK_LIMITS = { message: 8_000, point: 2_000, points: 20 } as const;

const points = z.array(z.string().max(FEEDBACK_LIMITS.point)).max(FEEDBACK_LIMITS.points);

/** What the host writes and chooses. Points may be empty while they are being written. */
export const FeedbackDraft = z.strictObject({
  message: z.string().max(FEEDBACK_LIMITS.message),
  strengths: points,
  concerns: points,
  questions: z
    .enum(["none", "asked", "levels"])
    .describe("Whether the questions that were asked are shown, and the panel's level on each."),
  namesPanel: z.boolean().describe("Whether the panel's names are given."),
});
export type FeedbackDraft = z.infer<typeof FeedbackDraft>;

export const emptyFeedback: FeedbackDraft = {
  message: "",
  strengths: [],
  concerns: [],
  questions: "none",
  namesPanel: false,
};

/** The feedback as the candidate reads it, frozen when it is published. */
export const Feedback = z.strictObject({
  candidate: z.string().nullable(),
  title: z.string().describe("The room's."),
  forRole: z.string().nullable(),
  interviewedAt: z.number().nullable().describe("Milliseconds since 1970."),
  message: z.string(),
  strengths: z.array(z.string()),
  concerns: z.array(z.string()),
  questions: z.array(
    z.strictObject({
      number: z.int(),
      prompt: z.string(),
      level: Level.nullable().describe("The median of the panel's ratings, rounded down; null where it is not shown."),
    }),
  ),
  panel: z.array(z.string()),
});
export type Feedback = z.infer<typeof Feedback>;

/** One question as it was put to the candidate, and what they wrote: theirs to keep. */
export const OwnAnswer = z.strictObject({
  number: z.int(),
  prompt: z.string(),
  revealed: z.array(z.string()).describe("Hints and follow-ups that were put to them."),
  answer: z.string(),
  board: z
    .strictObject({
      picture: z.string().describe("An SVG."),
      width: z.int().describe("In CSS pixels."),
      height: z.int(),
      outline: z.array(z.string()).describe("What stands on it in words."),
    })
    .optional()
    .describe("What was drawn; absent where nothing was."),
  boardProblem: z.string().optional().describe("Why what was drawn is not here, as a sentence."),
});
export type OwnAnswer = z.infer<typeof OwnAnswer>;

/** What the feedback's link opens. */
export const FeedbackPage = z.strictObject({
  feedback: Feedback,
  publishedAt: z.number().describe("Milliseconds since 1970; of the newest version."),
  answers: z.array(OwnAnswer),
});
export type FeedbackPage = z.infer<typeof FeedbackPage>;
