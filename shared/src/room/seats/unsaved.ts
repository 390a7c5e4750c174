import type { Command } from "../command.ts";
import type { CandidateView } from "../view/candidate.ts";

export function handUnsaved(view: CandidateView, { type }: Command): CandidateView {
  return type === "raiseHand" || type === "lowerHand"
    ? { ...view, you: { ...view.you, handRaised: type === "raiseHand" } }
    : view;
}
