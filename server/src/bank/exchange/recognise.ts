import { asksByMark } from "./list/asking.ts";
import { IMPORT_QUESTIONS, type PassedOver } from "./parsed.ts";
import { shortened } from "./phrases.ts";
import { joined, type RawImport, type RawValue, rawImport, refusal } from "./raw.ts";
import { type Entry, isScalar, promptKeyOf, tableOf } from "./tables/entries.ts";
import { readForeign } from "./tables/foreign-table.ts";
import { readRecords } from "./tables/read-records.ts";
import { cellsOf } from "./tables/table.ts";

/** The version of the JSON file that holds a pack with its questions and kits. */
export const FILE_VERSION = 1;

const WHOLE_FIELDS = ["whetstone", "pack", "questions", "kits"];

/**
 * Tells by its fields what a value from a YAML document or a JSON file is: a pack, a question, a kit, a list of them, a
 * file with all three, or a list as others write it.
 */
export function recognise(raw: RawValue): RawImport {
  return isTooDeep(raw.value, DEEPEST)
    ? refusal(raw.place([]), "", "is nested deeper than a pack can be")
    : recogniseShallow(raw, null);
}

/** A file has a list of questions, a question one of criteria, and a criterion one of anchors; some more do no harm. */
const DEEPEST = 12;

/** Also true of what contains itself. Gives up at the first part that is too deep, so that it ends even then. */
function isTooDeep(value: unknown, deepest: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return deepest === 0 || Object.values(value).some((part) => isTooDeep(part, deepest - 1));
}

/** What a group of fields is. `others` is a question as others write it, `around` holds lists of questions. */
type Kind = "whole" | "pack" | "kit" | "sources" | "question" | "others" | "around" | "unknown";

/** Fields of a question that nobody has but us. */
const ONLY_OURS = ["strongAnswer", "criteria", "followUps", "redFlags", "covers", "workspace"] as const;
const OURS = [
  "id",
  "title",
  "topic",
  "level",
  "minutes",
  "tags",
  "aliases",
  "prompt",
  "hints",
  "references",
  "reviewed",
];

function kindOf(fields: object): Kind {
  const has = (...names: readonly string[]) => names.some((name) => Object.hasOwn(fields, name));
  if (has("whetstone", "pack", "kits")) return "whole";
  if (has("phases", "competencies")) return "kit";
  const isOurs = has("title", "prompt");
  const asks = promptKeyOf(fields) !== null;
  if (isOurs && has(...ONLY_OURS)) return "question";
  if (!asks && has("topics", "communication")) return "pack";
  if (!asks && has("lists")) return "sources";
  if (asks && !Object.keys(fields).every((key) => OURS.includes(key))) return "others";
  if (has("prompt")) return "question";
  if (listsIn(fields).length > 0) return isKit(fields) ? "kit" : "around";
  if (isOurs) return "question";
  return has("questions") ? "around" : "unknown";
}

/** A kit that lacks its other fields still names questions by their identifiers. */
const isKit = (fields: object): boolean =>
  "id" in fields &&
  "questions" in fields &&
  Array.isArray(fields.questions) &&
  fields.questions.some((part) => typeof part === "object" && part !== null && "minutes" in part);

/** The fields that hold lists of groups or of texts, or groups that hold such lists. */
function listsIn(fields: object): string[] {
  const isList = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some((part) => typeof part === "object" && part !== null) || areQuestions(value)
      : typeof value === "object" && value !== null && (listsIn(value).length > 0 || isDictionary(value));
  return Object.entries(fields).flatMap(([key, value]) => (isList(value) ? [key] : []));
}

const areQuestions = (list: readonly unknown[]): list is readonly string[] =>
  list.length > 0 && list.every((part) => typeof part === "string" && asksByMark(part));

/** Whether every name is a question, and every value its answer. */
const isDictionary = (fields: object): boolean => {
  const keys = Object.keys(fields);
  return keys.length > 0 && areQuestions(keys);
};

function recogniseShallow(raw: RawValue, topic: string | null): RawImport {
  const { value, place } = raw;
  if (Array.isArray(value)) return list(raw, value, topic);
  if (typeof value !== "object" || value === null) {
    return refusal(place([]), raw.field([]), "holds no pack, question or kit: their fields are missing");
  }
  if (isDictionary(value)) return dictionary(raw, value, topic);
  const kind = kindOf(value);
  switch (kind) {
    case "whole":
      return whole(raw);
    case "pack":
      return rawImport({ packs: [raw] });
    case "kit":
      return rawImport({ kits: [raw] });
    case "sources": {
      const message = "Source lists are not imported; they belong to the packs in files.";
      return rawImport({ passedOver: [{ at: place([]), message }] });
    }
    case "question":
      return rawImport({ questions: [{ ...raw, topicName: null }] });
    case "others":
      return readForeign(tableOf([{ raw, fields: value }], raw, topic));
    case "around":
      return around(raw, value);
    case "unknown":
      return refusal(
        place([]),
        raw.field([]),
        "is no pack, question or kit: a question needs at least a title or a prompt",
      );
    default:
      return kind satisfies never;
  }
}

