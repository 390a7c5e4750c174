import { z } from "zod";
import { Run } from "../../workspace/run.ts";
import { Id, RoundId } from "../id.ts";

const kept = { roundId: RoundId, askId: Id, seatId: Id.describe("Who ran it, in their browser."), run: Run };

export const runEvents = [
  z.strictObject({ type: z.literal("runKept"), ...kept }),
  z.strictObject({ type: z.literal("checkKept"), ...kept }),
] as const;
export type RunEvent = z.infer<(typeof runEvents)[number]>;
