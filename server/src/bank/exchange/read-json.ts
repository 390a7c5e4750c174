import { type JsonNode, jsonLines } from "./json-lines.ts";
import type { ImportFile } from "./parsed.ts";
import { dotted, type RawImport, refusal } from "./raw.ts";
import { recognise } from "./recognise.ts";

/** Reads `{ "whetstone": 1, "pack": …, "questions": […], "kits": […] }`, or a bare list of questions. */
export function readJson({ name, text }: ImportFile): RawImport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { line, message } = located(text, error);
    return refusal({ file: name, line }, "", `this is no valid JSON: ${message}`);
  }
  const root = jsonLines(text);
  return recognise({ value, place: (path) => ({ file: name, line: lineOf(root, path) }), field: dotted });
}

/** The line of the value at a path, or of the nearest thing around it. */
function lineOf(root: JsonNode, path: readonly PropertyKey[]): number {
  let node = root;
  for (const key of path) {
    const part = node.items ? node.items[Number(key)] : node.fields?.get(String(key));
    if (!part) break;
    node = part;
  }
  return node.line;
}

/** The engine's message names an offset where it knows one; else the text ended too early. */
function located(text: string, { message }: SyntaxError): { line: number; message: string } {
  const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
  const isAtEnd = text.slice(offset).trim() === "";
  return {
    line: text.slice(0, offset).split("\n").length,
    message: isAtEnd ? "it ends before everything is closed" : message.replace(/ in JSON at position.*$/s, ""),
  };
}
