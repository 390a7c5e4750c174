import { CsvError, parse } from "csv-parse/sync";
import { cellFollowUp, cellList, cellWords, withFormula, withFormulas } from "./csv-cells.ts";
import { cellFiles, cellTests } from "./csv-code.ts";
import {
  CRITERION_COLUMNS,
  CSV_COLUMNS,
  type CsvColumn,
  isCsvColumn,
  isExportHeader,
  isWorkspaceColumn,
} from "./csv-columns.ts";
import type { ImportFile, PassedOver, Place, Refused } from "./parsed.ts";
import { type RawImport, type RawQuestion, rawImport, refusal } from "./raw.ts";
import { slugOf } from "./slug.ts";
import { tidyText, withPlainLineEnds } from "./tidy.ts";

/** More than any sheet has; each of them would be named and refused. */
const MOST_COLUMNS = 20_000;
const SEPARATORS = [",", ";", "\t"] as const;

/** A record of the file, and the line that it begins in. */
interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Reads a CSV file whose first line names columns of `CSV_COLUMNS`; each further record is a question. */
export function readCsv({ name, text }: ImportFile): RawImport {
  // Excel's own first line, `sep=;`; it is emptied and not removed, so that lines keep their numbers.
  const lines = withPlainLineEnds(text).replace(/^sep=.(?=\n)/, "");
  const rows = rowsOf(lines, name);
  if ("message" in rows) return rawImport({ refused: [rows] });
  const [header, ...records] = rows;
  if (!header) return rawImport({ passedOver: [{ at: { file: name, line: 1 }, message: "The file is empty." }] });
  if (header.cells.length > MOST_COLUMNS) {
    const count = header.cells.length.toLocaleString("en-GB");
    return refusal(
      { file: name, line: header.line },
      "",
      `the first line has ${count} columns, far more than a question has`,
    );
  }
  const columns = header.cells.map(columnName);
  const refused = headerFaults(columns, { file: name, line: header.line });
  if (!columns.some(isCsvColumn)) return rawImport({ refused });
  const places = new Map(columns.map((column, index) => [column, index] as const).toReversed());
  const asWritten = isExportHeader(columns) ? withFormulas : withFormula;
  const questions: RawQuestion[] = [];
  const passedOver: PassedOver[] = [];
  for (const { cells, line } of records) {
    const at = { file: name, line };
    const faults = rowFaults(cells, columns, at);
    refused.push(...faults);
    if (cells.every((cell) => cell.trim() === "")) passedOver.push({ at, message: "This row is empty." });
    else if (faults.length === 0) questions.push(rawQuestion(places, cells.map(asWritten), at));
  }
  return rawImport({ questions, refused, passedOver });
}

/** How many columns of a text's first line are known, with whichever separator gives the most. */
export function knownColumns(text: string): number {
  return Math.max(...SEPARATORS.map((separator) => countKnown(headerOf(text), separator)));
}

const headerOf = (text: string): string => text.trimStart().split("\n", 1)[0] ?? "";

const countKnown = (header: string, separator: string): number =>
  header.split(separator).filter((cell) => isCsvColumn(columnName(cell.replaceAll('"', "")))).length;

/** A column as its header means it: capitals, spaces and hyphens do not count. */
const columnName = (cell: string): string =>
  cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

function rowsOf(text: string, file: string): Row[] | Refused {
  const header = headerOf(text);
  const delimiter = SEPARATORS.reduce((best, next) =>
    countKnown(header, next) > countKnown(header, best) ? next : best,
  );
  const rows: Row[] = [];
  let end = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        end = lines;
        rows.push({ cells, line: lines - cells.join("").split("\n").length + 1 });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message =
      error.code === "CSV_QUOTE_NOT_CLOSED"
        ? "a quotation mark is opened here or below and never closed"
        : `this is no valid CSV: ${error.message}`;
    return { at: { file, line: end + 1 }, field: "", message };
  }
}

function headerFaults(columns: readonly string[], at: Place): Refused[] {
  const known = Object.keys(CSV_COLUMNS).join(", ");
  if (!columns.some(isCsvColumn)) {
    return [
      {
        at,
        field: "",
        message: `the first line must name the columns, and none of these is known; known are ${known}`,
      },
    ];
  }
  return columns.flatMap((column, index): Refused[] => {
    if (column !== "" && !isCsvColumn(column)) {
      return [{ at, field: column, message: `is not a column that a question has; known are ${known}` }];
    }
    return column !== "" && columns.indexOf(column) < index ? [{ at, field: column, message: "is there twice" }] : [];
  });
}

/** Cells that would be lost, as no column says what they are. */
function rowFaults(cells: readonly string[], columns: readonly string[], at: Place): Refused[] {
  const extra = cells.findIndex((cell, index) => cell.trim() !== "" && (columns[index] ?? "") === "");
  if (extra < 0) return [];
  const message = `cell ${extra + 1} stands below no column's name; does a text lack its quotation marks?`;
  return [{ at, field: "", message }];
}

function rawQuestion(places: ReadonlyMap<string, number>, cells: readonly string[], at: Place): RawQuestion {
  const cell = (column: CsvColumn): string | undefined => {
    const index = places.get(column);
    if (index === undefined) return undefined;
    const text = cells[index] ?? "";
    return isWorkspaceColumn(column) ? text : tidyText(text);
  };
  const topic = cell("topic");
  const given = Object.entries(fieldsOf(cell)).filter(([, value]) => value !== undefined);
  return {
    value: Object.fromEntries(given),
    topicName: topic ?? null,
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
