import type { Level } from "@whetstone/shared/bank";
import { CONFIDENCE_NAMES, MARK_NAMES } from "@whetstone/shared/names";
import type { Recommendation } from "@whetstone/shared/room/scorecard/commands";
import { grouped } from "./grouped.ts";
import type { ExportedScorecard, RoomExport } from "./room-export.ts";

/**
 * A submitted scorecard as a form of fields with answers, which is how applicant-tracking systems keep one. Each of
 * their formats names the same fields in its own way.
 */
export type FormField =
  | {
      readonly kind: "rating";
      readonly id: string;
      readonly title: string;
      readonly level: Level;
      /** What the level means for this question, and the notes that were bound to the rating. */
      readonly comments: string;
    }
  | { readonly kind: "text"; readonly id: string; readonly title: string; readonly text: string };

export interface ScorecardForm {
  readonly seatId: string;
  readonly rater: string;
  readonly recommendation: Recommendation | null;
  readonly submittedAt: string;
  readonly fields: readonly FormField[];
}

/** One form for each scorecard that was submitted, in the version that holds. */
export const scorecardForms = (exported: RoomExport): ScorecardForm[] =>
  exported.scorecards.flatMap((scorecard) => {
    const { seatId, rater, recommendation, submitted } = scorecard;
    if (submitted === null) return [];
    const fields = [...ratingFields(scorecard), ...textFields(scorecard, exported)];
    return [{ seatId, rater, recommendation, submittedAt: submitted.submittedAt, fields }];
  });

function ratingFields({ ratings, notes }: ExportedScorecard): FormField[] {
  const byId = grouped(notes, ({ noteId }) => noteId);
  return ratings.map(({ askNumber, question, criterionId, criterion, level, anchor, evidence }) => ({
    kind: "rating",
    id: `question_${askNumber}_${criterionId}`,
    title: `${askNumber}. ${question}: ${criterion}`,
    level,
    comments: [`Level ${level}: ${anchor}`, notesText(evidence.flatMap((noteId) => byId.get(noteId) ?? []))]
      .filter(Boolean)
      .join("\n\n"),
  }));
}

/** Everything that stands in no rating's comments; a field that would be empty is left out. */
function textFields({ summary, confidence, submitted, ratings, notes }: ExportedScorecard, { asks }: RoomExport) {
  const bound = new Set(ratings.flatMap(({ evidence }) => evidence));
  const loose = grouped(
    notes.filter(({ noteId }) => !bound.has(noteId)),
    ({ askId }) => askId,
  );
  const fields: readonly (readonly [id: string, title: string, text: string])[] = [
    ["summary", "Summary", summary],
    ["confidence", "Confidence in the recommendation", confidence === null ? "" : CONFIDENCE_NAMES[confidence]],
    ...asks.map(
      ({ askId, number, question }) =>
        [`question_${number}_notes`, `${number}. ${question.title}: notes`, notesText(loose.get(askId) ?? [])] as const,
    ),
    ["notes", "Notes", notesText(loose.get(null) ?? [])],
    ["incomplete", "Submitted incomplete because", submitted?.incompleteBecause ?? ""],
    ["amended", "Amended because", submitted?.amendedBecause ?? ""],
  ];
  return fields
    .filter(([, , text]) => text.trim() !== "")
    .map(([id, title, text]): FormField => ({ kind: "text", id, title, text }));
}

const notesText = (notes: readonly ExportedScorecard["notes"][number][]): string =>
  notes
    .filter(({ text }) => text.trim() !== "")
    .map(({ mark, text }) => (mark ? `${MARK_NAMES[mark]}: ${text}` : text))
    .join("\n\n");

/** Whose form it is and of what, where a system has no place for it but fields. */
export const nameFields = ({ rater }: ScorecardForm, { room }: RoomExport): FormField[] => [
  { kind: "text", id: "interviewer", title: "Interviewer", text: rater },
  ...(room.candidate ? [{ kind: "text", id: "candidate", title: "Candidate", text: room.candidate } as const] : []),
  { kind: "text", id: "interview", title: "Interview", text: room.title },
];
