import { ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { CellValue } from "./cells.ts";
import { grouped } from "./grouped.ts";
import type { ExportedCriterion, ExportedScorecard, RoomExport } from "./room-export.ts";

/** A rating with what it belongs to: one row of a table. */
export interface RatingRow {
  readonly exported: RoomExport;
  readonly scorecard: ExportedScorecard;
  readonly rating: ExportedScorecard["ratings"][number];
  /** The rater's notes that are bound to the rating. */
  readonly evidence: readonly Note[];
  /** Those on the question that are bound to no criterion. */
  readonly otherNotes: readonly Note[];
  /** Who scores the interview and had not rated the criterion. */
  readonly notRatedBy: readonly string[];
}

type Note = ExportedScorecard["notes"][number];

export function ratingRows(exported: RoomExport): RatingRow[] {
  const { scorecards, unsubmitted = [] } = exported;
  const absent = unsubmitted.map(({ rater }) => `${rater} (nothing submitted)`);
  const unrated = grouped(
    scorecards.flatMap(({ rater, unrated }) => unrated.map((criterion) => ({ rater, key: keyOf(criterion) }))),
    ({ key }) => key,
  );
  return scorecards.flatMap((scorecard) => {
    const byId = grouped(scorecard.notes, ({ noteId }) => noteId);
    const unbound = grouped(
      scorecard.notes.filter(({ evidenceFor }) => evidenceFor === null),
      ({ askId }) => askId,
    );
    return scorecard.ratings.map((rating) => ({
      exported,
      scorecard,
      rating,
      evidence: rating.evidence.flatMap((noteId) => byId.get(noteId) ?? []),
      otherNotes: unbound.get(rating.askId) ?? [],
      notRatedBy: [...(unrated.get(keyOf(rating)) ?? []).map(({ rater }) => rater), ...absent],
    }));
  });
}

const keyOf = ({ askId, criterionId }: ExportedCriterion): string => ratingKey(askId, criterionId);

interface RatingColumn {
  /** In CSV, for programs. */
  readonly name: string;
  /** In XLSX, for people. */
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly value: (row: RatingRow) => CellValue;
}

/** The columns of the table of ratings, in CSV and XLSX alike. */
export const RATING_COLUMNS: readonly RatingColumn[] = [
  { name: "room", title: "Interview", width: 24, value: ({ exported }) => exported.room.title },
  { name: "candidate", title: "Candidate", width: 20, value: ({ exported }) => exported.room.candidate },
  { name: "for_role", title: "Role or team", width: 20, value: ({ exported }) => exported.room.forRole },
  { name: "kit", title: "Kit", width: 20, value: ({ exported }) => exported.room.kit },
  { name: "rater", title: "Rater", width: 20, value: ({ scorecard }) => scorecard.rater },
  { name: "recommendation", title: "Recommendation", width: 16, value: ({ scorecard }) => scorecard.recommendation },
  { name: "confidence", title: "Confidence", width: 12, value: ({ scorecard }) => scorecard.confidence },
  {
    name: "submitted_at",
    title: "Submitted (UTC)",
    width: 18,
    value: ({ scorecard: { submitted } }) => (submitted ? new Date(submitted.submittedAt) : null),
  },
  { name: "version", title: "Version", width: 9, value: ({ scorecard }) => scorecard.submitted?.version ?? null },
  {
    name: "incomplete_because",
    title: "Submitted incomplete because",
    width: 28,
    value: ({ scorecard }) => scorecard.submitted?.incompleteBecause ?? null,
  },
  {
    name: "amended_because",
    title: "Amended because",
    width: 28,
    value: ({ scorecard }) => scorecard.submitted?.amendedBecause ?? null,
  },
  { name: "ask", title: "No.", width: 6, value: ({ rating }) => rating.askNumber },
  { name: "question_id", title: "Question's identifier", width: 24, value: ({ rating }) => rating.questionId },
  { name: "question", title: "Question", width: 36, value: ({ rating }) => rating.question },
  { name: "criterion_id", title: "Criterion's identifier", width: 20, value: ({ rating }) => rating.criterionId },
  { name: "criterion", title: "Criterion", width: 24, value: ({ rating }) => rating.criterion },
  { name: "competencies", title: "Competencies", width: 28, value: ({ rating }) => rating.competencies.join("; ") },
  { name: "level", title: "Level", width: 8, value: ({ rating }) => rating.level },
  { name: "anchor", title: "Anchor", width: 48, value: ({ rating }) => rating.anchor },
  { name: "evidence", title: "Evidence", width: 60, value: ({ evidence }) => textOf(evidence) },
  { name: "notes", title: "Other notes on the question", width: 60, value: ({ otherNotes }) => textOf(otherNotes) },
  { name: "not_rated_by", title: "Not rated by", width: 28, value: ({ notRatedBy }) => notRatedBy.join("; ") },
];

const textOf = (notes: readonly Note[]): string => notes.map(({ text }) => text).join("\n\n");
