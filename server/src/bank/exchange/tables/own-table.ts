import { cellFollowUp, cellList, cellWords, withFormula, withFormulas } from "../csv-cells.ts";
import { cellFiles, cellTests } from "../csv-code.ts";
import { CRITERION_COLUMNS, type CsvColumn, isCsvColumn, isExportHeader, isWorkspaceColumn } from "../csv-columns.ts";
import { fitted } from "../fit.ts";
import type { Place, Refused } from "../parsed.ts";
import { joined, type RawImport, type RawQuestion, rawImport } from "../raw.ts";
import type { CellRecord } from "../records.ts";
import { slugOf } from "../slug.ts";
import { tidyText } from "../tidy.ts";
import { meaningOf, promptRank } from "./column-names.ts";
import { calledColumn, leftOut } from "./table.ts";

/** A column as its header means it: capitals, spaces and hyphens do not count. */
export const columnName = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

/** The columns that no list has but one that was written for this bank. */
const isOnlyOurs = (name: string): boolean => isCsvColumn(name) && meaningOf(name) === null;

/**
 * Whether a header is one of `CSV_COLUMNS`: then each of its columns is read as it is described there. A list with a column of another name, which
 * has nothing that only ours have, is another's.
 */
export function isOwnHeader(header: readonly string[]): boolean {
  const names = header.map(columnName);
  if (!names.includes("prompt") && !names.includes("title")) return false;
  if (names.every((name) => name === "" || isCsvColumn(name)) || names.some(isOnlyOurs)) return true;
  return !names.includes("prompt") && header.every((name) => promptRank(name) === null);
}

/** Reads records below such a header. Columns that are not ours go to the key points, with their names. `topic` is for those that name none. */
export function readOwn(header: CellRecord, records: readonly CellRecord[], topic: string | null): RawImport {
  const columns = header.cells.map(columnName);
  const refused = twice(columns, header.at);
  const places = new Map(columns.map((column, index) => [column, index] as const).toReversed());
  const others = columns.flatMap((column, index) =>
    column === "" || isCsvColumn(column) ? [] : [{ index, name: calledColumn(header.cells[index] ?? "", index) }],
  );
  const parts: RawImport[] = [rawImport({ refused })];
  const asWritten = isExportHeader(columns) ? withFormulas : withFormula;
  for (const { at, cells } of records) {
    const record = { at, cells: cells.map(asWritten) };
    const fault = cellWithoutColumn(record, columns);
    if (record.cells.every((cell) => cell.trim() === "")) {
      parts.push(rawImport({ passedOver: [leftOut(record.at, "This row is empty.")] }));
    } else if (fault) parts.push(rawImport({ refused: [fault] }));
    else parts.push(withNotes(rawQuestion(places, record, topic), notesIn(record, others)));
  }
  return joined(parts);
}

function twice(columns: readonly string[], at: Place): Refused[] {
  const seen = new Set<string>();
  return columns.flatMap((column): Refused[] => {
    const isTwice = isCsvColumn(column) && seen.has(column);
    seen.add(column);
    return isTwice ? [{ at, field: column, message: "is there twice" }] : [];
  });
}

/** A cell that would be lost, as no column says what it is. */
function cellWithoutColumn({ cells, at }: CellRecord, columns: readonly string[]): Refused | null {
  const extra = cells.findIndex((cell, index) => cell.trim() !== "" && (columns[index] ?? "") === "");
  return extra < 0 ? null : { at, field: "", message: withoutColumn(extra) };
}

export const withoutColumn = (index: number): string =>
  `cell ${index + 1} stands below no column's name; does a text lack its quotation marks?`;

function notesIn(
  { cells }: CellRecord,
  others: readonly { readonly index: number; readonly name: string }[],
): string[] {
  return others.flatMap(({ index, name }) => {
    const text = (cells[index] ?? "").trim();
    if (text === "") return [];
    return [meaningOf(name) === "strongAnswer" ? text : `${name}: ${text}`];
  });
}

/** The question with what other columns say of it; as nobody wrote that for this bank, it is made to fit. */
function withNotes(question: RawQuestion, notes: readonly string[]): RawImport {
  if (notes.length === 0) return rawImport({ questions: [question] });
  const { value } = question;
  const fields: object = typeof value === "object" && value !== null ? value : {};
  const points = "strongAnswer" in fields && Array.isArray(fields.strongAnswer) ? fields.strongAnswer : [];
  return fitted(rawImport({ questions: [{ ...question, value: { ...fields, strongAnswer: [...points, ...notes] } }] }));
}