/** A group of fields in which lists of questions stand. Where there are several, each one's name is its questions' topic. */
function around(raw: RawValue, fields: object): RawImport {
  const lists = listsIn(fields);
  if (lists.length === 0 && "questions" in fields && Array.isArray(fields.questions)) return whole(raw);
  if (lists.length === 0) return refusal(raw.place(["questions"]), raw.field(["questions"]), "must be a list");
  const named = "title" in fields && typeof fields.title === "string" ? fields.title : null;
  const beside: PassedOver[] = Object.entries(fields).flatMap(([key, value]) => {
    if (lists.includes(key) || value === null || value === "" || (key === "title" && named !== null)) return [];
    const words = shortened(isScalar(value) ? String(value) : JSON.stringify(value), QUOTED);
    const message = `The field ${key} stands beside the questions, and was left out: “${words}”`;
    return [{ at: raw.place([key]), message }];
  });
  const parts = lists.map((key) => recogniseShallow(inside(raw, [key]), lists.length > 1 ? key : named));
  return joined([...parts, rawImport({ passedOver: beside })]);
}

const QUOTED = 300;

function dictionary(raw: RawValue, fields: object, topic: string | null): RawImport {
  const entries = Object.entries(fields).map(([question, answer]): Entry => {
    return { raw: inside(raw, [question]), fields: { question, answer } };
  });
  return readForeign(tableOf(entries, raw, topic));
}

function whole(raw: RawValue): RawImport {
  const { value } = raw;
  if (typeof value !== "object" || value === null) return rawImport({});
  const at = (field: string): RawValue => inside(raw, [field]);
  const unknown = Object.keys(value).filter((key) => !WHOLE_FIELDS.includes(key));
  const parts = unknown.map((key) => refusal(raw.place([key]), raw.field([key]), "is not a field that a file has"));
  const version = at("whetstone");
  if (version.value !== undefined && version.value !== FILE_VERSION) {
    const message = `must be ${FILE_VERSION}: this server does not know a newer version of the file`;
    parts.push(refusal(version.place([]), "whetstone", message));
  }
  const pack = at("pack");
  if (pack.value !== undefined && pack.value !== null) parts.push(rawImport({ packs: [pack] }));
  return joined([
    ...parts,
    listed(at("questions"), (question) => rawImport({ questions: [{ ...question, topicName: null }] })),
    listed(at("kits"), (kit) => rawImport({ kits: [kit] })),
  ]);
}

/** Beyond twice what can be imported, each entry would only be one more that is refused. */
const MOST_ENTRIES = 2 * IMPORT_QUESTIONS;

function listed(list: RawValue, read: (item: RawValue) => RawImport): RawImport {
  if (list.value === undefined || list.value === null) return rawImport({});
  if (!Array.isArray(list.value)) return refusal(list.place([]), list.field([]), "must be a list");
  return tooLong(list, list.value) ?? joined(list.value.map((_, index) => read(inside(list, [index]))));
}

function tooLong(raw: RawValue, entries: readonly unknown[]): RawImport | null {
  if (entries.length <= MOST_ENTRIES) return null;
  const count = entries.length.toLocaleString("en-GB");
  return refusal(raw.place([]), raw.field([]), `has ${count} entries, far more than can be imported at once`);
}

/** A list of whatever: what is ours is read as such, and all groups of others together, as they are one table. */
function list(raw: RawValue, entries: readonly unknown[], topic: string | null): RawImport {
  const refused = tooLong(raw, entries);
  if (refused) return refused;
  const items = entries.map((_, index) => inside(raw, [index]));
  if (areQuestions(entries)) {
    const rows = items.map((item) => ({ at: item.place([]), cells: cellsOf([[String(item.value)]]), notes: [] }));
    return readForeign({ columns: ["question"], at: raw.place([]), rows, topic });
  }
  if (entries.length > 0 && entries.every(isRecord)) {
    const records = items.map((item, index) => ({ at: item.place([]), cells: (entries[index] ?? []).map(textOf) }));
    return readRecords(records, topic);
  }
  const others: Entry[] = [];
  const parts: RawImport[] = [];
  for (const item of items) {
    const { value } = item;
    const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
    const kind = isGroup && !isDictionary(value) ? kindOf(value) : null;
    if (isGroup && (kind === "others" || kind === "unknown")) {
      others.push({ raw: item, fields: value });
    } else parts.push(recogniseShallow(item, topic));
  }
  if (others.length > 0) parts.push(readForeign(tableOf(others, raw, topic)));
  return joined(parts);
}

const isRecord = (value: unknown): value is readonly (string | number | boolean | null)[] =>
  Array.isArray(value) && value.every((part) => part === null || isScalar(part));
const textOf = (value: unknown): string => (value === null ? "" : String(value));

/** The part of a value at a path, whose own fields keep their places in the file. */
function inside(raw: RawValue, path: readonly (string | number)[]): RawValue {
  let value = raw.value;
  for (const key of path) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  }
  return {
    value,
    place: (further) => raw.place([...path, ...further]),
    field: (further) => raw.field([...path, ...further]),
  };
}
