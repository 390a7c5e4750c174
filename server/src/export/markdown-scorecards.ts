import { CONFIDENCE_NAMES, MARK_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import { plainLines } from "@whetstone/shared/plain-markdown";
import { byAskId } from "./grouped.ts";
import { line, list, quote, table } from "./markdown-text.ts";
import type { ExportedScorecard, RoomExport } from "./room-export.ts";
import { clock, momentText } from "./words.ts";

type Judgement = Pick<ExportedScorecard, "recommendation" | "confidence">;

/** One chapter of what a rater said. */
export function scorecardBlocks(scorecard: ExportedScorecard, exported: RoomExport): string[] {
  const { rater, submitted, summary, ratings, earlier } = scorecard;
  const status =
    submitted === null
      ? "Draft, not submitted."
      : `Submitted ${submitted.submittedAt}${submitted.version > 1 ? ` as version ${submitted.version}` : ""}.`;
  return [
    `## Scorecard of ${line(rater)}`,
    `**${recommendationText(scorecard)}.** ${status}`,
    list([
      submitted?.incompleteBecause
        ? `Submitted although something was missing: ${line(submitted.incompleteBecause)}`
        : null,
      submitted?.amendedBecause ? `Amended: ${line(submitted.amendedBecause)}` : null,
      submitted?.informed ? "Others' scorecards were open to its rater by then." : null,
    ]),
    summary.trim() === "" ? "" : quote(plainLines(summary)),
    ratings.length > 0 ? ratingTable(ratings) : "",
    list(noteLines(scorecard, exported)),
    ...(earlier.length > 0
      ? ["### Earlier versions", list(earlier.map((version) => versionLine(version, scorecard)))]
      : []),
  ];
}

function recommendationText({ recommendation, confidence }: Judgement): string {
  const sure = confidence === null ? "" : `, confidence ${CONFIDENCE_NAMES[confidence].toLowerCase()}`;
  return `${recommendation === null ? "No recommendation" : RECOMMENDATION_NAMES[recommendation]}${sure}`;
}

const ratingTable = (ratings: ExportedScorecard["ratings"]): string =>
  table(
    ["Question", "Criterion", "Level", "Anchor"],
    ratings.map(({ askNumber, question, criterion, level, anchor }) => [
      `${askNumber}. ${question}`,
      criterion,
      String(level),
      anchor,
    ]),
  );

function noteLines({ notes }: ExportedScorecard, { asks }: RoomExport): string[] {
  const askOf = byAskId(asks);
  return notes.map(({ elapsedMs, mark, askId, text, moment }) => {
    const ask = askOf.get(askId);
    const about = [mark && MARK_NAMES[mark].toLowerCase(), ask && `question ${ask.number}`, momentText(moment)]
      .filter(Boolean)
      .join(", ");
    return `${clock(elapsedMs)}${about && ` (${about})`}: ${line(text)}`;
  });
}

/**
 * A version in short: what it recommended, its reasons, and the levels and the summary that are not as they are now.
 */
function versionLine(version: ExportedScorecard["earlier"][number], now: ExportedScorecard): string {
  const keyOf = ({ askId, criterionId }: ExportedScorecard["ratings"][number]) => `${askId} ${criterionId}`;
  const levels = new Map(now.ratings.map((rating) => [keyOf(rating), rating.level]));
  const levelNow = (rating: ExportedScorecard["ratings"][number]) => levels.get(keyOf(rating));
  const changed = version.ratings
    .filter((rating) => rating.level !== levelNow(rating))
    .map((rating) => {
      const after = levelNow(rating) ?? "not rated";
      return `${rating.askNumber}. ${line(rating.criterion)} ${rating.level}, now ${after}`;
    });
  return [
    `Version ${version.version}, submitted ${version.submittedAt}: ${recommendationText(version)}.`,
    version.incompleteBecause && `Something was missing: ${line(version.incompleteBecause)}`,
    version.amendedBecause && `Amended: ${line(version.amendedBecause)}`,
    changed.length > 0 && `Levels: ${changed.join("; ")}.`,
    version.summary.trim() !== "" && version.summary !== now.summary && `Summary: ${line(version.summary)}`,
  ]
    .filter(Boolean)
    .join(" ");
}
