import { z } from "zod";
import { Level, QuestionLevel } from "../../bank.ts";
import { Splice } from "../../text.ts";
import { PlanItem } from "../course/commands.ts";
import { Id, RoundId } from "../id.ts";
import { InterviewingCriterion, PeerText, PeerWishes } from "./commands.ts";

export const peerEvents = [
  z.strictObject({ type: z.literal("hadTold"), seatId: Id, had: z.array(z.string()) }),
  z.strictObject({ type: z.literal("wished"), wishes: PeerWishes }),
  z.strictObject({ type: z.literal("dealt"), rounds: z.array(z.array(PlanItem)) }),
  z.strictObject({
    type: z.literal("dealtTooFew"),
    wanting: z.array(z.strictObject({ level: QuestionLevel, count: z.int() })),
    topicsLeft: z.int().describe("How many questions of those levels all topics together would have had."),
  }),
  z.strictObject({ type: z.literal("dealtSwapped"), roundId: RoundId, itemId: Id, item: PlanItem }),
  z.strictObject({ type: z.literal("readySet"), roundId: RoundId, seatId: Id, isReady: z.boolean() }),
  z.strictObject({ type: z.literal("breathSet"), roundId: RoundId, endsAt: z.int() }),
  z.strictObject({ type: z.literal("uncovered"), roundId: RoundId, seatId: Id }),
  z.strictObject({ type: z.literal("peerWritten"), roundId: RoundId, seatId: Id, kind: PeerText, edit: Splice }),
  z.strictObject({
    type: z.literal("interviewingRated"),
    roundId: RoundId,
    seatId: Id,
    criterionId: InterviewingCriterion,
    level: Level.nullable(),
  }),
  z.strictObject({ type: z.literal("lettingGo"), seatId: Id, gives: z.boolean() }),
  z.strictObject({ type: z.literal("lineSaid"), lineId: Id, seatId: Id, text: z.string() }),
] as const;
export type PeerEvent = z.infer<(typeof peerEvents)[number]>;