function rawQuestion(
  places: ReadonlyMap<string, number>,
  { cells, at }: CellRecord,
  topic: string | null,
): RawQuestion {
  const cell = (column: CsvColumn): string | undefined => {
    const index = places.get(column);
    if (index === undefined) return undefined;
    const text = cells[index] ?? "";
    return isWorkspaceColumn(column) ? text : tidyText(text);
  };
  const given = Object.entries(fieldsOf(cell)).filter(([, value]) => value !== undefined);
  return {
    value: Object.fromEntries(given),
    topicName: cell("topic") ?? topic,
    place: () => at,
    field: columnOf,
  };
}

/** The fields of a record; `undefined` where the file says nothing about one. */
function fieldsOf(cell: (column: CsvColumn) => string | undefined): Record<string, unknown> {
  const list = (column: CsvColumn) => ifThere(cell(column), cellList);
  const orMissing = (column: CsvColumn) => cell(column) || undefined;
  return {
    id: orMissing("id"),
    title: cell("title"),
    topic: cell("topic"),
    level: orMissing("level")?.toLowerCase(),
    minutes: ifThere(orMissing("minutes"), (text) => (/^\d+$/.test(text) ? Number(text) : text)),
    tags: ifThere(cell("tags"), (text) => cellWords(text).map((word) => slugOf(word, word))),
    aliases: list("aliases"),
    prompt: cell("prompt"),
    hints: list("hints"),
    followUps: list("follow_ups")?.map(cellFollowUp),
    strongAnswer: list("strong_answer"),
    redFlags: list("red_flags"),
    criteria: criteriaOf(cell),
    workspace: workspaceOf(cell),
    references: list("references"),
    covers: ifThere(cell("covers"), cellWords),
    reviewed: orMissing("reviewed"),
  };
}

function criteriaOf(cell: (column: CsvColumn) => string | undefined): unknown[] | undefined {
  const criteria = CRITERION_COLUMNS.map((n) => {
    const anchors = ([1, 2, 3, 4] as const).map((level) => cell(`criterion_${n}_level_${level}`));
    return { id: cell(`criterion_${n}_id`), name: cell(`criterion_${n}_name`), anchors };
  });
  const texts = (criterion: (typeof criteria)[number]) => [criterion.id, criterion.name, ...criterion.anchors];
  if (criteria.flatMap(texts).every((text) => text === undefined)) return undefined;
  return criteria
    .filter((criterion) => texts(criterion).some((text) => text))
    .map(({ id, name, anchors }) => ({ id: id ?? "", name: name ?? "", anchors: anchors.map((text) => text ?? "") }));
}

/** The workspace of a record; `undefined` where none of its cells holds anything. */
function workspaceOf(cell: (column: CsvColumn) => string | undefined): unknown {
  const text = (column: CsvColumn) => cell(column) ?? "";
  const cells = {
    language: text("workspace_language").trim().toLowerCase() || undefined,
    starter: text("workspace_starter"),
    files: cellFiles(text("workspace_files")),
    database: text("workspace_database"),
    expectedOutput: text("workspace_expected_output"),
    tests: cellTests(text("workspace_tests")),
  };
  const isThere = (value: unknown) =>
    value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.values(cells).some(isThere) ? cells : undefined;
}

const ifThere = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);

const COLUMN_OF: Readonly<Record<string, CsvColumn>> = {
  followUps: "follow_ups",
  strongAnswer: "strong_answer",
  redFlags: "red_flags",
};

const WORKSPACE_COLUMN_OF: Readonly<Record<string, CsvColumn>> = {
  language: "workspace_language",
  starter: "workspace_starter",
  files: "workspace_files",
  database: "workspace_database",
  expectedOutput: "workspace_expected_output",
  tests: "workspace_tests",
};

/** The column that a field comes from. */
function columnOf(path: readonly PropertyKey[]): string {
  const [field, index, part, level] = path.map(String);
  if (field === undefined) return "";
  if (field === "criteria" && index !== undefined) {
    const column = `criterion_${Number(index) + 1}`;
    return part === "anchors" ? `${column}_level_${Number(level ?? 0) + 1}` : `${column}_${part ?? "name"}`;
  }
  if (field === "workspace") return WORKSPACE_COLUMN_OF[index ?? ""] ?? "workspace_language";
  return COLUMN_OF[field] ?? field;
}
