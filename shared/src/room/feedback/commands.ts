import { z } from "zod";
import { FeedbackDraft } from "../../feedback.ts";
import { Link } from "../seats/commands.ts";

/** The link under which a candidate reads their feedback. */
export const FeedbackLink = Link.omit({ role: true });
export type FeedbackLink = z.infer<typeof FeedbackLink>;

export const feedbackCommands = [
  z.strictObject({
    type: z.literal("writeFeedback"),
    feedback: FeedbackDraft,
    base: FeedbackDraft.partial()
      .optional()
      .describe("What this changes, as it was when the writing began; pages of earlier builds do not say."),
  }),
  z.strictObject({ type: z.literal("withdrawFeedback") }),
] as const;

/** It carries the hash of a secret that the server has just made, so it comes by its routes and never from a client. */
export const feedbackRequests = [
  z.strictObject({
    type: z.literal("publishFeedback"),
    link: FeedbackLink.nullable().describe("A new link; null to keep the one that is in use."),
  }),
] as const;
