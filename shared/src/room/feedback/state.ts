import { emptyFeedback, Feedback, FeedbackDraft } from "../../feedback.ts";
import { mergeLists, mergeTexts } from "../../merge.ts";
import { patch } from "../patch.ts";
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
      return { draft: FeedbackDraft.parse(patch(draft, event.changes)), published };
    case "feedbackPublished": {
      const link = event.link ?? published?.link;
      const feedback = Feedback.parse(patch(published?.feedback ?? null, event.changes));
      return { draft, published: link ? { feedback, at, link, withdrawn: false } : null };
    }
    case "feedbackWithdrawn":
      return { draft, published: published && { ...published, withdrawn: true } };
    default:
      return event satisfies never;
  }
}

interface WrittenFeedback {
  readonly feedback: FeedbackDraft;
  /** What was changed, as it was when the writing began; without it the feedback takes the place of the one before. */
  readonly base?: { readonly [Part in keyof FeedbackDraft]?: FeedbackDraft[Part] | undefined } | undefined;
}

/** The draft that comes of `current` by what somebody has written. */
export function feedbackOnto(current: FeedbackDraft, { feedback, base }: WrittenFeedback): FeedbackDraft {
  if (base === undefined) return feedback;
  const { message, strengths, concerns, questions, namesPanel } = base;
  return {
    message: message === undefined ? current.message : mergeTexts(message, feedback.message, current.message),
    strengths: strengths ? mergeLists(strengths, feedback.strengths, current.strengths) : current.strengths,
    concerns: concerns ? mergeLists(concerns, feedback.concerns, current.concerns) : current.concerns,
    questions: questions === undefined ? current.questions : feedback.questions,
    namesPanel: namesPanel === undefined ? current.namesPanel : feedback.namesPanel,
  };
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
