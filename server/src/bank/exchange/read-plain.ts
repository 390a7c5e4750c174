import type { ImportCorrection } from "@whetstone/shared/bank-wire";
import { readList } from "./list/read-list.ts";
import type { ImportFile } from "./parsed.ts";
import type { RawImport } from "./raw.ts";
import { isTable, readCsv } from "./read-csv.ts";
import { parsedJson, readJson, valuesInLines } from "./read-json.ts";
import { readYaml } from "./read-yaml.ts";
import { meaningOf } from "./tables/column-names.ts";
import { refusedIn } from "./tables/rows.ts";

/** Texts of which no ending says what they are: pasted, or saved as plain text. What they are is tried, and not told by their first sign. */

/** Reads a text as what it turns out to be; a list in words where it is nothing else. */
export function readPlain(file: ImportFile, corrections: readonly ImportCorrection[]): RawImport {
  const { text } = file;
  if (isJson(text)) return readJson(file);
  if (isTable(text)) return readCsv(file);
  if (!mayBeYaml(text)) return readList(file, corrections);
  const read = readYaml(file);
  const isRead = refusedIn(read).length === 0 && read.questions.length + read.packs.length + read.kits.length > 0;
  return isRead || isMeantAsYaml(text) ? read : readList(file, corrections);
}

/** Whether a text may be a list in words, whose lines are counted before they are read. */
export const mayBeList = (text: string): boolean => !isJson(text) && !isTable(text);

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  // What begins like a group of fields and is none has a fault that is to be named.
  if (/^\s*(?:\[\s*)?\{\s*["'}]|^\s*\[\s*\{|^\s*\[\s*\]\s*$/.test(text)) return true;
  return parsedJson(text) !== null || valuesInLines(text) !== null;
}

/** The first line that is neither empty nor a comment, with what follows; `isSettings` where it stands between two `---`. */
function beginOf(text: string): { readonly line: string; readonly isSettings: boolean } {
  let start = 0;
  let hasMark = false;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    const line = text.slice(start, end).trim();
    if (line === "---") {
      if (hasMark) break;
      hasMark = true;
    } else if (line !== "" && !line.startsWith("#")) break;
    start = end + 1;
  }
  const body = text.slice(start);
  return { line: body.split("\n", 1)[0] ?? "", isSettings: hasMark && isOnlySettings(body) };
}

/** Settings before a text end with another `---`, and none of them asks anything. */
function isOnlySettings(body: string): boolean {
  const end = body.search(/^---[ \t]*$/m);
  if (end < 0) return false;
  const names = [...body.slice(0, end).matchAll(/^([\p{L}_-]+)[ \t]*:/gmu)].map(([, name = ""]) => name);
  return !names.some((name) => meaningOf(name) === "prompt" || OURS.test(name));
}

const OURS =
  /^(?:prompt|strongAnswer|followUps|redFlags|criteria|topics|communication|phases|competencies|whetstone|pack|questions|kits)$/;
/** A field's name in lower case at the beginning of a line, alone or as the first of an entry. */
const FIELD = /^(?:- +)?(["']?)([\p{Ll}\p{Lo}][\p{L}\p{M}_ -]{0,40})\1[ \t]*:(?:\s|$)/u;
const FIELDS = /^(?:id|title|topic|level|minutes|tags|hints|cards|items|data)$/;

function mayBeYaml(text: string): boolean {
  const { line, isSettings } = beginOf(text);
  if (isSettings) return false;
  const name = FIELD.exec(line)?.[2] ?? "";
  if (OURS.test(name) || FIELDS.test(name)) return true;
  // In words of others, what looks like a comment may be a part of the text.
  return name !== "" && meaningOf(name) !== null && !/\s#/.test(text);
}

/** Whether a text has at least two fields that only files for this bank have, so that what is wrong in it is to be named. */
function isMeantAsYaml(text: string): boolean {
  const names = [...text.matchAll(/^(?:- | {2})?([a-zA-Z]+):(?=\s)/gm)].map(([, name = ""]) => name);
  const known = new Set(names.filter((name) => OURS.test(name) || FIELDS.test(name)));
  return known.size > 1 && [...known].some((name) => OURS.test(name));
}
