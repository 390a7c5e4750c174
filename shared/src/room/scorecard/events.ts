import { z } from "zod";
import { Level } from "../../bank.ts";
import { Splice } from "../../text.ts";
import { Id, RoundId } from "../id.ts";
import { Confidence, NoteMark, NoteMoment, Recommendation } from "./commands.ts";

const roundId = RoundId;
const seatId = Id;

/** `roundId` is the round that the scorecard belongs to, `seatId` its rater. */
export const scorecardEvents = [
  z.strictObject({
    type: z.literal("rated"),
    roundId,
    seatId,
    askId: Id,
    criterionId: z.string(),
    level: Level.nullable(),
  }),
  z.strictObject({ type: z.literal("ticked"), roundId, seatId, askId: Id, keyPoint: z.int(), heard: z.boolean() }),
  z.strictObject({
    type: z.literal("noteWritten"),
    roundId,
    seatId,
    noteId: Id,
    askId: Id.nullable(),
    begunAt: z.int(),
    edit: Splice,
    mark: NoteMark.nullable(),
    evidenceFor: z.string().nullable(),
    moment: NoteMoment.optional().describe("Absent where it points at none."),
  }),
  z.strictObject({ type: z.literal("noteRemoved"), roundId, seatId, noteId: Id }),
  z.strictObject({ type: z.literal("summaryWritten"), roundId, seatId, edit: Splice }),
  z.strictObject({ type: z.literal("recommended"), roundId, seatId, recommendation: Recommendation.nullable() }),
  z.strictObject({ type: z.literal("confidenceSet"), roundId, seatId, confidence: Confidence.nullable() }),
  z.strictObject({
    type: z.literal("scorecardSubmitted"),
    roundId,
    seatId,
    reason: z.string().nullable(),
    informed: z.boolean().describe("Its owner could read another's scorecard by then."),
  }),
  z.strictObject({ type: z.literal("scorecardAmended"), roundId, seatId, reason: z.string() }),
  z.strictObject({ type: z.literal("amendmentDropped"), roundId, seatId }),
] as const;

/** Seats, and browsers by what they call themselves, whose holder could by now read another's scorecard through another seat. */
export const ScorecardsRead = z.strictObject({
  type: z.literal("scorecardsRead"),
  roundId,
  seatIds: z.array(Id),
  holders: z.array(z.string()),
});
export type ScorecardsRead = z.infer<typeof ScorecardsRead>;

/** The seat `seatId` asked whoever has not submitted for their scorecard. */
export const Reminded = z.strictObject({ type: z.literal("reminded"), roundId, seatId });

export type ScorecardEvent = z.infer<(typeof scorecardEvents)[number]>;
