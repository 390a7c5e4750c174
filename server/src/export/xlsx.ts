import { CONFIDENCE_NAMES, MARK_NAMES, OUTCOME_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import writeExcelFile, { type Cell, type Row, type SheetData } from "write-excel-file/node";
import { type CellValue, harmlessText } from "./cells.ts";
import { byAskId } from "./grouped.ts";
import { RATING_COLUMNS, ratingRows } from "./rating-columns.ts";
import type { ExportedScorecard, RoomExport } from "./room-export.ts";
import { clock, momentText } from "./words.ts";

/** How many UTF-16 code units a cell may hold: Excel's own limit. */
const CELL_LENGTH = 32_767;
const CUT = "\n… (whole in the sheet Notes; shortened: a cell of a spreadsheet holds no more)";
const SCORE_FORMAT = "0.00";
const MOMENT_FORMAT = "yyyy-mm-dd hh:mm";
const TEXT = { wrap: true, alignVertical: "top" } as const;
const HEADER = { ...TEXT, fontWeight: "bold", backgroundColor: "#E8E6E1" } as const;

interface Column<Item> {
  readonly title: string;
  /** In characters. */
  readonly width: number;
  readonly value: (item: Item) => CellValue;
}

/**
 * A workbook (Office Open XML) with the sheets Ratings, Notes and Summary, each under a header that stays in sight.
 * Moments are dates in UTC, levels and scores are numbers; no cell is a formula. A text that is longer than a cell may
 * be is cut and says so; only the notes behind one rating can be, and the sheet of notes holds them whole.
 */
export function toXlsx(exported: RoomExport): Promise<Uint8Array> {
  const notes = noteRows(exported);
  const sheets = [
    { sheet: "Ratings", columns: [...RATING_COLUMNS], data: table(RATING_COLUMNS, ratingRows(exported)) },
    { sheet: "Notes", columns: noteColumns(notes), data: table(noteColumns(notes), notes) },
    { sheet: "Summary", columns: [...SUMMARY_COLUMNS], data: summary(exported) },
  ];
  return writeExcelFile(
    sheets.map(({ sheet, columns, data }) => ({
      sheet,
      columns: columns.map(({ width }) => ({ width })),
      data,
      stickyRowsCount: 1,
    })),
  ).toBuffer();
}

interface NoteRow {
  readonly rater: string;
  readonly ask: RoomExport["asks"][number] | undefined;
  readonly note: ExportedScorecard["notes"][number];
}

const NOTE_COLUMNS: readonly Column<NoteRow>[] = [
  { title: "Rater", width: 20, value: ({ rater }) => rater },
  { title: "No.", width: 6, value: ({ ask }) => ask?.number ?? null },
  { title: "Question", width: 36, value: ({ ask }) => ask?.question.title ?? null },
  {
    title: "Criterion",
    width: 24,
    value: ({ ask, note }) => ask?.question.criteria.find(({ id }) => id === note.evidenceFor)?.name ?? null,
  },
  { title: "Mark", width: 12, value: ({ note }) => note.mark && MARK_NAMES[note.mark] },
  { title: "Begun (UTC)", width: 18, value: ({ note }) => new Date(note.at) },
  { title: "Running time", width: 12, value: ({ note }) => clock(note.elapsedMs) },
  { title: "Note", width: 90, value: ({ note }) => note.text },
];

/** With what notes point at, where any does. */
const noteColumns = (rows: readonly NoteRow[]): Column<NoteRow>[] =>
  rows.some(({ note }) => note.moment)
    ? [...NOTE_COLUMNS, { title: "Points at", width: 24, value: ({ note }) => momentText(note.moment) }]
    : [...NOTE_COLUMNS];

function noteRows({ scorecards, asks }: RoomExport): NoteRow[] {
  const askOf = byAskId(asks);
  return scorecards.flatMap(({ rater, notes }) => notes.map((note) => ({ rater, note, ask: askOf.get(note.askId) })));
}

interface RaterRow {
  readonly exported: RoomExport;
  readonly scorecard: ExportedScorecard;
}

const SUMMARY_COLUMNS: readonly Column<RaterRow>[] = [
  { title: "Rater", width: 28, value: ({ scorecard }) => scorecard.rater },
  {
    title: "Recommendation",
    width: 18,
    value: ({ scorecard: { recommendation } }) => recommendation && RECOMMENDATION_NAMES[recommendation],
  },
  {
    title: "Confidence",
    width: 18,
    value: ({ scorecard: { confidence } }) => confidence && CONFIDENCE_NAMES[confidence],
  },
  {
    title: "Overall (1 to 4)",
    width: 18,
    value: ({ exported, scorecard }) =>
      exported.debrief?.raters.find(({ seatId }) => seatId === scorecard.seatId)?.overall ?? null,
  },
  {
    title: "Submitted (UTC)",
    width: 18,
    value: ({ scorecard: { submitted } }) => (submitted ? new Date(submitted.submittedAt) : null),
  },
  { title: "Version", width: 18, value: ({ scorecard }) => scorecard.submitted?.version ?? null },
  { title: "Summary", width: 80, value: ({ scorecard }) => scorecard.summary },
  {
    title: "Submitted incomplete because",
    width: 36,
    value: ({ scorecard }) => scorecard.submitted?.incompleteBecause ?? null,
  },
  { title: "Amended because", width: 36, value: ({ scorecard }) => scorecard.submitted?.amendedBecause ?? null },
];
/** Where the wide column stands, for other long texts below it. */
const WIDE = SUMMARY_COLUMNS.findIndex(({ title }) => title === "Summary");

/**
 * The raters, then the competencies, every version of the decision and what was interviewed for, each after an empty
 * row.
 */
function summary(exported: RoomExport): SheetData {
  const raters = exported.scorecards.map((scorecard) => ({ exported, scorecard }));
  const parts = [competencies(exported), decisions(exported), about(exported)].filter((rows) => rows.length > 0);
  return [...table(SUMMARY_COLUMNS, raters), ...parts.flatMap((rows) => [[], ...rows])];
}

function competencies({ debrief }: RoomExport): Row[] {
  if (!debrief) return [];
  return [
    headerRow(["Competency", "Weight", "Score", ...debrief.raters.map(({ rater }) => rater), "Weighs so because"]),
    ...debrief.competencies.map(({ name, weight, score, byRater, reason }) => [
      cell(name),
      cell(weight),
      scoreCell(score),
      ...byRater.map(scoreCell),
      cell(reason),
    ]),
    [cell("Overall"), null, scoreCell(debrief.overall), ...debrief.raters.map(({ overall }) => scoreCell(overall))],
  ];
}

function decisions({ decisions }: RoomExport): Row[] {
  if (decisions.length === 0) return [];
  const row = (cells: readonly Cell[], long: Cell): Row => [
    ...Array.from({ length: WIDE }, (_, index) => cells[index] ?? null),
    long,
  ];
  return [
    row(headerRow(["Decision", "Decided (UTC)", "By"]), headerCell("Rationale")),
    ...decisions
      .map(({ outcome, at, by, rationale }) =>
        row([cell(OUTCOME_NAMES[outcome]), cell(new Date(at)), cell(by)], cell(rationale)),
      )
      .reverse(),
  ];
}

function about({ room, exportedBy, exportedAt }: RoomExport): Row[] {
  const facts: readonly (readonly [string, CellValue])[] = [
    ["Interview", room.title],
    ["Candidate", room.candidate],
    ["Role or team", room.forRole],
    ["Kit", room.kit],
    ["Started (UTC)", room.startedAt === null ? null : new Date(room.startedAt)],
    ["Time used", clock(room.usedMs)],
    ["Exported by", exportedBy],
    ["Exported (UTC)", new Date(exportedAt)],
  ];
  return facts.map(([label, value]) => [headerCell(label), cell(value)]);
}

const table = <Item>(columns: readonly Column<Item>[], items: readonly Item[]): SheetData => [
  headerRow(columns.map(({ title }) => title)),
  ...items.map((item) => columns.map(({ value }) => cell(value(item)))),
];

const headerRow = (titles: readonly string[]): Row => titles.map(headerCell);
const headerCell = (title: string): Cell => ({ ...HEADER, value: cellText(title), type: String });
const scoreCell = (score: number | null): Cell =>
  score === null ? null : { ...TEXT, value: score, type: Number, format: SCORE_FORMAT };

function cell(value: CellValue): Cell {
  if (value === null || value === "") return null;
  if (value instanceof Date) return { ...TEXT, value, type: Date, format: MOMENT_FORMAT };
  if (typeof value === "number") return { ...TEXT, value, type: Number };
  return { ...TEXT, value: cellText(value), type: String };
}

/**
 * The text as the workbook stores it: harmless, with line feeds between lines, no longer than a cell. `_x0041_` would
 * be read as the character of that number (ECMA-376 Part 1, 22.9.2.19), so a text that looks like it has its underscore
 * written in that way.
 */
function cellText(text: string): string {
  const lines = harmlessText(text).replace(/\r\n?/g, "\n");
  const kept =
    lines.length <= CELL_LENGTH
      ? lines
      : lines.slice(0, CELL_LENGTH - CUT.length).replace(/[\uD800-\uDBFF]$/, "") + CUT;
  return kept.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}
