import { z } from "zod";
import { Id, RoundId } from "../id.ts";
import { Link, SeatRole } from "./commands.ts";

/** A link as it is stored: names of before they had to be visible stay readable. */
export const StoredLink = Link.extend({ name: z.string().optional() });

/** The SHA-256 of what the browser calls itself that took the seat; absent where it said nothing. */
export const Holder = z.string().optional();

export const seatEvents = [
  z.strictObject({ type: z.literal("linkIssued"), link: StoredLink }),
  z.strictObject({ type: z.literal("linkRevoked"), linkId: Id }),
  z.strictObject({
    type: z.literal("seatTaken"),
    seatId: Id,
    role: SeatRole,
    name: z.string(),
    linkId: Id,
    tokenHash: z.string(),
    admitted: z.boolean().describe("It need not wait for the host."),
    holder: Holder,
    wayBack: StoredLink.optional().describe("The seat's personal link, where it was taken by a link for several."),
  }),
  z.strictObject({
    type: z.literal("seatReclaimed"),
    seatId: Id,
    tokenHash: z.string(),
    holder: Holder,
    wayBack: StoredLink.optional().describe("The seat's personal link, where it had none."),
  }),
  z.strictObject({ type: z.literal("seatsHeldTogether"), seatIds: z.array(Id) }),
  z.strictObject({ type: z.literal("seatAdmitted"), seatId: Id }),
  z.strictObject({
    type: z.literal("seatMovedToLobby"),
    seatId: Id.describe("Who asked for it."),
    candidateId: Id.describe("Whom they asked to wait."),
  }),
  z.strictObject({ type: z.literal("seatRemoved"), seatId: Id }),
  z.strictObject({ type: z.literal("seatLockSet"), seatId: Id, locked: z.boolean() }),
  z.strictObject({ type: z.literal("observersShown"), shown: z.boolean() }),
  z.strictObject({ type: z.literal("handRaised"), seatId: Id }),
  z.strictObject({ type: z.literal("handLowered"), seatId: Id }),
] as const;

/** Who leads a round: whoever opened the room, and whom they ask to lead it with them or in their place. */
export const leadingEvents = [
  z.strictObject({ type: z.literal("hostMade"), roundId: RoundId, seatId: Id }),
  z.strictObject({ type: z.literal("hostSteppedBack"), roundId: RoundId, seatId: Id }),
] as const;

export type SeatEvent = z.infer<(typeof seatEvents)[number]>;
