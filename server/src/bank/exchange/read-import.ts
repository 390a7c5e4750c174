import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { endingOf, IMPORT_ENDINGS, isTextEnding, TEXT_ENDINGS, whyUnreadable } from "@whetstone/shared/import-endings";
import { assemble } from "./assemble.ts";
import { MOST_READ } from "./list/gathering.ts";
import { readList } from "./list/read-list.ts";
import { IMPORT_BYTES, IMPORT_LINES, IMPORT_QUESTIONS, type ImportFile, type Parsed } from "./parsed.ts";
import { joined, type RawImport, type ReadImport, rawImport, refusal } from "./raw.ts";
import { readCsv } from "./read-csv.ts";
import { readJson } from "./read-json.ts";
import { mayBeList, readPlain } from "./read-plain.ts";
import { readYaml } from "./read-yaml.ts";
import type { CellRecord } from "./records.ts";
import { readRecords } from "./tables/read-records.ts";
import { refusedIn, rowsPutRight } from "./tables/rows.ts";

type Format = (typeof TEXT_ENDINGS)[keyof typeof TEXT_ENDINGS];

const READERS: Readonly<Record<Format, (file: ImportFile, corrections: readonly ImportCorrection[]) => RawImport>> = {
  yaml: readYaml,
  json: readJson,
  csv: readCsv,
  markdown: readList,
  plain: readPlain,
};

/** A workbook as it was opened. */
export interface Workbook {
  readonly name: string;
  /** Those that hold anything. `topic` is the sheet's name, where somebody gave it one. */
  readonly sheets: readonly { readonly topic: string | null; readonly records: readonly CellRecord[] }[];
}

/** A document as it was opened, as Markdown, and what of it was left out. */
export interface OpenedDocument extends ImportFile {
  readonly leftOut: readonly string[];
}

/** A file of bytes that cannot be opened, and why. */
interface Unopened {
  readonly name: string;
  readonly why: string;
}

export type OpenedFile = ImportFile | OpenedDocument | Workbook | Unopened;

/**
 * Reads packs, questions and kits from files of any of the formats, alone or together. Never throws: what cannot be used
 * is in `refused`, with its place. `corrections` put right what texts are taken for. `today` is the month that questions count as reviewed in which name none, as YYYY-MM.
 */
export function readImport(
  files: readonly OpenedFile[],
  { today, corrections = [] }: { readonly today: string; readonly corrections?: readonly ImportCorrection[] },
): Parsed {
  const tooMuch = tooLarge(files) ?? tooManyLines(files);
  if (tooMuch) return assemble(tooMuch, today);
  const read = files.map((file) => readFile(file, corrections, files.length > 1));
  const raw = rowsPutRight(joined(read), corrections);
  const count = raw.questions.length;
  const at = { file: files[0]?.name ?? "", line: 1 };
  if (count > IMPORT_QUESTIONS) {
    const many = count > MOST_READ ? `more than ${grouped(MOST_READ)}` : grouped(count);
    const message = `the import has ${many} questions; at most ${grouped(IMPORT_QUESTIONS)} are possible`;
    return assemble(refusal(at, "", message), today);
  }
  if (count + raw.packs.length + raw.kits.length + raw.refused.length > 0) return assemble(raw, today);
  const nothing = refusal(at, "", "no question was found; see the formats that can be imported");
  return assemble({ ...raw, refused: nothing.refused }, today);
}

const textOf = (file: OpenedFile): string => ("text" in file ? file.text : "");

