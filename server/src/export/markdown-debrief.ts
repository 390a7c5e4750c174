import { CONFIDENCE_NAMES, OUTCOME_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { plainLines } from "@whetstone/shared/plain-markdown";
import { byAskId } from "./grouped.ts";
import { line, list, quote, table } from "./markdown-text.ts";
import type { ExportedScorecard, RoomExport } from "./room-export.ts";
import { clock, scoreText } from "./words.ts";

type Debrief = NonNullable<RoomExport["debrief"]>;

/** What the panel decided, its last version first. */
export function decisionBlocks({ decisions }: RoomExport): string[] {
  const holds = decisions.at(-1);
  if (!holds) return [];
  const earlier = decisions.slice(0, -1).reverse();
  return [
    "## Decision",
    `**${OUTCOME_NAMES[holds.outcome]}.** Recorded by ${line(holds.by)} on ${holds.at}.`,
    quote(plainLines(holds.rationale)),
    ...(earlier.length > 0
      ? [
          "Before that:",
          list(
            earlier.map(
              ({ outcome, rationale, by, at }) => `${OUTCOME_NAMES[outcome]} (${line(by)}, ${at}): ${line(rationale)}`,
            ),
          ),
        ]
      : []),
  ];
}

/** What the panel talks about: nothing where the debrief is closed to whoever exported. */
export function debriefBlocks(exported: RoomExport): string[] {
  const { debrief } = exported;
  if (!debrief) return [];
  return [
    ...recommendationBlocks(exported, debrief),
    ...competencyBlocks(debrief),
    ...matrixBlocks(debrief),
    ...notesBlocks(exported),
  ];
}

function recommendationBlocks({ scorecards }: RoomExport, { raters, overall }: Debrief): string[] {
  const rows = scorecards.map(({ seatId, rater, recommendation, confidence, submitted }) => [
    rater,
    recommendation === null ? "–" : RECOMMENDATION_NAMES[recommendation],
    confidence === null ? "–" : CONFIDENCE_NAMES[confidence],
    scoreText(raters.find((one) => one.seatId === seatId)?.overall ?? null),
    submitted?.submittedAt ?? "–",
  ]);
  return [
    "## Recommendations",
    table(["Rater", "Recommendation", "Confidence", "Overall", "Submitted"], rows),
    overall === null ? "Nobody rated anything." : `The panel's overall score is ${scoreText(overall)} of 4.`,
  ];
}

function competencyBlocks({ competencies, raters }: Debrief): string[] {
  if (competencies.length === 0) return [];
  const weighed = competencies.filter(({ reason }) => reason !== null);
  return [
    "## Competencies",
    table(
      ["Competency", "Weight", "Score", ...raters.map(({ rater }) => rater)],
      competencies.map(({ name, weight, score, byRater }) => [
        name,
        String(weight),
        scoreText(score),
        ...byRater.map(scoreText),
      ]),
    ),
    list(weighed.map(({ name, weight, reason }) => `${line(name)} counts ${weight} times: ${line(reason ?? "")}`)),
  ];
}

function matrixBlocks({ criteria, raters, pairs, unrated }: Debrief): string[] {
  if (criteria.length === 0) return [];
  const nameOf = (seatId: string) => line(raters.find((one) => one.seatId === seatId)?.rater ?? "");
  return [
    "## Ratings by disagreement",
    table(
      ["Question", "Criterion", "Spread", ...raters.map(({ rater }) => rater)],
      criteria.map(({ askNumber, question, criterion, spread, levels }) => [
        `${askNumber}. ${question}`,
        criterion,
        spread === null ? "–" : String(spread),
        ...levels.map((level) => (level === null ? "–" : String(level))),
      ]),
    ),
    list([
      ...pairs.map((pair) => `${nameOf(pair.one)} and ${nameOf(pair.other)}: ${difference(pair, nameOf(pair.one))}`),
      unrated.length > 0 &&
        `Rated by nobody: ${unrated
          .map(({ askNumber, question, criterion }) => line(`${askNumber}. ${question}, ${criterion}`))
          .join("; ")}`,
    ]),
  ];
}

function difference({ shared, apart, leaning, equal }: Debrief["pairs"][number], one: string): string {
  if (shared === 0) return "no criterion that both rated.";
  const rated = `${shared} ${shared === 1 ? "criterion" : "criteria"} that both rated`;
  const direction = leaning === 0 ? "" : `, ${one} ${scoreText(Math.abs(leaning))} ${leaning > 0 ? "higher" : "lower"}`;
  const same = `the same level in ${Math.round(equal * 100)} %`;
  return `${rated}, ${scoreText(apart)} levels apart on average${direction}; ${same}.`;
}

function notesBlocks(exported: RoomExport): string[] {
  const blocks = (["strength", "concern"] as const).flatMap((mark) => {
    const notes = marked(exported, mark);
    return notes.length > 0 ? [mark === "strength" ? "### Strengths" : "### Concerns", list(notes)] : [];
  });
  return blocks.length > 0 ? ["## Strengths and concerns", ...blocks] : [];
}

/** The notes of all raters that bear a mark, in the order in which they were begun. */
function marked({ scorecards, asks }: RoomExport, mark: ExportedScorecard["notes"][number]["mark"]): string[] {
  const askOf = byAskId(asks);
  return scorecards
    .flatMap(({ rater, notes }) =>
      notes.filter((note) => note.mark === mark && note.text.trim() !== "").map((note) => ({ rater, note })),
    )
    .sort((a, b) => a.note.elapsedMs - b.note.elapsedMs)
    .map(({ rater, note }) => {
      const ask = askOf.get(note.askId);
      return `${clock(note.elapsedMs)} ${line(rater)}${ask ? ` (question ${ask.number})` : ""}: ${line(note.text)}`;
    });
}
