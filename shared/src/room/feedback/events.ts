import { z } from "zod";
import { RoundId } from "../id.ts";
import { Operation } from "../patch.ts";
import { FeedbackLink } from "./commands.ts";

const roundId = RoundId;
/** A text that is written on and published again is stored once: only what changes is told. */
const changes = z.array(Operation);

export const feedbackEvents = [
  z.strictObject({
    type: z.literal("feedbackWritten"),
    roundId,
    changes: changes.describe("From the draft before."),
  }),
  z.strictObject({
    type: z.literal("feedbackPublished"),
    roundId,
    changes: changes.describe("From what was published before, or from null."),
    link: FeedbackLink.nullable(),
  }),
  z.strictObject({ type: z.literal("feedbackWithdrawn"), roundId }),
] as const;
export type FeedbackEvent = z.infer<(typeof feedbackEvents)[number]>;
