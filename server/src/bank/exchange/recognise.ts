import { IMPORT_QUESTIONS } from "./parsed.ts";
import { joined, type RawImport, type RawValue, rawImport, refusal } from "./raw.ts";

/** The version of the JSON file that holds a pack with its questions and kits. */
export const FILE_VERSION = 1;

const WHOLE_FIELDS = ["whetstone", "pack", "questions", "kits"];

/**
 * Tells by its fields what a value from a YAML document or a JSON file is: a pack, a question, a kit, a list of them, or a
 * file with all three.
 */
export function recognise(raw: RawValue): RawImport {
  return isTooDeep(raw.value, DEEPEST)
    ? refusal(raw.place([]), "", "is nested deeper than a pack can be")
    : recogniseShallow(raw);
}

/** A file has a list of questions, a question one of criteria, and a criterion one of anchors; some more do no harm. */
const DEEPEST = 12;

/** Also true of what contains itself. Gives up at the first part that is too deep, so that it ends even then. */
function isTooDeep(value: unknown, deepest: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return deepest === 0 || Object.values(value).some((part) => isTooDeep(part, deepest - 1));
}

function recogniseShallow(raw: RawValue): RawImport {
  const { value, place } = raw;
  if (Array.isArray(value)) return listed(raw, recogniseShallow);
  if (typeof value !== "object" || value === null) {
    return refusal(place([]), raw.field([]), "holds no pack, question or kit: their fields are missing");
  }
  const has = (...fields: string[]) => fields.some((field) => Object.hasOwn(value, field));
  if (has("whetstone", "pack", "kits") || (has("questions") && !has("id", "title", "phases"))) return whole(raw);
  if (has("topics", "communication")) return rawImport({ packs: [raw] });
  if (has("phases", "competencies", "questions")) return rawImport({ kits: [raw] });
  if (has("lists")) {
    const message = "Source lists are not imported; they belong to the packs in files.";
    return rawImport({ passedOver: [{ at: place([]), message }] });
  }
  if (has("title", "prompt")) return rawImport({ questions: [{ ...raw, topicName: null }] });
  return refusal(
    place([]),
    raw.field([]),
    "is no pack, question or kit: a question needs at least a title or a prompt",
  );
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
  if (list.value.length > MOST_ENTRIES) {
    const count = list.value.length.toLocaleString("en-GB");
    return refusal(list.place([]), list.field([]), `has ${count} entries, far more than can be imported at once`);
  }
  return joined(list.value.map((_, index) => read(inside(list, [index]))));
}

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
