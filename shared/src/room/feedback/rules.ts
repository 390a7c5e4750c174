import type { z } from "zod";
import { FeedbackDraft } from "../../feedback.ts";
import { diff } from "../patch.ts";
import { accept, type Context, type Decision, HOST, refuse, type Scene, type SeatRules } from "../rule.ts";
import { debriefIsOpen } from "../scorecard/blindness.ts";
import { view } from "../view/view.ts";
import type { feedbackCommands, feedbackRequests } from "./commands.ts";
import { composeFeedback, isEmptyFeedback } from "./compose.ts";
import { feedbackLinkProblem, feedbackOnto } from "./state.ts";

type Command = z.infer<(typeof feedbackCommands)[number]>;
type Request = z.infer<(typeof feedbackRequests)[number]>;

export const feedbackRules: SeatRules<Command> = {
  writeFeedback: {
    by: HOST,
    during: ["ended"],
    decide: writeFeedback,
  },
  withdrawFeedback: { by: HOST, during: ["ended"], decide: withdrawFeedback },
};

function writeFeedback({ round }: Scene, command: Extract<Command, { type: "writeFeedback" }>): Decision {
  const feedback = FeedbackDraft.safeParse(feedbackOnto(round.feedback.draft, command));
  if (!feedback.success) return refuse("too_long");
  const changes = diff(round.feedback.draft, feedback.data);
  return changes.length > 0 ? accept({ type: "feedbackWritten", roundId: round.roundId, changes }) : accept();
}

export const publishingRules: SeatRules<Request> = {
  publishFeedback: { by: HOST, during: ["ended"], decide: publishFeedback },
};

/** Freezes the feedback as the host has it, under the link that is in use or under a new one. */
function publishFeedback({ state, round, seat }: Scene, { link }: Request, { now }: Pick<Context, "now">): Decision {
  if (!debriefIsOpen(state, round, seat.seatId)) return refuse("still_blind");
  const { draft, published } = round.feedback;
  if (isEmptyFeedback(draft)) return refuse("feedback_empty");
  if (link === null && (!published || published.withdrawn || feedbackLinkProblem(published.link, now))) {
    return refuse("unknown_link");
  }
  const seen = view(state, seat.seatId);
  if (seen?.role !== "host") return refuse("wrong_seat");
  const { roundId } = round;
  const changes = diff(published?.feedback ?? null, composeFeedback(seen, draft));
  return accept({ type: "feedbackPublished", roundId, changes, link });
}

function withdrawFeedback({ round: { roundId, feedback } }: Scene): Decision {
  const { published } = feedback;
  return published && !published.withdrawn ? accept({ type: "feedbackWithdrawn", roundId }) : accept();
}
