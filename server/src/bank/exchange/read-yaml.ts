import { type Document, LineCounter, parseAllDocuments } from "yaml";
import type { ImportFile } from "./parsed.ts";
import { dotted, joined, type RawImport, rawImport, refusal } from "./raw.ts";
import { recognise } from "./recognise.ts";

/** More would be an attack: a few nested aliases can stand for gigabytes. */
const MOST_ALIASES = 100;

/** Reads a YAML file of one or several documents: a pack, questions and kits, told apart by their fields. */
export function readYaml({ name, text }: ImportFile): RawImport {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines });
  return joined(parsed.map((document) => readDocument(document, name, lines)));
}

function readDocument(document: Document.Parsed, file: string, lines: LineCounter): RawImport {
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    return rawImport({
      refused: document.errors.map(({ pos, message }) => ({
        at: { file, line: lineAt(pos[0]) },
        field: "",
        message: `this is no valid YAML: ${withoutExcerpt(message)}`,
      })),
    });
  }
  const start = { file, line: lineAt(startOf(document.contents) ?? document.range[0]) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError)
      return refusal(start, "", "repeats its parts by aliases too often; write them out");
    throw error;
  }
  if (value === null || value === undefined) {
    return rawImport({ passedOver: [{ at: start, message: "This document is empty." }] });
  }
  const place = (path: readonly PropertyKey[]) => ({ file, line: lineOfField(document, lineAt, path) ?? start.line });
  return recognise({ value, place, field: dotted });
}

/** The line of a field, or of the nearest thing around it where the field itself is missing. */
function lineOfField(
  document: Document.Parsed,
  lineAt: (offset: number) => number,
  path: readonly PropertyKey[],
): number | null {
  for (let length = path.length; length > 0; length--) {
    const offset = startOf(document.getIn(path.slice(0, length), true));
    if (offset !== null) return lineAt(offset);
  }
  return null;
}

function startOf(node: unknown): number | null {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : null;
}

/** The message of the parser without the excerpt below it and without the place, which is named before it. */
const withoutExcerpt = (message: string): string =>
  (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
