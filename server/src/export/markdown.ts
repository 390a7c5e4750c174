import { boardBlocks } from "./markdown-board.ts";
import { debriefBlocks, decisionBlocks } from "./markdown-debrief.ts";
import { runBlocks } from "./markdown-runs.ts";
import { scorecardBlocks } from "./markdown-scorecards.ts";
import { fenced, line, list, quote } from "./markdown-text.ts";
import { messageBlocks } from "./messages.ts";
import type { RoomExport } from "./room-export.ts";
import { clock } from "./words.ts";

const DEVIATIONS = { none: "", out_of_order: ", asked out of order", not_in_plan: ", not in the plan" } as const;

/**
 * The room as a document: the decision and what the panel has to talk about, as far as that is open, then the course of
 * the interview, then one chapter for each scorecard.
 */
export function toMarkdown(exported: RoomExport): string {
  const { room, asks, scorecards, people } = exported;
  const panel = people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => line(name));
  const blocks = [
    `# ${line(room.candidate ?? room.title)}`,
    list([
      `Interview: ${line(room.title)}`,
      room.forRole && `Role or team: ${line(room.forRole)}`,
      room.kit && `Kit: ${line(room.kit)}`,
      `Panel: ${panel.join(", ")}`,
      room.startedAt && `Started: ${room.startedAt}`,
      room.endedAt && `Ended: ${room.endedAt}`,
      `Time: ${clock(room.usedMs)} of ${room.minutes}:00`,
    ]),
    ...decisionBlocks(exported),
    ...debriefBlocks(exported),
    "## Questions",
    deviations(exported),
    ...asks.flatMap(askBlocks),
    ...scorecards.flatMap((scorecard) => scorecardBlocks(scorecard, exported)),
    ...messageBlocks(exported),
    `Exported by ${line(exported.exportedBy)} on ${exported.exportedAt}.`,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/** How the interview went beside its kit or plan. */
function deviations({ deviations: { notAsked, added, outOfOrder } }: RoomExport): string {
  const titles = (label: string, some: readonly string[]) =>
    some.length > 0 && `${label}: ${some.map(line).join("; ")}`;
  return list([
    titles("Planned and not asked", notAsked),
    titles("Asked and not planned", added),
    titles("Asked out of order", outOfOrder),
  ]);
}

function askBlocks(ask: RoomExport["asks"][number]): string[] {
  const revealed = ask.revealed.map(({ kind, text, elapsedMs }) => {
    const label = kind === "hint" ? "Hint" : "Follow-up";
    return `${label} at ${clock(elapsedMs)}: ${line(text)}`;
  });
  return [
    `### ${ask.number}. ${line(ask.question.title)}`,
    `Asked${ask.askedBy === undefined ? "" : ` by ${line(ask.askedBy)}`} at ${clock(ask.askedAtMs)}, ${clock(ask.openMs)} of ${ask.minutes}:00${DEVIATIONS[ask.deviation]}.`,
    quote(ask.question.prompt),
    list(revealed),
    ask.answer.trim() === "" ? "" : `The candidate wrote:\n\n${fenced(ask.answer)}`,
    ...boardBlocks(ask.board, 4, "Its picture is in the PDF and the JSON."),
    ...runBlocks(ask),
  ];
}
