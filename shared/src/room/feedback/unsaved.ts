import type { Command } from "../command.ts";
import type { HostView } from "../view/host.ts";

export function feedbackUnsaved(view: HostView, command: Command): HostView {
  return command.type === "writeFeedback" ? { ...view, feedback: { ...view.feedback, draft: command.feedback } } : view;
}
