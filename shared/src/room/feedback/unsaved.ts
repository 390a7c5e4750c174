import type { Command } from "../command.ts";
import type { Ground } from "../ground.ts";
import type { HostView } from "../view/host.ts";
import { feedbackOnto } from "./state.ts";

export function feedbackUnsaved(view: HostView, command: Command): HostView {
  return command.type === "writeFeedback"
    ? { ...view, feedback: { ...view.feedback, draft: feedbackOnto(view.feedback.draft, command) } }
    : view;
}

/** A draft with what it changes as that was before. */
export function feedbackOnGround({ feedback }: HostView, command: Command, ground: Ground): Command {
  if (command.type !== "writeFeedback") return command;
  const { draft } = feedback;
  const { message, strengths, concerns, questions, namesPanel } = command.feedback;
  return {
    ...command,
    base: {
      ...(message !== draft.message && { message: ground.text(message, draft.message) }),
      ...(isOther(strengths, draft.strengths) && { strengths: [...ground.list(strengths, draft.strengths)] }),
      ...(isOther(concerns, draft.concerns) && { concerns: [...ground.list(concerns, draft.concerns)] }),
      ...(questions !== draft.questions && { questions: draft.questions }),
      ...(namesPanel !== draft.namesPanel && { namesPanel: draft.namesPanel }),
    },
  };
}

const isOther = (one: readonly string[], other: readonly string[]): boolean =>
  one.length !== other.length || one.some((entry, index) => entry !== other[index]);
