import { z } from "zod";
import { Id } from "../id.ts";

export const callEvents = [
  z.strictObject({ type: z.literal("meetingSet"), seatId: Id, url: z.string().nullable() }),
  z.strictObject({ type: z.literal("sharingLet"), candidate: z.boolean() }),
] as const;
export type CallEvent = z.infer<(typeof callEvents)[number]>;
