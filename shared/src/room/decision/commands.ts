import { z } from "zod";
import { LIMITS } from "../limits.ts";

/** What the panel decides about the candidate. */
export const Outcome = z.enum(["advance", "decline", "hold"]);
export type Outcome = z.infer<typeof Outcome>;

export const decisionCommands = [
  z.strictObject({
    type: z.literal("recordDecision"),
    outcome: Outcome,
    rationale: z.string().trim().min(1).max(LIMITS.rationale),
  }),
] as const;
