import type { FeedbackPage } from "../../feedback.ts";
import { feedbackLinkProblem, findFeedback } from "../feedback/state.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { isErased, type RoomState, type Round } from "../state.ts";
import { candidateAsk } from "./asks.ts";

/** What the holder of a feedback's link may see at `now` (milliseconds since 1970), known by its secret's SHA-256, or why nothing. */
export function feedbackPage(state: RoomState, secretHash: string, now: number): FeedbackPage | Refusal {
  if (isErased(state)) return refusal("room_erased");
  const found = findFeedback(state, secretHash);
  if (!found) return refusal("unknown_link");
  const { round, published } = found;
  const problem = published.withdrawn ? "feedback_withdrawn" : feedbackLinkProblem(published.link, now);
  if (problem) return refusal(problem);
  return { feedback: published.feedback, publishedAt: published.at, answers: round.asks.map(ownAnswer) };
}

function ownAnswer(ask: Round["asks"][number]): FeedbackPage["answers"][number] {
  const { number, prompt, revealed, answer } = candidateAsk(ask);
  return { number, prompt, revealed: revealed.map(({ text }) => text), answer };
}
