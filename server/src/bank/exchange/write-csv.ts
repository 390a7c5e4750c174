import type { Criterion, Question } from "@whetstone/shared/bank";
import { stringify } from "csv-stringify/sync";
import type { Prompt } from "./contents.ts";
import { followUpCell, listCell, withoutFormula } from "./csv-cells.ts";
import { CSV_COLUMNS, type CsvColumn } from "./csv-columns.ts";

type Row = Readonly<Record<string, string>>;

/** All columns of `CSV_COLUMNS`, a row for each question. A pack and its kits have no place in it. */
export const csvOfQuestions = (questions: readonly Question[]): string =>
  csv(Object.keys(CSV_COLUMNS), questions.map(rowOf));

export const csvOfPrompts = (prompts: readonly Prompt[]): string =>
  csv(
    ["topic", "level", "minutes", "prompt"],
    prompts.map(({ topic, level, minutes, prompt }) => ({ topic, level, minutes: String(minutes), prompt })),
  );

/** UTF-8 with a byte-order mark and CRLF line ends (RFC 4180), in which no cell is a formula. */
function csv(columns: readonly string[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => withoutFormula(row[column] ?? "")));
  return stringify([[...columns], ...cells], { bom: true, quoted_match: /[\r\n]/, record_delimiter: "windows" });
}

function rowOf(question: Question): Row {
  return {
    id: question.id,
    title: question.title,
    topic: question.topic,
    level: question.level,
    minutes: String(question.minutes),
    tags: listCell(question.tags),
    aliases: listCell(question.aliases),
    prompt: question.prompt,
    hints: listCell(question.hints),
    follow_ups: listCell(question.followUps.map(followUpCell)),
    strong_answer: listCell(question.strongAnswer),
    red_flags: listCell(question.redFlags),
    ...Object.fromEntries(question.criteria.flatMap(criterionCells)),
    references: listCell(question.references),
    covers: listCell(question.covers),
    reviewed: question.reviewed,
  } satisfies Partial<Record<CsvColumn, string>>;
}

const criterionCells = ({ id, name, anchors }: Criterion, index: number): [string, string][] => [
  [`criterion_${index + 1}_id`, id],
  [`criterion_${index + 1}_name`, name],
  ...anchors.map((anchor, level): [string, string] => [`criterion_${index + 1}_level_${level + 1}`, anchor]),
];
