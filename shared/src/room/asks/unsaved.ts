import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import type { Command } from "../command.ts";
import type { Ground } from "../ground.ts";
import type { CandidateView } from "../view/candidate.ts";

export function answerUnsaved(view: CandidateView, command: Command): CandidateView {
  return command.type === "writeAnswer" && view.ask?.askId === command.askId
    ? { ...view, ask: { ...view.ask, answer: writtenOnto(view.ask.answer, command) } }
    : view;
}

/** An answer with the one that it was written on. */
export function answerOnGround({ ask }: CandidateView, command: Command, ground: Ground): Command {
  if (command.type !== "writeAnswer" || ask?.askId !== command.askId) return command;
  return { ...command, base: spliceBetween(command.text, ground.text(command.text, ask.answer)) };
}
