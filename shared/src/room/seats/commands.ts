import { z } from "zod";
import { nameOfAtMost } from "../../visible.ts";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";

export const SeatRole = z.enum(["host", "interviewer", "candidate", "observer", "captioner"]);
export type SeatRole = z.infer<typeof SeatRole>;

/** The seats that a link can be made for; the host's own link is their way back. */
export const InvitedRole = SeatRole.exclude(["host"]);
export type InvitedRole = z.infer<typeof InvitedRole>;

/** Those for which every room has a link from the first; a captioner's is made when the host asks for it. */
export const OpeningRole = InvitedRole.exclude(["captioner"]);

export const PersonName = nameOfAtMost(LIMITS.name);

const SecretHash = z.string().regex(/^[a-f0-9]{64}$/, "SHA-256 as hexadecimal");

/**
 * A link is a capability of which only the SHA-256 is known here. The host's own never expires, so that a host
 * can always come back.
 */
export const Link = z.strictObject({
  linkId: Id,
  role: SeatRole,
  hash: SecretHash,
  expiresAt: z.int().nullable().describe("Milliseconds since 1970; null for never."),
  name: PersonName.optional().describe(
    "Whom it is for, where it is personal: it seats one person and leads back there.",
  ),
  replaces: Id.optional().describe("The personal link whose place it takes; it leads to the same seat."),
});
export type Link = z.infer<typeof Link>;

export const seatCommands = [
  z.strictObject({ type: z.literal("admit"), seatId: Id }),
  z.strictObject({ type: z.literal("moveToLobby"), seatId: Id }),
  z.strictObject({ type: z.literal("removeSeat"), seatId: Id }),
  z.strictObject({ type: z.literal("makeHost"), seatId: Id }),
  z.strictObject({ type: z.literal("stepBack") }),
  z.strictObject({ type: z.literal("lockSeat"), seatId: Id, locked: z.boolean() }),
  z.strictObject({ type: z.literal("revokeLink"), linkId: Id }),
  z.strictObject({ type: z.literal("showObservers"), shown: z.boolean() }),
  z.strictObject({ type: z.literal("raiseHand") }),
  z.strictObject({ type: z.literal("lowerHand"), seatId: Id }),
] as const;

/** Interviewers who are invited by name at once. */
export const InvitedNames = z.array(PersonName).min(1).max(LIMITS.places.interviewer);

/** They carry hashes of secrets that the server has just made, so they come by its routes and never from a client. */
export const seatRequests = [
  z.strictObject({ type: z.literal("issueLink"), link: Link }),
  z.strictObject({ type: z.literal("invite"), links: z.array(Link).min(1).max(LIMITS.places.interviewer) }),
  z.strictObject({ type: z.literal("leadHostBack"), link: Link }),
  z.strictObject({ type: z.literal("holdTogether"), secretHashes: z.array(SecretHash) }),
  z.strictObject({
    type: z.literal("join"),
    name: PersonName.nullable(),
    tokenHash: SecretHash,
    holder: SecretHash.optional().describe("The browser that joins, as far as it says so."),
    wayBack: Link.pick({ linkId: true, hash: true })
      .optional()
      .describe("Becomes the personal link of a seat that is taken by a link for several."),
  }),
] as const;
