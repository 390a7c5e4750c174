import { z } from "zod";
import { Holder, LinkSecret } from "./links-wire.ts";
import { Opening } from "./room/course/commands.ts";
import { commandId, Id } from "./room/id.ts";
import { LIMITS } from "./room/limits.ts";
import { PeerWishes } from "./room/peers/commands.ts";
import { InvitedNames, PersonName } from "./room/seats/commands.ts";

/** The shapes of what the HTTP API does with rooms, and of what it says of the server. */

export const OpenRoomRequest = Opening.omit({ kit: true, plan: true, phases: true, peers: true }).extend({
  commandId,
  kitId: z.string().max(LIMITS.title).nullable(),
  holder: Holder,
  interviewers: InvitedNames.optional().describe("Names, each of whom gets a link of their own."),
});
export type OpenRoomRequest = z.infer<typeof OpenRoomRequest>;

/** Opens a room for people who practise with each other, or for one who does alone. */
export const OpenPeersRequest = z.strictObject({
  commandId,
  title: Opening.shape.title,
  hostName: PersonName.describe("Whoever opens it, and asks first."),
  partners: z.array(PersonName).max(3).describe("The others, each of whom gets a link of their own."),
  wishes: PeerWishes,
  holder: Holder,
});
export type OpenPeersRequest = z.infer<typeof OpenPeersRequest>;

export const OpenRoomResponse = z.strictObject({ roomId: Id, token: z.string(), links: z.array(LinkSecret) });
export type OpenRoomResponse = z.infer<typeof OpenRoomResponse>;

/** Erases what people wrote in a room, for ever. */
export const EraseRequest = z.strictObject({ commandId });
export type EraseRequest = z.infer<typeof EraseRequest>;
export const EraseResponse = z.strictObject({ erasedAt: z.int().describe("Milliseconds since 1970.") });
export type EraseResponse = z.infer<typeof EraseResponse>;

export const ServerInfo = z.strictObject({
  keyRequired: z.boolean(),
  publicUrl: z.string().nullable(),
  findsPartners: z
    .literal(true)
    .optional()
    .describe("People who do not know each other find a partner here to practise with."),
});
export type ServerInfo = z.infer<typeof ServerInfo>;
