import { z } from "zod";
import { Id, RoundId } from "../id.ts";
import { Outcome } from "./commands.ts";

export const decisionEvents = [
  z.strictObject({
    type: z.literal("decisionRecorded"),
    roundId: RoundId,
    seatId: Id,
    outcome: Outcome,
    rationale: z.string(),
  }),
] as const;
export type DecisionEvent = z.infer<(typeof decisionEvents)[number]>;
