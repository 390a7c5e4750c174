import { stringify } from "csv-stringify/sync";
import type { RoomExport } from "./room-export.ts";

const COLUMNS = [
  "room",
  "candidate",
  "for_role",
  "rater",
  "recommendation",
  "submitted_at",
  "ask",
  "question_id",
  "question",
  "criterion_id",
  "criterion",
  "level",
  "anchor",
  "evidence",
] as const;

/**
 * One row a rating, UTF-8 with a byte-order mark and CRLF line ends (RFC 4180). A cell that a spreadsheet would take for a
 * formula is preceded by an apostrophe.
 */
export function toCsv({ room, scorecards }: RoomExport): string {
  const rows = scorecards.flatMap(({ rater, recommendation, submittedAt, ratings, notes }) =>
    ratings.map(
      (rating): Record<(typeof COLUMNS)[number], string | number | null> => ({
        room: room.title,
        candidate: room.candidate,
        for_role: room.forRole,
        rater,
        recommendation,
        submitted_at: submittedAt,
        ask: rating.askNumber,
        question_id: rating.questionId,
        question: rating.question,
        criterion_id: rating.criterionId,
        criterion: rating.criterion,
        level: rating.level,
        anchor: rating.anchor,
        evidence: notes
          .filter(({ noteId }) => rating.evidence.includes(noteId))
          .map(({ text }) => text)
          .join("\n\n"),
      }),
    ),
  );
  return stringify(rows, {
    columns: [...COLUMNS],
    header: true,
    bom: true,
    escape_formulas: true,
    quoted_match: /[\r\n]/,
    record_delimiter: "windows",
  });
}
