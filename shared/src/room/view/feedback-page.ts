import type { FeedbackPage } from "../../feedback.ts";
import { feedbackLinkProblem } from "../feedback/state.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { RoomState, Round } from "../state.ts";
import { candidateAsk } from "./candidate.ts";

/** What the holder of a feedback's link may see at `now` (milliseconds since 1970), known by its secret's SHA-256, or why nothing. */
export function feedbackPage({ rounds }: RoomState, secretHash: string, now: number): FeedbackPage | Refusal {
  const round = rounds.findLast(({ feedback: { published } }) => published?.link.hash === secretHash);
  const published = round?.feedback.published;
  if (!round || !published) return refusal("unknown_link");
  const problem = published.withdrawn ? "feedback_withdrawn" : feedbackLinkProblem(published.link, now);
  if (problem) return refusal(problem);
  return { feedback: published.feedback, publishedAt: published.at, answers: round.asks.map(ownAnswer) };
}

function ownAnswer(ask: Round["asks"][number]): FeedbackPage["answers"][number] {
  const { number, prompt, revealed, answer } = candidateAsk(ask);
  return { number, prompt, revealed: revealed.map(({ text }) => text), answer };
}
