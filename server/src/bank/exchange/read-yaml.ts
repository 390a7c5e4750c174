import { type Document, isAlias, LineCounter, parseAllDocuments } from "yaml";
import { FieldFinder, faultsIn, nodesOf, PARSER_OPTIONS, startOf } from "../yaml-nodes.ts";
import type { ImportFile } from "./parsed.ts";
import { dotted, joined, type RawImport, rawImport, refusal } from "./raw.ts";
import { recognise } from "./recognise.ts";

/** More of one part would be an attack: a few nested aliases can stand for gigabytes. */
const MOST_ALIASES_OF_ONE = 100;
/** More altogether too: for each of them the parser looks through all that could be meant. */
const MOST_ALIASES = 1_000;

/** Reads a YAML file of one or several documents: a pack, questions and kits, told apart by their fields. */
export function readYaml({ name, text }: ImportFile): RawImport {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { ...PARSER_OPTIONS, lineCounter: lines });
  return joined(parsed.map((document) => readDocument(document, name, lines)));
}

function readDocument(document: Document.Parsed, file: string, lines: LineCounter): RawImport {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const faults = faultsIn(document, lines);
  if (faults.length > 0) {
    return rawImport({
      refused: faults.map(({ offset, message }) => ({
        at: { file, line: lineAt(offset) },
        field: "",
        message: `this is no valid YAML: ${withoutExcerpt(message)}`,
      })),
    });
  }
  const start = { file, line: lineAt(startOf(document.contents) ?? document.range[0]) };
  const tooMany = () => refusal(start, "", "repeats its parts by aliases too often; write them out");
  if (hasManyAliases(document)) return tooMany();
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES_OF_ONE });
  } catch (error) {
    if (error instanceof ReferenceError) return tooMany();
    throw error;
  }
  if (value === null || value === undefined) {
    return rawImport({ passedOver: [{ at: start, message: "This document is empty." }] });
  }
  const fields = new FieldFinder(document);
  const lineOf = (offset: number | null) => (offset === null ? start.line : lineAt(offset));
  const place = (path: readonly PropertyKey[]) => ({ file, line: lineOf(fields.offsetOf(path)) });
  return recognise({ value, place, field: dotted });
}

function hasManyAliases(document: Document.Parsed): boolean {
  let count = 0;
  for (const node of nodesOf(document)) if (isAlias(node)) count += 1;
  return count > MOST_ALIASES;
}

/** The message of the parser without the excerpt below it and without the place, which is named before it. */
const withoutExcerpt = (message: string): string =>
  (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
