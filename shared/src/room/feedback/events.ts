import { z } from "zod";
import { Feedback, FeedbackDraft } from "../../feedback.ts";
import { RoundId } from "../id.ts";
import { FeedbackLink } from "./commands.ts";

const roundId = RoundId;

export const feedbackEvents = [
  z.strictObject({ type: z.literal("feedbackWritten"), roundId, feedback: FeedbackDraft }),
  z.strictObject({ type: z.literal("feedbackPublished"), roundId, feedback: Feedback, link: FeedbackLink.nullable() }),
  z.strictObject({ type: z.literal("feedbackWithdrawn"), roundId }),
] as const;
export type FeedbackEvent = z.infer<(typeof feedbackEvents)[number]>;
