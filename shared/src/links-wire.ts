import { z } from "zod";
import { commandId, Id } from "./room/id.ts";
import { InvitedNames, PersonName, SeatRole } from "./room/seats/commands.ts";
import type { CandidateView } from "./room/view/candidate.ts";
import { KeptUntil } from "./room/view/kept-until.ts";

/** The shapes of what the HTTP API does with links. */

export const LINK_DAYS = [1, 7, 30] as const;
const LinkDays = z.literal(LINK_DAYS);

/** What a browser calls itself, so that the seats that it holds in a room are known as one person's: random, and kept there alone. */
export const Holder = z.string().min(20).max(100).optional();

/** A link's secret, shown once; the address is `<public URL>/join#<secret>`. */
export const LinkSecret = z.strictObject({
  linkId: Id,
  role: SeatRole,
  secret: z.string(),
  expiresAt: z.number().nullable(),
  name: z.string().optional().describe("Whom it is for, where it is personal."),
});
export type LinkSecret = z.infer<typeof LinkSecret>;

export const LookRequest = z.strictObject({
  secret: z.string().max(200),
  holder: Holder,
  asks: z
    .enum(["company", "marks"])
    .optional()
    .describe(
      "The newest that the page can tell of: `company`, and in it `marks`; one that knows neither asks for none.",
    ),
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
  marks: z
    .literal(true)
    .optional()
    .describe(
      "Large pastes and leaving the page are noted; absent where nothing is. Only pages that tell it are let in.",
    ),
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
  asks: z.literal("view").optional().describe("A page that does not know `view` yet asks for none."),
});
export type JoinRequest = z.infer<typeof JoinRequest>;
export const JoinResponse = z.strictObject({
  roomId: Id,
  token: z.string(),
  role: SeatRole,
  wayBack: z.string().optional().describe("The secret of the link that leads back to the seat."),
  // Taken as it comes, as a frame of the socket is, so that a page on its way in does without the schemas of views.
  view: z
    .custom<CandidateView>()
    .optional()
    .describe("What a candidate sees who waits for a panel, so that the page need not wait for its socket."),
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
