import { assemble } from "./assemble.ts";
import { isOwnMarkdown } from "./own-markdown/parts.ts";
import { IMPORT_BYTES, IMPORT_LINES, IMPORT_QUESTIONS, type ImportFile, type Parsed } from "./parsed.ts";
import { joined, type RawImport, rawImport, refusal } from "./raw.ts";
import { knownColumns, readCsv } from "./read-csv.ts";
import { readJson } from "./read-json.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readOwnMarkdown } from "./read-own-markdown.ts";
import { readYaml } from "./read-yaml.ts";

/** The formats that can be read, by the endings of their files. */
const IMPORT_ENDINGS = {
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  csv: "csv",
  tsv: "csv",
  md: "markdown",
  markdown: "markdown",
} as const;
type Format = (typeof IMPORT_ENDINGS)[keyof typeof IMPORT_ENDINGS];

const READERS: Readonly<Record<Format, (file: ImportFile) => RawImport>> = {
  yaml: readYaml,
  json: readJson,
  csv: readCsv,
  markdown: (file) => (isOwnMarkdown(file.text) ? readOwnMarkdown(file) : readMarkdown(file)),
};

/**
 * Reads packs, questions and kits from files of any of the formats, alone or together. Never throws: what cannot be used
 * is in `refused`, with its place. `today` is the month that questions count as reviewed in which name none, as YYYY-MM.
 */
export function readImport(files: readonly ImportFile[], { today }: { readonly today: string }): Parsed {
  const tooMuch = tooLarge(files) ?? tooManyLines(files);
  if (tooMuch) return assemble(tooMuch, today);
  const raw = joined(files.map((file) => readFile(file, files.length > 1)));
  const count = raw.questions.length;
  const at = { file: files[0]?.name ?? "", line: 1 };
  if (count > IMPORT_QUESTIONS) {
    const message = `the import has ${grouped(count)} questions; at most ${grouped(IMPORT_QUESTIONS)} are possible`;
    return assemble(refusal(at, "", message), today);
  }
  if (count + raw.packs.length + raw.kits.length + raw.refused.length > 0) return assemble(raw, today);
  const nothing = refusal(at, "", "no question was found; see the formats that can be imported");
  return assemble(joined([raw, nothing]), today);
}

function tooLarge(files: readonly ImportFile[]): RawImport | null {
  const sizes = files.map(({ text }) => Buffer.byteLength(text));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= IMPORT_BYTES) return null;
  const largest = files[sizes.indexOf(Math.max(...sizes))];
  const message = `the import has ${megabytes(bytes)} MB; at most ${megabytes(IMPORT_BYTES)} MB are possible`;
  return refusal({ file: largest?.name ?? "", line: 1 }, "", message);
}

/** Looked at before anything is read, as what is made of so many lines does not fit into memory. */
function tooManyLines(files: readonly ImportFile[]): RawImport | null {
  const texts = files.filter(({ name, text }) => formatOf(name, text) === "markdown");
  const lines = texts.reduce((sum, { text }) => sum + linesIn(text), 0);
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

function readFile(file: ImportFile, isOneOfMany: boolean): RawImport {
  const name = file.name.split("/").at(-1) ?? file.name;
  if (isOneOfMany && isBeside(name)) {
    const message = "This file holds no questions and was left out.";
    return rawImport({ passedOver: [{ at: { file: file.name, line: 1 }, message }] });
  }
  const damage = damageIn(file);
  if (damage) return damage;
  const text = file.text.replace(/^\uFEFF/, "");
  const format = formatOf(name, text);
  if (format === null) {
    const endings = Object.keys(IMPORT_ENDINGS).map((ending) => `.${ending}`);
    return refusal({ file: file.name, line: 1 }, "", `has an unknown ending; known are ${endings.join(", ")} and .txt`);
  }
  try {
    return READERS[format]({ name: file.name, text });
  } catch (error) {
    // What nests a hundred thousand times exhausts the stack of whoever reads it.
    if (error instanceof RangeError)
      return refusal({ file: file.name, line: 1 }, "", "is nested too deeply to be read");
    throw error;
  }
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

/** The format by the file's ending; of a plain or pasted text without one, by what it begins with. */
function formatOf(name: string, text: string): Format | null {
  const ending = /\.([^.\s]+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending !== undefined && isKnown(ending)) return IMPORT_ENDINGS[ending];
  if (ending !== undefined && ending !== "txt") return null;
  if (isOwnMarkdown(text)) return "markdown";
  if (/^\s*(?:\{|\[\s*(?:\{|\]))/.test(text)) return "json";
  if (knownColumns(text) >= 2) return "csv";
  return YAML_BEGINS.test(withoutComments(text)) ? "yaml" : "markdown";
}

const YAML_BEGINS = /^(?:---\s*\n|(?:- )?(?:id|title|topic|prompt|whetstone|pack|questions):(?:\s|$))/;

/** The text from its first line on that is neither empty nor a comment. */
function withoutComments(text: string): string {
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    const line = text.slice(start, end).trim();
    if (line !== "" && !line.startsWith("#")) break;
    start = end + 1;
  }
  return text.slice(start);
}

const isKnown = (ending: string): ending is keyof typeof IMPORT_ENDINGS => Object.hasOwn(IMPORT_ENDINGS, ending);
