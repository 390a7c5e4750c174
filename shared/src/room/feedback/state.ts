import { emptyFeedback, type Feedback, type FeedbackDraft } from "../../feedback.ts";
import type { FeedbackLink } from "./commands.ts";
import type { FeedbackEvent } from "./events.ts";

/** What a round's candidate is told. */
export interface FeedbackState {
  readonly draft: FeedbackDraft;
  readonly published: {
    readonly feedback: Feedback;
    readonly at: number;
    readonly link: FeedbackLink;
    readonly withdrawn: boolean;
  } | null;
}

export const noFeedback: FeedbackState = { draft: emptyFeedback, published: null };

export function evolveFeedback(state: FeedbackState, event: FeedbackEvent, at: number): FeedbackState {
  const { draft, published } = state;
  switch (event.type) {
    case "feedbackWritten":
      return { draft: event.feedback, published };
    case "feedbackPublished": {
      const link = event.link ?? published?.link;
      return { draft, published: link ? { feedback: event.feedback, at, link, withdrawn: false } : null };
    }
    case "feedbackWithdrawn":
      return { draft, published: published && { ...published, withdrawn: true } };
    default:
      return event satisfies never;
  }
}

/** The published feedback whose link has that hash, with its round: the newest one, where rounds share it. */
export function findFeedback<R extends { readonly feedback: FeedbackState }>(
  { rounds }: { readonly rounds: readonly R[] },
  linkHash: string,
): { readonly round: R; readonly published: NonNullable<FeedbackState["published"]> } | undefined {
  const round = rounds.findLast(({ feedback: { published } }) => published?.link.hash === linkHash);
  const published = round?.feedback.published;
  return round && published ? { round, published } : undefined;
}

/** Why the feedback's link opens nothing at `now` (milliseconds since 1970), or null when it opens something. */
export function feedbackLinkProblem(
  { expiresAt }: { readonly expiresAt: number | null },
  now: number,
): "link_expired" | null {
  return expiresAt !== null && expiresAt <= now ? "link_expired" : null;
}
