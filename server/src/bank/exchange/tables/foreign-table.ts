import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { cellFollowUp } from "../csv-cells.ts";
import { fitted } from "../fit.ts";
import type { PassedOver, Refused } from "../parsed.ts";
import { inWords, shortened } from "../phrases.ts";
import { type RawImport, type RawQuestion, rawImport, refusal } from "../raw.ts";
import { slugOf } from "../slug.ts";
import { askedPart } from "./asked-part.ts";
import { levelOf } from "./column-names.ts";
import { type ColumnRole, type MeantColumns, meantColumns } from "./meant-columns.ts";
import { calledColumn, leftOut, type Row, type Table, textIn } from "./table.ts";

/**
 * Reads a table as other programs and people make them. The prompt comes from the one column that is certainly the question; a column that has
 * no place in a question goes to the answer notes with its name, and so does every text that does not fit its place.
 */
export function readForeign(table: Table): RawImport {
  const meant = meantColumns(table);
  const { prompt } = meant;
  if (prompt === null) return refusal(table.at, "", noQuestion(table.columns));
  const questions: RawQuestion[] = [];
  const refused: Refused[] = [];
  const passedOver: PassedOver[] = columnsLeftOut(table, meant);
  for (const row of table.rows) {
    if (row.cells.size === 0 && row.notes.length === 0) {
      passedOver.push(leftOut(row.at, "This row is empty."));
      continue;
    }
    const question = questionOf(row, table, meant);
    if (question === null) {
      refused.push({
        at: row.at,
        field: "",
        message: withoutQuestion(calledColumn(table.columns[prompt] ?? "", prompt), textIn(row, prompt)),
      });
    } else questions.push(question);
  }
  return fitted(rawImport({ questions, refused, passedOver }));
}

const withoutQuestion = (column: string, text: string): string =>
  text === ""
    ? `has no text in the column ${column}, which holds the question; write one, or take the row out`
    : `has nothing in the column ${column} that is certainly the question, as it begins like an answer; write the question before it`;

function noQuestion(columns: readonly string[]): string {
  const found = columns.map((name, index) => `“${calledColumn(name, index)}”`);
  const shown =
    found.length > MOST_SHOWN ? [...found.slice(0, MOST_SHOWN), `${found.length - MOST_SHOWN} more`] : found;
  return (
    `none of the columns is called as a question is: there ${found.length === 1 ? "is" : "are"} ${shown.join(", ")}. ` +
    "Call the column with the questions “question” and the one with the answers “answer”, and import it again"
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

/** A question while its row is read. */
interface Reading {
  readonly answer: string[];
  readonly notes: string[];
  readonly hints: string[];
  readonly followUps: { readonly ask: string; readonly probes: string }[];
  readonly redFlags: string[];
  readonly tags: string[];
  prompt: string;
  title: string | undefined;
  topic: string | null;
  level: string | undefined;
  minutes: number | undefined;
}

function questionOf(row: Row, { columns, topic }: Table, { roles, prompt }: MeantColumns): RawQuestion | null {
  const lists = { answer: [], notes: [], hints: [], followUps: [], redFlags: [], tags: [] };
  const reading: Reading = { ...lists, prompt: "", title: undefined, topic, level: undefined, minutes: undefined };
  // What stands behind the question in its own cell goes before what other columns say, wherever the column stands.
  for (const index of [prompt ?? 0, ...row.cells.keys()].filter((one, place) => one !== prompt || place === 0)) {
    const texts = (row.cells.get(index) ?? []).map((text) => text.trim()).filter((text) => text !== "");
    if (texts.length > 0) take(reading, roles[index] ?? "note", texts, calledColumn(columns[index] ?? "", index));
  }
  reading.notes.push(...row.notes);
  if (reading.prompt === "") return null;
  return { ...rawQuestion(reading, row), topicName: reading.topic };
}

const note = ({ notes }: Reading, texts: readonly string[], name: string): void => {
  const text = texts.join("\n").trim();
  if (text !== "") notes.push(`${name}: ${text}`);
};

function take(reading: Reading, role: ColumnRole, texts: readonly string[], name: string): void {
  const text = texts.join("\n");
  switch (role) {
    case "prompt": {
      const { asked, rest } = askedPart(text);
      reading.prompt = asked;
      if (rest !== "") reading.notes.push(rest);
      break;
    }
    case "strongAnswer":
      reading.answer.push(...texts);
      break;
    case "title":
      if (text.length <= BANK_LIMITS.title) reading.title = text;
      else note(reading, texts, name);
      break;
    case "topic": {
      const words = inWords(text);
      reading.topic = shortened(words, BANK_LIMITS.topicName);
      if (reading.topic !== words) note(reading, texts, name);
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
      for (const one of texts) reading.hints.push(asked(reading, one, name));
      break;
    case "followUps":
      for (const one of texts) takeFollowUp(reading, one, name);
      break;
    case "redFlags":
      reading.redFlags.push(...texts);
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

/** What of a text a candidate may see; what stands behind it goes to the notes. */
function asked(reading: Reading, text: string, name: string): string {
  const part = askedPart(text);
  if (part.rest !== "") note(reading, [part.rest], name);
  return part.asked;
}

function takeFollowUp(reading: Reading, text: string, name: string): void {
  const { ask, probes } = cellFollowUp(text);
  const isProbe = probes.length <= BANK_LIMITS.line;
  if (!isProbe) note(reading, [probes], name);
  reading.followUps.push({ ask: asked(reading, ask, name), probes: isProbe ? probes : "" });
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

const orNone = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

function rawQuestion(reading: Reading, { at }: Row): Omit<RawQuestion, "topicName"> {
  const { title, prompt, level, minutes } = reading;
  const fields = {
    title,
    level,
    minutes,
    tags: orNone(reading.tags),
    prompt,
    hints: orNone(reading.hints.filter((hint) => hint !== "")),
    followUps: orNone(reading.followUps.filter(({ ask }) => ask !== "")),
    strongAnswer: orNone([...reading.answer, ...reading.notes]),
    redFlags: orNone(reading.redFlags),
  };
  return {
    value: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    place: () => at,
    field: ([field]) => (field === undefined ? "" : String(field)),
  };
}
