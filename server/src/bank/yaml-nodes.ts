import {
  type CollectionTag,
  type Document,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type ScalarTag,
  type Tags,
  type YAMLMap,
} from "yaml";

/**
 * The parser looks for a key that stands twice by comparing it with all before it, which for many keys takes their number squared: it is told
 * not to, and `faultsIn` looks. A list of `!!omap` does the same and cannot be told, so it is a plain list.
 */
export const PARSER_OPTIONS = {
  uniqueKeys: false,
  customTags: (tags: Tags): Tags => tags.filter((tag) => nameOf(tag) !== "tag:yaml.org,2002:omap"),
} as const;

const nameOf = (tag: string | ScalarTag | CollectionTag): string => (typeof tag === "string" ? tag : tag.tag);

/** A fault in a YAML text, at an offset in UTF-16 code units; the message is the parser's. */
interface YamlFault {
  readonly offset: number;
  readonly message: string;
}

/** What is wrong with a document that was parsed with `PARSER_OPTIONS`. */
export function faultsIn(document: Document.Parsed, lines: LineCounter): YamlFault[] {
  const found = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
  const repeated = repeatedKeys(document).map((offset) => {
    const { line, col } = lines.linePos(offset);
    return { offset, message: `Map keys must be unique at line ${line}, column ${col}:` };
  });
  return repeated.length === 0 ? found : [...found, ...repeated].sort((a, b) => a.offset - b.offset);
}

function repeatedKeys(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  for (const node of nodesOf(document)) {
    if (!isMap(node)) continue;
    const seen = new Set<unknown>();
    for (const { key } of node.items) {
      const name = nameOfKey(key);
      if (seen.has(name)) offsets.push(startOf(key) ?? 0);
      seen.add(name);
    }
  }
  return offsets;
}

/** Every node of a document, in no order. The parser's own way through them copies the way to each. */
export function* nodesOf(document: Document.Parsed): Generator<unknown, void, undefined> {
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    yield node;
    if (isSeq(node)) for (const item of node.items) open.push(item);
    else if (isMap(node)) for (const { key, value } of node.items) open.push(key, value);
  }
}

const nameOfKey = (key: unknown): unknown => (isScalar(key) ? key.value : key);

/** Where a node begins, or null of what was not in the text. */
export function startOf(node: unknown): number | null {
  return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : null;
}

/** Finds fields of a document by their paths, each in as many steps as its path is long. */
export class FieldFinder {
  readonly #contents: unknown;
  readonly #values = new Map<YAMLMap, ReadonlyMap<unknown, unknown>>();

  constructor(document: Document.Parsed) {
    this.#contents = document.contents;
  }

  /** Where a field begins, or the nearest thing around it where the field itself is missing; null where nothing is. */
  offsetOf(path: readonly PropertyKey[]): number | null {
    let nearest: number | null = null;
    let node = this.#contents;
    for (const key of path) {
      if (isMap(node)) node = this.#valuesOf(node).get(key);
      else node = isSeq(node) ? node.get(key, true) : undefined;
      nearest = startOf(node) ?? nearest;
    }
    return nearest;
  }

  #valuesOf(map: YAMLMap): ReadonlyMap<unknown, unknown> {
    const known = this.#values.get(map);
    if (known) return known;
    // The first of what stands twice is the one that counts.
    const values = new Map(map.items.toReversed().map(({ key, value }) => [nameOfKey(key), value]));
    this.#values.set(map, values);
    return values;
  }
}
