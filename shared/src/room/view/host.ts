import { z } from "zod";
import { Feedback, FeedbackDraft } from "../../feedback.ts";
import type { FeedbackState } from "../feedback/state.ts";
import { InvitedRole } from "../seats/commands.ts";
import type { SeatsState } from "../seats/state.ts";
import { currentRound, type RoomState } from "../state.ts";
import { cached, cachedWhile } from "./cache.ts";
import { ScoringView } from "./scorecards.ts";

const LinkView = z.strictObject({
  linkId: z.string(),
  role: InvitedRole,
  expiresAt: z.number().nullable(),
  revoked: z.boolean(),
});
export type LinkView = z.infer<typeof LinkView>;

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
});
export type HostView = z.infer<typeof HostView>;

/** What only the host sees: the links, and the feedback while it is written. */
export type Hosting = Pick<HostView, "feedback" | "links">;

export const hosting = cachedWhile(
  (state: RoomState) => currentRound(state).clock,
  (state) => [currentRound(state).feedback, state.links],
  (state): Hosting => ({ feedback: feedbackView(currentRound(state).feedback), links: linkViews(state.links) }),
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
  for (const { linkId, role, expiresAt, revoked } of Object.values(all)) {
    if (role !== "host") newest.set(role, { linkId, role, expiresAt, revoked });
  }
  return [...newest.values()];
});
