import { z } from "zod";
import { Id } from "../id.ts";
import { Link, SeatRole } from "./commands.ts";

export const seatEvents = [
  z.strictObject({ type: z.literal("linkIssued"), link: Link }),
  z.strictObject({ type: z.literal("linkRevoked"), linkId: Id }),
  z.strictObject({
    type: z.literal("seatTaken"),
    seatId: Id,
    role: SeatRole,
    name: z.string(),
    linkId: Id,
    tokenHash: z.string(),
  }),
  z.strictObject({ type: z.literal("seatReclaimed"), seatId: Id, tokenHash: z.string() }),
  z.strictObject({ type: z.literal("seatAdmitted"), seatId: Id }),
  z.strictObject({ type: z.literal("seatRemoved"), seatId: Id }),
  z.strictObject({ type: z.literal("observersShown"), shown: z.boolean() }),
  z.strictObject({ type: z.literal("handRaised"), seatId: Id }),
  z.strictObject({ type: z.literal("handLowered"), seatId: Id }),
] as const;
export type SeatEvent = z.infer<(typeof seatEvents)[number]>;
