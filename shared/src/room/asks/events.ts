import { z } from "zod";
import { AskedQuestion } from "../../bank.ts";
import { Splice } from "../../text.ts";
import { Id, RoundId } from "../id.ts";
import { RevealKind } from "./commands.ts";

const askId = Id;
const roundId = RoundId;

export const askEvents = [
  z.strictObject({
    type: z.literal("asked"),
    roundId,
    askId,
    candidateId: Id,
    question: AskedQuestion,
    planItemId: Id.nullable(),
    minutes: z.int(),
    deviation: z.enum(["none", "out_of_order", "not_in_plan"]),
    seatId: Id.optional().describe("The interviewer who asked it; absent where a host did."),
  }),
  z.strictObject({ type: z.literal("askClosed"), roundId, askId }),
  z.strictObject({ type: z.literal("askReopened"), roundId, askId }),
  z.strictObject({
    type: z.literal("askTakenBack"),
    roundId,
    askId,
    leavesPhase: z.boolean().describe("The plan's phase that it began goes back to the one before."),
  }),
  z.strictObject({ type: z.literal("askExtended"), roundId, askId, minutes: z.int() }),
  z.strictObject({ type: z.literal("revealed"), roundId, askId, kind: RevealKind, index: z.int() }),
  z.strictObject({ type: z.literal("revealTakenBack"), roundId, askId, kind: RevealKind, index: z.int() }),
  z.strictObject({ type: z.literal("answerWritten"), roundId, askId, edit: Splice }),
] as const;
/** Whether the host lets interviewers ask, in every round from here on. */
export const AskingLet = z.strictObject({ type: z.literal("askingLet"), interviewers: z.boolean() });

export type AskEvent = z.infer<(typeof askEvents)[number]>;
