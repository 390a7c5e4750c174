import { answerUnsaved } from "./asks/unsaved.ts";
import type { Command, Unsaved } from "./command.ts";
import { feedbackUnsaved } from "./feedback/unsaved.ts";
import { messagesUnsaved } from "./messages/unsaved.ts";
import { peersUnsaved } from "./peers/unsaved.ts";
import { scorecardUnsaved } from "./scorecard/unsaved.ts";
import { handUnsaved } from "./seats/unsaved.ts";
import type { View } from "./view/view.ts";

/**
 * The view as its owner means it: the server's, with their own commands that it has not acknowledged yet. Covers what one writes oneself
 * (answer, hand, scorecard, feedback); what moves the room waits for the server.
 */
export function withUnsaved(view: View, unsaved: readonly Unsaved[]): View {
  return unsaved.reduce(withOne, view);
}

function withOne(view: View, unsaved: Unsaved): View {
  switch (view.role) {
    case "candidate":
      return withSaid(handUnsaved(answerUnsaved(view, unsaved.command), unsaved.command), unsaved.command);
    case "interviewer":
      return withSaid(scorecardUnsaved(view, unsaved), unsaved.command);
    case "host":
      return withSaid(feedbackUnsaved(scorecardUnsaved(view, unsaved), unsaved.command), unsaved.command);
    case "observer":
    case "captioner":
      return view;
    default:
      return view satisfies never;
  }
}

const withSaid = <V extends Exclude<View, { role: "observer" | "captioner" }>>(view: V, command: Command): V =>
  messagesUnsaved(peersUnsaved(view, command), command);
