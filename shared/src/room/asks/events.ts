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
export type AskEvent = z.infer<(typeof askEvents)[number]>;
