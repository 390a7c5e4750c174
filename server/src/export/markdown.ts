import type { ExportedScorecard, RoomExport } from "./room-export.ts";

const RECOMMENDATIONS = { strong_no: "Strong no", no: "No", yes: "Yes", strong_yes: "Strong yes" } as const;
const MARKS = { strength: "strength", concern: "concern" } as const;
const DEVIATIONS = { none: "", out_of_order: ", asked out of order", not_in_plan: ", not in the plan" } as const;

/** The room as a document: the course of the interview, then one chapter for each scorecard. */
export function toMarkdown(exported: RoomExport): string {
  const { room, asks, scorecards, people, plan } = exported;
  const panel = people.filter(({ role }) => role === "host" || role === "interviewer").map(({ name }) => line(name));
  const unasked = plan.filter(({ asked }) => !asked).map(({ title }) => line(title));
  const blocks = [
    `# ${line(room.candidate ?? room.title)}`,
    list([
      `Interview: ${line(room.title)}`,
      room.forRole && `Role or team: ${line(room.forRole)}`,
      `Panel: ${panel.join(", ")}`,
      room.startedAt && `Started: ${room.startedAt}`,
      room.endedAt && `Ended: ${room.endedAt}`,
      `Time: ${clock(room.usedMs)} of ${room.minutes}:00`,
      unasked.length > 0 && `Planned and not asked: ${unasked.join("; ")}`,
    ]),
    "## Questions",
    ...asks.flatMap(askBlocks),
    ...scorecards.flatMap((scorecard) => scorecardBlocks(scorecard, exported)),
    `Exported by ${line(exported.exportedBy)} on ${exported.exportedAt}.`,
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

function askBlocks(ask: RoomExport["asks"][number]): string[] {
  const revealed = ask.revealed.map(({ kind, text, elapsedMs }) => {
    const label = kind === "hint" ? "Hint" : "Follow-up";
    return `${label} at ${clock(elapsedMs)}: ${line(text)}`;
  });
  return [
    `### ${ask.number}. ${line(ask.question.title)}`,
    `Asked at ${clock(ask.askedAtMs)}, ${clock(ask.openMs)} of ${ask.minutes}:00${DEVIATIONS[ask.deviation]}.`,
    quote(ask.question.prompt),
    list(revealed),
    ask.answer.trim() && `The candidate wrote:\n\n${fenced(ask.answer)}`,
  ].filter((block): block is string => Boolean(block));
}

function scorecardBlocks(scorecard: ExportedScorecard, { asks }: RoomExport): string[] {
  const { rater, recommendation, submittedAt, summary, ratings, notes } = scorecard;
  const status = submittedAt === null ? "Draft, not submitted." : `Submitted ${submittedAt}.`;
  const numberOf = (askId: string | null) => asks.find((ask) => ask.askId === askId)?.number;
  return [
    `## Scorecard of ${line(rater)}`,
    `**${recommendation === null ? "No recommendation yet" : RECOMMENDATIONS[recommendation]}.** ${status}`,
    summary.trim() && quote(summary),
    ratings.length > 0 && ratingTable(ratings),
    notes.length > 0 &&
      list(
        notes.map(({ elapsedMs, mark, askId, text }) => {
          const about = [mark && MARKS[mark], askId && `question ${numberOf(askId)}`].filter(Boolean).join(", ");
          return `${clock(elapsedMs)}${about && ` (${about})`}: ${line(text)}`;
        }),
      ),
  ].filter((block): block is string => Boolean(block));
}

function ratingTable(ratings: ExportedScorecard["ratings"]): string {
  const rows = ratings.map(({ askNumber, question, criterion, level, anchor }) => [
    `${askNumber}. ${cell(question)}`,
    cell(criterion),
    String(level),
    cell(anchor),
  ]);
  return [["Question", "Criterion", "Level", "Anchor"], ["---", "---", "---", "---"], ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

/** Running time as minutes and seconds. */
function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const list = (items: readonly (string | false | null)[]): string =>
  items
    .filter(Boolean)
    .map((item) => `- ${item}`)
    .join("\n");
/** A text in one line, in which nothing becomes a link, a picture or HTML. */
const line = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\[<`]/g, "\\$&");
const cell = (text: string): string => line(text).replaceAll("|", "\\|");
const quote = (text: string): string => text.trim().replace(/^/gm, "> ");

/** A fence that the text cannot close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
