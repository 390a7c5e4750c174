import { followUpCell } from "../csv-cells.ts";
import type { RawValue } from "../raw.ts";
import { meaningOf } from "./column-names.ts";
import { promptByName } from "./meant-columns.ts";
import type { Cell, Row, Table } from "./table.ts";

/** Lists of groups of fields, as other programs write questions in JSON and YAML, as tables: a field is a column. */

/** More columns than that are named beside the others: nobody's list has so many, and each row would be looked through for them. */
const MOST_COLUMNS = 500;

/** An entry and where it is; `value` is a group of fields. */
export interface Entry {
  readonly raw: RawValue;
  readonly fields: object;
}

export function tableOf(entries: readonly Entry[], list: RawValue, topic: string | null): Table {
  const columns = new Map<string, number>();
  for (const { fields } of entries) {
    for (const key of Object.keys(fields)) {
      if (!columns.has(key) && columns.size < MOST_COLUMNS) columns.set(key, columns.size);
    }
  }
  const rows = entries.map(({ raw, fields }): Row => {
    const cells = new Map<number, Cell>();
    const notes: string[] = [];
    for (const [key, value] of Object.entries(fields)) {
      const column = columns.get(key);
      const cell = cellOf(key, value);
      if (column !== undefined && cell !== null) {
        if (cell.some((text) => text.trim() !== "")) cells.set(column, cell);
      } else {
        const words = wordsOf(value);
        if (words !== "") notes.push(words.includes("\n") ? `${key}:\n${words}` : `${key}: ${words}`);
      }
    }
    return { at: raw.place([]), cells, notes };
  });
  return { columns: [...columns.keys()], at: list.place([]), rows, topic };
}

/** A value as texts, where it is one or a list of some. What has parts with names has no place of its own in a question. */
function cellOf(key: string, value: unknown): Cell | null {
  if (value === null || value === undefined) return [];
  if (isScalar(value)) return [String(value)];
  if (!Array.isArray(value)) return null;
  if (value.every((part) => part === null || isScalar(part))) {
    return value.filter((part) => part !== null).map(String);
  }
  const followUps = meaningOf(key) === "followUps" ? value.map(followUpOf) : [];
  return followUps.length > 0 && followUps.every((one) => one !== null) ? followUps : null;
}

/** A follow-up as ours are written, with what it probes; of another's parts nobody knows what they are. */
function followUpOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("ask" in value) || typeof value.ask !== "string") return null;
  const probes = "probes" in value ? value.probes : "";
  const isOurs = Object.keys(value).every((key) => key === "ask" || key === "probes");
  return isOurs && typeof probes === "string" ? followUpCell({ ask: value.ask, probes }) : null;
}

export const isScalar = (value: unknown): value is string | number | boolean | bigint =>
  ["string", "number", "boolean", "bigint"].includes(typeof value);

/** A value with parts as lines: each field behind its name, each entry behind a hyphen, what is inside them further in. */
function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const parts = Array.isArray(value)
    ? value.map((part) => ["-", wordsOf(part)] as const)
    : Object.entries(value).map(([key, part]) => [`${key}:`, wordsOf(part)] as const);
  return parts
    .filter(([, words]) => words !== "")
    .map(([name, words]) => `${name} ${words.replaceAll("\n", "\n  ")}`)
    .join("\n");
}

/** The name of the field that holds a question's text, or `null`. */
export function promptKeyOf(fields: object): string | null {
  const texts = Object.entries(fields).flatMap(([key, value]) => (typeof value === "string" ? [key] : []));
  const index = promptByName(texts);
  return index === null ? null : (texts[index] ?? null);
}
