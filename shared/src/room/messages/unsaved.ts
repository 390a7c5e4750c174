import type { Command } from "../command.ts";
import type { CandidateView } from "../view/candidate.ts";
import type { Messages } from "../view/messages.ts";
import type { PanelView } from "../view/view.ts";

/** The view with what its owner has just written to the others: on its way below all that has come. */
export function messagesUnsaved<V extends CandidateView | PanelView>(view: V, command: Command): V {
  switch (command.type) {
    case "sayAside":
      return view.role === "candidate" ? view : { ...view, aside: withLine(view.aside, view.you, command) };
    case "sayToAll":
      return { ...view, common: withLine(view.common, view.you, command) };
    default:
      return view;
  }
}

/** It is there once, also where it has come and its answer has not. */
function withLine(
  messages: Messages | undefined,
  { seatId, name }: { readonly seatId: string; readonly name: string },
  { lineId, text }: { readonly lineId: string; readonly text: string },
): Messages {
  const lines = messages?.lines ?? [];
  if (messages && lines.some((line) => line.lineId === lineId)) return messages;
  return { ...messages, lines: [...lines, { lineId, seatId, name, at: null, text: text.trim() }] };
}
