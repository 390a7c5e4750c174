import { z } from "zod";
import { Feedback, FeedbackDraft } from "../../feedback.ts";
import type { FeedbackState } from "../feedback/state.ts";
import { isPersonal } from "../seats/capabilities.ts";
import { InvitedRole } from "../seats/commands.ts";
import type { SeatsState } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";
import { Messages } from "./messages.ts";
import { PeersView } from "./peers.ts";
import { ScoringView } from "./scorecards.ts";

const LinkView = z.strictObject({
  linkId: z.string(),
  role: InvitedRole,
  expiresAt: z.number().nullable(),
  revoked: z.boolean(),
});
export type LinkView = z.infer<typeof LinkView>;

/** An interviewer who is invited by name, by the link that leads them in or back. */
const InvitedView = z.strictObject({
  linkId: z.string(),
  name: z.string(),
  seatId: z.string().nullable().describe("Null until they have come."),
  expiresAt: z.number().nullable(),
  revoked: z.boolean(),
});
export type InvitedView = z.infer<typeof InvitedView>;

const FeedbackView = z.strictObject({
  draft: FeedbackDraft,
  published: z
    .strictObject({
      feedback: Feedback,
      at: z.number().describe("Milliseconds since 1970."),
      linkId: z.string(),
      expiresAt: z.number().nullable(),
      withdrawn: z.boolean(),
    })
    .nullable(),
});

export const HostView = ScoringView.extend({
  role: z.literal("host"),
  feedback: FeedbackView.describe("What the candidate is to be told."),
  links: z.array(LinkView).describe("The newest link for each kind of seat, without its secret."),
  invited: z.array(InvitedView).describe("The newest personal link of each interviewer."),
  ownLinkId: z.string().nullable().describe("The host's own link, by which they come back."),
  aside: Messages.optional().describe("The panel's own talk; absent where nothing was said."),
  peers: PeersView.optional(),
});
export type HostView = z.infer<typeof HostView>;

/** What only the host sees: the links, and the feedback while it is written. */
export type Hosting = Pick<HostView, "feedback" | "links" | "invited" | "ownLinkId">;

export const hosting = cachedWhile(
  (state: RoomState) => currentRound(state).clock,
  (state) => [currentRound(state).feedback, state.links, state.seats],
  (state): Hosting => ({
    feedback: feedbackView(currentRound(state).feedback),
    links: linkViews(state.links),
    invited: invitedViews(state),
    ownLinkId: Object.values(state.links).findLast(({ role, revoked }) => role === "host" && !revoked)?.linkId ?? null,
  }),
);

/** The same for a host who did not open the room: their way back is their own interviewer's link. */
export const hostingBeside = cachedWhile(
  (state: RoomState) => currentRound(state).clock,
  (state) => [hosting(state)],
  (state): Hosting => ({ ...hosting(state), ownLinkId: null }),
);

const feedbackView = cached(({ draft, published }: FeedbackState): HostView["feedback"] => ({
  draft,
  published: published && {
    feedback: published.feedback,
    at: published.at,
    linkId: published.link.linkId,
    expiresAt: published.link.expiresAt,
    withdrawn: published.withdrawn,
  },
}));

const linkViews = cached((all: SeatsState["links"]): LinkView[] => {
  const newest = new Map<InvitedRole, LinkView>();
  for (const link of Object.values(all)) {
    const { linkId, role, expiresAt, revoked } = link;
    if (role !== "host" && !isPersonal(link)) newest.set(role, { linkId, role, expiresAt, revoked });
  }
  return [...newest.values()];
});

/** Not of those who are gone or not let in yet. */
function invitedViews({ links, seats }: SeatsState): InvitedView[] {
  return Object.values(links).flatMap(({ linkId, role, name, seatId, expiresAt, revoked, replaced }) => {
    if (name === undefined || role !== "interviewer" || replaced) return [];
    const seat = seatId === null ? null : seats[seatId];
    if (seat === undefined || seat?.removed || seat?.admitted === false) return [];
    return [{ linkId, name: seat?.name ?? name, seatId, expiresAt, revoked }];
  });
}
