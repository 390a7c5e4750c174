import { faultInJson } from "./json-fault.ts";
import { type JsonNode, jsonLines } from "./json-lines.ts";
import type { ImportFile } from "./parsed.ts";
import { dotted, type RawImport, refusal } from "./raw.ts";
import { recognise } from "./recognise.ts";

/**
 * Reads `{ "whetstone": 1, "pack": …, "questions": […], "kits": […] }`, or a list of questions, ours or another's, also one within other fields;
 * and JSON Lines, a value in each line.
 */
export function readJson({ name, text }: ImportFile): RawImport {
  const value = parsedJson(text);
  if (value !== null) return recognised(name, value.value, jsonLines(text));
  const lines = valuesInLines(text);
  if (lines) return recognised(name, lines.values, { line: 1, items: lines.nodes, fields: null });
  const { line, message } = located(text);
  return refusal({ file: name, line }, "", `this is no valid JSON: ${message}`);
}

const recognised = (file: string, value: unknown, root: JsonNode): RawImport =>
  recognise({ value, place: (path) => ({ file, line: lineOf(root, path) }), field: dotted });

/** The value of a text, in an object of its own as it may be `null`; `null` where it is no JSON. */
export function parsedJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The values of a text that has one in each of its lines, two at least; `null` where a line is none. */
export function valuesInLines(text: string): { values: unknown[]; nodes: JsonNode[] } | null {
  const values: unknown[] = [];
  const nodes: JsonNode[] = [];
  let line = 0;
  for (const [row] of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    line += 1;
    if (row.trim() === "") continue;
    const parsed = /^\s*[[{]/.test(row) ? parsedJson(row) : null;
    if (parsed === null) return null;
    values.push(parsed.value);
    nodes.push({ line, items: null, fields: null });
  }
  return values.length > 1 ? { values, nodes } : null;
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

/** The first fault with its line. A file of lines has one in the line that is none. */
function located(text: string): { line: number; message: string } {
  const { offset, message } = faultOfLines(text) ?? faultInJson(text) ?? { offset: 0, message: "it cannot be read" };
  return { line: text.slice(0, offset).split("\n").length, message };
}

/** In a file of which the first line is a value of its own and the next begins another, what is wrong in the first bad line. */
function faultOfLines(text: string): { offset: number; message: string } | null {
  const [first = "", second = ""] = text.split("\n", 2);
  if (!/^\s*\{/.test(second) || parsedJson(first) === null) return null;
  let start = 0;
  for (const row of text.split("\n")) {
    const fault = row.trim() === "" ? null : faultInJson(row);
    if (fault) return { offset: start + fault.offset, message: fault.message };
    start += row.length + 1;
  }
  return null;
}
