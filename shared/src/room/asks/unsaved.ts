import type { Command } from "../command.ts";
import type { CandidateView } from "../view/candidate.ts";

export function answerUnsaved(view: CandidateView, command: Command): CandidateView {
  return command.type === "writeAnswer" && view.ask?.askId === command.askId
    ? { ...view, ask: { ...view.ask, answer: command.text } }
    : view;
}
