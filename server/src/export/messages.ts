import type { MessageView } from "@whetstone/shared/room/view/messages";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { line, list } from "./markdown-text.ts";
import type { ExportedMessage, RoomExport } from "./room-export.ts";

/** What was written beside the interview, as the view of somebody of the panel holds it; nothing where nothing was. */
export function exportedMessages({ common, aside }: Pick<PanelView, "common" | "aside">): Pick<RoomExport, "messages"> {
  if (!common && !aside) return {};
  return {
    messages: {
      ...(common && { withCandidate: common.lines.map(exportedMessage) }),
      ...(aside && { amongPanel: aside.lines.map(exportedMessage) }),
    },
  };
}

const exportedMessage = ({ at, name, text, formerly }: MessageView) => ({
  at: new Date(at ?? 0).toISOString(),
  by: name,
  text,
  ...(formerly !== undefined && { formerly }),
});

/** What is the panel's alone is left out, as in what may be handed to the candidate. */
export function withoutAside({ messages, ...exported }: RoomExport): RoomExport {
  const withCandidate = messages?.withCandidate;
  return { ...exported, ...(withCandidate && { messages: { withCandidate } }) };
}

export function messageBlocks({ messages }: RoomExport): string[] {
  const { withCandidate = [], amongPanel = [] } = messages ?? {};
  return [
    ...chapter("## Messages with the candidate", withCandidate),
    ...chapter("## Messages among the panel", amongPanel),
  ];
}

const chapter = (title: string, messages: readonly (ExportedMessage & { readonly formerly?: string | undefined })[]) =>
  messages.length === 0
    ? []
    : [
        title,
        list(
          messages.map(
            ({ at, by, text, formerly }) =>
              `${at} ${line(by)}${formerly === undefined ? "" : ` (with ${line(formerly)})`}: ${line(text)}`,
          ),
        ),
      ];
