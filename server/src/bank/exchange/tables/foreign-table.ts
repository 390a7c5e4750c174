import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import type { PieceRole } from "@whetstone/shared/bank-wire";
import { cellFollowUp } from "../csv-cells.ts";
import type { PassedOver } from "../parsed.ts";
import { inWords, shortened } from "../phrases.ts";
import { type CellPiece, type RawImport, type RawRow, rawImport, type UnaskedRow } from "../raw.ts";
import { slugOf } from "../slug.ts";
import { askedCell, askedPart } from "./asked-part.ts";
import { levelOf } from "./column-names.ts";
import { type ColumnRole, type MeantColumns, meantColumns } from "./meant-columns.ts";
import { calledColumn, leftOut, type Row, type Table, textIn } from "./table.ts";

/**
 * Reads a table as other programs and people make them. The prompt comes from the one column that is certainly the question; a column that has
 * no place in a question goes to the answer notes with its name, and so does every text that does not fit its place.
 */
export function readForeign(table: Table): RawImport {
  const meant = meantColumns(table);
  const questions: RawRow[] = [];
  const unasked: UnaskedRow[] = [];
  const passedOver: PassedOver[] = columnsLeftOut(table, meant);
  const refused = meant.prompt === null ? { at: table.at, field: "", message: noQuestion(table.columns) } : null;
  for (const row of table.rows) {
    if (row.cells.size === 0 && row.notes.length === 0) {
      passedOver.push(leftOut(row.at, "This row is empty."));
      continue;
    }
    const read = rowOf(row, table, meant);
    if (refused) unasked.push({ ...read, refused });
    else if (read.cells[0]?.role === "question") questions.push(read);
    else unasked.push({ ...read, refused: { at: row.at, field: "", message: withoutQuestion(row, table, meant) } });
  }
  const isNothing = refused !== null && unasked.length === 0;
  return rawImport({ questions, unasked, passedOver, refused: isNothing ? [refused] : [] });
}

function withoutQuestion(row: Row, { columns }: Table, { prompt }: MeantColumns): string {
  const index = prompt ?? 0;
  const column = calledColumn(columns[index] ?? "", index);
  return textIn(row, index) === ""
    ? `has no text in the column ${column}, which holds the question; write one, or take the row out`
    : `has nothing in the column ${column} that is certainly the question, as it begins like an answer; write the question before it`;
}

function noQuestion(columns: readonly string[]): string {
  const found = columns.map((name, index) => `“${calledColumn(name, index)}”`);
  const shown =
    found.length > MOST_SHOWN ? [...found.slice(0, MOST_SHOWN), `${found.length - MOST_SHOWN} more`] : found;
  return (
    `none of the columns is called as a question is: there ${found.length === 1 ? "is" : "are"} ${shown.join(", ")}. ` +
    "Say below of one of its texts that it is the question, with all that look like it; or call the column with the questions “question” and " +
    "the one with the answers “answer”, and import it again"
  );
}

const MOST_SHOWN = 12;

function columnsLeftOut({ columns, at }: Table, { roles, texts, prompt, isGuessed }: MeantColumns): PassedOver[] {
  const called = (index: number) => calledColumn(columns[index] ?? "", index);
  const guessed =
    prompt !== null && isGuessed
      ? [leftOut(at, `The column “${called(prompt)}” was taken for the question, as each of its texts asks something.`)]
      : [];
  const numbers = [...roles.keys()].filter((index) => roles[index] === "number");
  return [
    ...guessed,
    ...numbers.map((index) => {
      const own = texts[index] ?? [];
      const shown = `${own.slice(0, 3).join(", ")}${own.length > 3 ? " and so on" : ""}`;
      return leftOut(at, `The column “${called(index)}” only numbers the rows, and was left out: ${shown}.`);
    }),
  ];
}

/** A row while it is read. */
interface Reading {
  readonly question: CellPiece[];
  readonly answer: CellPiece[];
  readonly notes: CellPiece[];
  readonly hints: CellPiece[];
  readonly followUps: CellPiece[];
  readonly redFlags: CellPiece[];
  readonly topic: CellPiece[];
  readonly tags: string[];
  /** Whether the column of the question was found by its texts and not by its name. */
  readonly isGuessed: boolean;
  title: string | undefined;
  level: string | undefined;
  minutes: number | undefined;
}

/** What a piece is said to be, in what it was read from. */
interface From {
  /** How its column is called. */
  readonly name: string;
  readonly role: PieceRole;
  /** What of a cell it is. */
  readonly part?: "note" | "rest" | undefined;
}

/** How much of a column's name tells its pieces from those of others, in UTF-16 code units. */
const SHAPE = 80;

const pieceOf = (text: string, { name, role, part }: From): CellPiece => ({
  ...{ text, bare: text, role, isSure: true },
  shape: [part ?? role, name.slice(0, SHAPE)].join(" "),
});

