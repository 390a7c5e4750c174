import { z } from "zod";
import { Command } from "./room/command.ts";
import { Opening } from "./room/course/commands.ts";
import { commandId, Id } from "./room/id.ts";
import { LIMITS } from "./room/limits.ts";
import { Operation } from "./room/patch.ts";
import { PeerWishes } from "./room/peers/commands.ts";
import { Refusal } from "./room/refusal.ts";
import { InvitedNames, PersonName, SeatRole } from "./room/seats/commands.ts";
import { KeptUntil } from "./room/view/kept-until.ts";
import { View } from "./room/view/view.ts";

/** The shapes of the socket and of the HTTP API. Both ends are typed by them, and the server parses what comes in. */

/** A command with the identifier under which it is carried out once, however often it is sent. */
export const Envelope = z.strictObject({ commandId: Id, command: Command });
export type Envelope = z.infer<typeof Envelope>;

/**
 * The difference between two versions of a view. A version is a random name: it has no order and tells nothing about what others saw, so
 * that one frame can go to all whom the same change takes from the same version to the same next one.
 */
export const Patch = z.strictObject({
  kind: z.literal("patch"),
  from: z.int(),
  version: z.int(),
  operations: z.array(Operation).readonly(),
});
export type Patch = z.infer<typeof Patch>;

/** A whole view, or the difference to the one that the viewer holds. */
export const Frame = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("whole"), version: z.int(), view: View }),
  Patch,
]);
export type Frame = z.infer<typeof Frame>;

/**
 * The answer to a command: done and on disk, with what it changed for the one who gave it, or refused and nothing changed. The frame comes
 * here instead of by itself, and once: a repeated command is acknowledged without it.
 */
export const Acknowledgement = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), frame: Frame.optional() }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** Who of the people in the viewer's view is connected just now; not part of the log. */
export const Presence = z.array(Id);
export type Presence = z.infer<typeof Presence>;

export interface ServerEvents {
  frame: (frame: Frame) => void;
  presence: (seatIds: Presence) => void;
  /** To the host, once that the room is nearly full: how full it is, in whole percents up to 100. */
  fullness: (percent: number) => void;
  /** The room's time was set, to this in milliseconds since 1970. */
  clockSet: (now: number) => void;
  /** The seat is lost to this tab: it was removed, or opened somewhere else. The connection closes. */
  seatLost: (refusal: Refusal) => void;
}

export interface ClientEvents {
  command: (envelope: unknown, acknowledge: (answer: Acknowledgement) => void) => void;
  /** Asks for a whole view, when a patch did not fit. */
  resync: () => void;
  /** The server's time in milliseconds since 1970. */
  time: (answer: (now: number) => void) => void;
}

/**
 * The version of what travels over the socket: views, commands and these events. It is raised with every change that a page or a server of
 * the version before would not understand, and then neither speaks to the other.
 */
export const PROTOCOL = 1;

/** What a socket's handshake carries. Pages of before there were versions name none, and mean the first. */
export const Handshake = z.object({
  token: z.string().max(200).catch(""),
  protocol: z.int().default(1).catch(0),
  page: z.string().max(100).nullable().default(null).catch(null).describe("What the page calls itself; random."),
  attempt: z.int().default(0).catch(0).describe("Which of the page's connections this is, counted from 1."),
});
export type Handshake = z.infer<typeof Handshake>;

export const LINK_DAYS = [1, 7, 30] as const;
const LinkDays = z.literal(LINK_DAYS);

/** What a browser calls itself, so that the seats that it holds in a room are known as one person's: random, and kept there alone. */
const Holder = z.string().min(20).max(100).optional();

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

/** A link's secret, shown once; the address is `<public URL>/join#<secret>`. */
export const LinkSecret = z.strictObject({
  linkId: Id,
  role: SeatRole,
  secret: z.string(),
  expiresAt: z.number().nullable(),
  name: z.string().optional().describe("Whom it is for, where it is personal."),
});
export type LinkSecret = z.infer<typeof LinkSecret>;

