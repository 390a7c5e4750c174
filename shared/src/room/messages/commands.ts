import { z } from "zod";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";

const said = { lineId: Id, text: z.string().trim().min(1).max(LIMITS.line) };

export const messageCommands = [
  z.strictObject({ type: z.literal("sayAside"), ...said }),
  z.strictObject({
    type: z.literal("sayToAll"),
    ...said,
    candidateId: Id.describe(
      "The candidate who reads it: one who has come since is told nothing that was meant for them.",
    ),
  }),
] as const;