function rowOf(row: Row, { columns, topic }: Table, { roles, isGuessed }: MeantColumns): RawRow {
  const reading: Reading = {
    ...{ question: [], answer: [], notes: [], hints: [], followUps: [], redFlags: [], topic: [], tags: [], isGuessed },
    ...{ title: undefined, level: undefined, minutes: undefined },
  };
  // What stands behind the question in its own cell goes before what other columns say, wherever the column stands.
  const asks = (index: number) => roles[index] === "prompt";
  for (const index of [...row.cells.keys()].toSorted((one, other) => Number(asks(other)) - Number(asks(one)))) {
    const texts = (row.cells.get(index) ?? []).map((text) => text.trim()).filter((text) => text !== "");
    if (texts.length > 0) take(reading, roles[index] ?? "note", texts, calledColumn(columns[index] ?? "", index));
  }
  for (const text of row.notes) reading.notes.push(pieceOf(text, { name: "", role: "answer", part: "note" }));
  const { question, answer, notes, hints, followUps, redFlags, title, level, minutes, tags } = reading;
  const cells = [question, answer, notes, hints, followUps, redFlags, reading.topic].flat();
  return { at: row.at, cells, about: { title, level, minutes, tags, topic } };
}

function note({ notes }: Reading, texts: readonly string[], name: string): void {
  const bare = texts.join("\n").trim();
  if (bare === "") return;
  notes.push({ ...pieceOf(bare, { name, role: "answer", part: "note" }), text: `${name}: ${bare}` });
}

function take(reading: Reading, role: ColumnRole, texts: readonly string[], name: string): void {
  const text = texts.join("\n");
  const { question, answer, notes, redFlags, topic, isGuessed } = reading;
  switch (role) {
    case "prompt": {
      const { asked, rest, isSure } = askedCell(text);
      if (asked !== "") question.push({ ...pieceOf(asked, { name, role: "question" }), isSure: !isGuessed });
      if (rest !== "") notes.push({ ...pieceOf(rest, { name, role: "answer", part: "rest" }), isSure });
      break;
    }
    case "strongAnswer":
      answer.push(...texts.map((one) => pieceOf(one, { name, role: "answer" })));
      break;
    case "title":
      if (text.length <= BANK_LIMITS.title) reading.title = text;
      else note(reading, texts, name);
      break;
    case "topic": {
      const words = inWords(text);
      const shown = shortened(words, BANK_LIMITS.topicName);
      topic.push(pieceOf(shown, { name, role: "heading" }));
      if (shown !== words) note(reading, texts, name);
      break;
    }
    case "level":
      reading.level = levelOf(text) ?? undefined;
      if (reading.level === undefined) note(reading, texts, name);
      break;
    case "minutes":
      reading.minutes = /^(?:[1-9]|[1-5]\d|60)$/.test(text) ? Number(text) : undefined;
      if (reading.minutes === undefined) note(reading, texts, name);
      break;
    case "tags":
      takeTags(reading, texts, name);
      break;
    case "hints":
      for (const one of texts) takeHint(reading, one, name);
      break;
    case "followUps":
      for (const one of texts) takeFollowUp(reading, one, name);
      break;
    case "redFlags":
      redFlags.push(...texts.map((one) => pieceOf(one, { name, role: "redFlag" })));
      break;
    case "note":
      note(reading, texts, name);
      break;
    case "number":
      break;
    default:
      role satisfies never;
  }
}

function takeHint(reading: Reading, text: string, name: string): void {
  const { asked: hint, rest } = askedPart(text);
  note(reading, [rest], name);
  if (hint !== "") reading.hints.push(pieceOf(hint, { name, role: "hint" }));
}

function takeFollowUp(reading: Reading, text: string, name: string): void {
  const { ask, probes } = cellFollowUp(text);
  const { asked: shown, rest } = askedCell(ask);
  note(reading, [rest], name);
  const isProbe = shown !== "" && probes.length <= BANK_LIMITS.line;
  if (!isProbe) note(reading, [probes], name);
  if (shown === "") return;
  reading.followUps.push(pieceOf(shown, { name, role: "followUp" }));
  if (isProbe && probes !== "") reading.followUps.push(pieceOf(probes, { name, role: "probes" }));
}

/** Words that no identifier can be made of are kept as they are written. */
function takeTags(reading: Reading, texts: readonly string[], name: string): void {
  const words = texts.flatMap((text) => text.split(/[\n,;]/)).map((word) => word.trim());
  const unnamed: string[] = [];
  for (const word of words.filter((one) => one !== "")) {
    const slug = slugOf(word, "");
    if (slug === "") unnamed.push(word);
    else if (!reading.tags.includes(slug)) reading.tags.push(slug);
  }
  if (unnamed.length > 0) note(reading, [unnamed.join(", ")], name);
}