export const OpenRoomResponse = z.strictObject({ roomId: Id, token: z.string(), links: z.array(LinkSecret) });
export type OpenRoomResponse = z.infer<typeof OpenRoomResponse>;

export const LookRequest = z.strictObject({
  secret: z.string().max(200),
  holder: Holder,
  asks: z.literal("company").optional().describe("A page that does not know `company` yet asks for none."),
});
/** Whom a candidate will meet, told before they sit down. */
const Company = z.strictObject({
  people: z
    .array(
      z.strictObject({ name: z.string(), role: SeatRole, here: z.boolean().describe("They have a seat already.") }),
    )
    .describe(
      "Who asks: the host first, and interviewers who are seated or invited by name; observers where they are shown.",
    ),
  observersShown: z.boolean().describe("A candidate sees who observes; else observers may be there unseen."),
});
export type Company = z.infer<typeof Company>;

/** What a link leads to, before anybody sits down: enough to greet, nothing about the interview. */
export const LookResponse = z.strictObject({
  roomId: Id,
  title: z.string(),
  hostName: z.string(),
  role: SeatRole,
  ended: z.boolean(),
  name: z
    .string()
    .nullable()
    .describe("The name that the seat has or that the host gave; null where it is to be asked."),
  keptUntil: KeptUntil,
  seated: z.boolean().describe("The link leads back to a seat that is taken already, by the same person."),
  people: z.int().optional().describe("How many practise with each other there; absent in the room of a panel."),
  company: Company.optional().describe("For a candidate who has no seat yet in the room of a panel."),
});
export type LookResponse = z.infer<typeof LookResponse>;

export const JoinRequest = z.strictObject({
  commandId,
  secret: z.string().max(200),
  name: PersonName.nullable(),
  holder: Holder.describe("Whoever says it is told their way back; one is made where they come by a link for several."),
});
export type JoinRequest = z.infer<typeof JoinRequest>;
export const JoinResponse = z.strictObject({
  roomId: Id,
  token: z.string(),
  role: SeatRole,
  wayBack: z.string().optional().describe("The secret of the link that leads back to the seat."),
});
export type JoinResponse = z.infer<typeof JoinResponse>;

export const RenewLinkRequest = z.strictObject({
  commandId,
  role: SeatRole,
  days: LinkDays.describe("How long it works; the host's own works for ever."),
  linkId: Id.optional().describe("The personal link to renew, where it is not the one for all of the role."),
});
export type RenewLinkRequest = z.infer<typeof RenewLinkRequest>;

/** Makes the host of a room a new way back, by the server's host key. The one before stops working. */
export const LeadBackRequest = z.strictObject({ commandId, roomId: Id });
export type LeadBackRequest = z.infer<typeof LeadBackRequest>;

export const InviteRequest = z.strictObject({ commandId, names: InvitedNames, days: LinkDays });
export type InviteRequest = z.infer<typeof InviteRequest>;
/** One for each name, in their order. */
export const InviteResponse = z.strictObject({ links: z.array(LinkSecret) });

/** Publishes the feedback as the host has it. A new link takes the place of the one before, which opens nothing any more. */
export const PublishFeedbackRequest = z.discriminatedUnion("link", [
  z.strictObject({ commandId, link: z.literal("keep") }),
  z.strictObject({
    commandId,
    link: z.literal("new"),
    days: LinkDays.nullable().describe("How long the link works; null for as long as the feedback is not withdrawn."),
  }),
]);
export type PublishFeedbackRequest = z.infer<typeof PublishFeedbackRequest>;

/** The new link, shown once: the address is `<public URL>/feedback#<secret>`. Null where the one before is kept. */
export const PublishFeedbackResponse = z.strictObject({ link: LinkSecret.omit({ role: true }).nullable() });
export type PublishFeedbackResponse = z.infer<typeof PublishFeedbackResponse>;

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