function tooLarge(files: readonly OpenedFile[]): ReadImport | null {
  const sizes = files.map((file) => Buffer.byteLength(textOf(file)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= IMPORT_BYTES) return null;
  const largest = files[sizes.indexOf(Math.max(...sizes))];
  return refusal({ file: largest?.name ?? "", line: 1 }, "", `the import has ${tooManyBytes(bytes)}`);
}

/** What is said of so many bytes, which are too many. */
export const tooManyBytes = (bytes: number): string =>
  `${megabytes(bytes)} MB; at most ${megabytes(IMPORT_BYTES)} MB are possible`;

/** Looked at before anything is read, as what is made of so many lines does not fit into memory. */
function tooManyLines(files: readonly OpenedFile[]): ReadImport | null {
  const texts = files.filter((file) => {
    const format = formatOf(file);
    return format === "markdown" || (format === "plain" && mayBeList(textOf(file)));
  });
  const lines = texts.reduce((sum, file) => sum + linesIn(textOf(file)), 0);
  if (lines <= IMPORT_LINES) return null;
  const message = `the import has ${grouped(lines)} lines of text; at most ${grouped(IMPORT_LINES)} are possible at once, so import it in parts`;
  return refusal({ file: texts[0]?.name ?? "", line: 1 }, "", message);
}

/** How many lines hold anything. */
function linesIn(text: string): number {
  let lines = 0;
  for (const _ of text.matchAll(/\S[^\r\n]*/g)) lines++;
  return lines;
}

/** In megabytes, rounded up, so that what is too large never looks as if it were not. */
const megabytes = (bytes: number): string => String(Math.ceil((bytes / 1024 / 1024) * 10) / 10);
const grouped = (count: number): string => count.toLocaleString("en-GB");

function readFile(file: OpenedFile, corrections: readonly ImportCorrection[], isOneOfMany: boolean): RawImport {
  const name = file.name.split("/").at(-1) ?? file.name;
  const start = { file: file.name, line: 1 };
  if (isOneOfMany && isBeside(name)) {
    return rawImport({ passedOver: [{ at: start, message: "This file holds no questions and was left out." }] });
  }
  if ("why" in file) return refusal(start, "", file.why);
  if ("sheets" in file) return readSheets(file);
  const format = formatOf(file);
  if (format === null) return refusal(start, "", unknownEnding(name));
  const damage = damageIn(file);
  if (damage) return damage;
  const leftOut = "leftOut" in file ? file.leftOut : [];
  const beside = rawImport({ passedOver: leftOut.map((message) => ({ at: start, message })) });
  try {
    return joined([READERS[format]({ name: file.name, text: file.text.replace(/^\uFEFF/, "") }, corrections), beside]);
  } catch (error) {
    // What nests a hundred thousand times exhausts the stack of whoever reads it.
    if (error instanceof RangeError) return refusal(start, "", "is nested too deeply to be read");
    throw error;
  }
}

/** The sheets of a workbook. Beside one with questions, those without any are what goes with it: they are left out, and named. */
function readSheets({ sheets }: Workbook): RawImport {
  const read = sheets.map(({ records, topic }) => readRecords(records, topic));
  if (!read.some(({ questions }) => questions.length > 0)) return joined(read);
  return joined(
    read.map((raw) => {
      if (raw.questions.length > 0) return raw;
      const left = refusedIn(raw).map(({ at, message }) => ({ at, message: `This sheet was left out: ${message}.` }));
      return rawImport({ passedOver: [...raw.passedOver, ...left] });
    }),
  );
}

/** What lies beside the questions in a folder: hidden files, schemas for editors, a README. */
const isBeside = (name: string): boolean => name.startsWith(".") || /\.schema\.json$|^readme\.\w+$/i.test(name);

function damageIn({ name, text }: ImportFile): RawImport | null {
  const binary = text.indexOf("\0");
  const lost = text.indexOf("\uFFFD");
  const lineOf = (index: number) => text.slice(0, index).split("\n").length;
  if (binary >= 0) {
    return refusal({ file: name, line: lineOf(binary) }, "", "is no text file; a spreadsheet can be saved as CSV");
  }
  if (lost < 0) return null;
  const message = "holds characters that were lost (\uFFFD), as the file is not in UTF-8; save it as UTF-8";
  return refusal({ file: name, line: lineOf(lost) }, "", message);
}

function unknownEnding(name: string): string {
  const known = IMPORT_ENDINGS.map((ending) => `.${ending}`).join(", ");
  return whyUnreadable(endingOf(name)) ?? `has an unknown ending; known are ${known}`;
}

/** The format by the file's ending; a text without one is looked into, and a document is a list in words. */
function formatOf(file: OpenedFile): Format | null {
  if (!("text" in file)) return null;
  if ("leftOut" in file) return "markdown";
  const ending = endingOf(file.name);
  if (ending === null) return "plain";
  return isTextEnding(ending) ? TEXT_ENDINGS[ending] : null;
}
