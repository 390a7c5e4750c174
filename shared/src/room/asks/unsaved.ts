import { writtenOnto } from "../../merge.ts";
import { spliceBetween } from "../../text.ts";
import type { Command } from "../command.ts";
import type { Ground } from "../ground.ts";
import type { CandidateView } from "../view/candidate.ts";

export function answerUnsaved(view: CandidateView, command: Command): CandidateView {
  if (command.type !== "writeAnswer") return view;
  const { askId } = command;
  const { ask, earlier } = view;
  if (ask?.askId === askId) return { ...view, ask: { ...ask, answer: writtenOnto(ask.answer, command) } };
  if (!earlier.some((other) => other.askId === askId)) return view;
  const written = earlier.map((other) =>
    other.askId === askId ? { ...other, answer: writtenOnto(other.answer, command) } : other,
  );
  return { ...view, earlier: written };
}

/** An answer with the one that it was written on. */
export function answerOnGround({ ask, earlier }: CandidateView, command: Command, ground: Ground): Command {
  if (command.type !== "writeAnswer") return command;
  const written = [ask, ...earlier].find((asked) => asked?.askId === command.askId);
  if (!written) return command;
  return { ...command, base: spliceBetween(command.text, ground.text(command.text, written.answer)) };
}
