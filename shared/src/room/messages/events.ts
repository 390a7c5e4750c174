import { z } from "zod";
import { Id } from "../id.ts";

export const messageEvents = [
  z.strictObject({ type: z.literal("asideSaid"), lineId: Id, seatId: Id, text: z.string() }),
  z.strictObject({ type: z.literal("saidToAll"), lineId: Id, seatId: Id, candidateId: Id, text: z.string() }),
] as const;
export type MessageEvent = z.infer<(typeof messageEvents)[number]>;
