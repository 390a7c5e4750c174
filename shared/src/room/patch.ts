import { z } from "zod";
import { applySplice, spliceBetween } from "../text.ts";

/**
 * The difference of two views of one viewer. Both sides were filtered before they came here, so a patch can hold nothing that
 * the second view does not.
 */

const Path = z.array(z.union([z.string(), z.number()]));

export const Operation = z.union([
  z.tuple([z.literal("set"), Path, z.unknown()]),
  z.tuple([z.literal("delete"), Path]),
  z.tuple([z.literal("splice"), Path, z.int(), z.int(), z.string()]),
  z.tuple([z.literal("cut"), Path, z.int()]),
]);
export type Operation = z.infer<typeof Operation>;
type Path = z.infer<typeof Path>;

/** The operations that turn the JSON value `before` into `after`; the same object counts as unchanged without a look inside. */
export function diff(before: unknown, after: unknown): Operation[] {
  const operations: Operation[] = [];
  collect(before, after, [], operations);
  return operations;
}

interface Comparison {
  readonly before: object;
  readonly after: object;
  readonly operations: readonly Operation[];
}

const NOTHING: readonly Operation[] = [];

/**
 * Compares the views of several viewers of one room, part by part: a part that they share, such as the questions of the whole
 * panel, is compared once. Keep one for no longer than one publication.
 */
export class Differ {
  readonly #compared: Comparison[] = [];

  /** The operations that turn the view of the parts `before` into that of `after`; as many parts each, in the same order. */
  diff(before: readonly object[], after: readonly object[]): readonly Operation[] {
    let all = NOTHING;
    for (let index = 0; index < before.length; index++) {
      const operations = this.#part(before[index] ?? {}, after[index] ?? {});
      if (operations.length > 0) all = all.length === 0 ? operations : [...all, ...operations];
    }
    return all;
  }

  #part(before: object, after: object): readonly Operation[] {
    if (before === after) return NOTHING;
    for (const known of this.#compared) if (known.before === before && known.after === after) return known.operations;
    const operations = diff(before, after);
    this.#compared.push({ before, after, operations });
    return operations;
  }
}

/** `path` is where the values stand. It grows and shrinks on the way, and is copied into the few operations that there are. */
function collect(before: unknown, after: unknown, path: Path, operations: Operation[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    collectItems(before, after, path, operations);
  } else if (isRecord(before) && isRecord(after)) {
    collectKeys(before, after, path, operations);
  } else if (typeof before === "string" && typeof after === "string") {
    const { at, remove, insert } = spliceBetween(before, after);
    operations.push(
      insert.length < after.length / 2 ? ["splice", [...path], at, remove, insert] : ["set", [...path], after],
    );
  } else {
    operations.push(["set", [...path], after]);
  }
}

function collectItems(before: unknown[], after: unknown[], path: Path, operations: Operation[]): void {
  if (after.length < before.length) operations.push(["cut", [...path], after.length]);
  for (let index = 0; index < after.length; index++) {
    if (index >= before.length) operations.push(["set", [...path, index], after[index]]);
    else if (before[index] !== after[index]) {
      path.push(index);
      collect(before[index], after[index], path, operations);
      path.pop();
    }
  }
}

function collectKeys(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  path: Path,
  operations: Operation[],
): void {
  let kept = 0;
  // JSON values inherit nothing that `for in` would find, and unlike `Object.keys` it makes no array for each comparison.
  for (const key in after) {
    const value = after[key];
    if (before[key] === value) kept += 1;
    else if (Object.hasOwn(before, key)) {
      kept += 1;
      path.push(key);
      collect(before[key], value, path, operations);
      path.pop();
    } else operations.push(["set", [...path, key], value]);
  }
  for (const _ in before) kept -= 1;
  if (kept === 0) return;
  for (const key in before) if (!Object.hasOwn(after, key)) operations.push(["delete", [...path, key]]);
}

/**
 * Applies the operations of `diff` and leaves `value` untouched; parts that no operation names are shared with the result. Each list and
 * record is copied once, however many operations lead into it.
 * Throws when an operation does not fit, which means that the viewer holds another version and has to ask for the whole view.
 */
export function patch(value: unknown, operations: readonly Operation[]): unknown {
  const copies = new Copies();
  return operations.reduce((current, operation) => change(current, operation[1], 0, operation, copies), value);
}

/** What one patch has made itself, and may change. */
class Copies {
  readonly #made = new WeakSet<object>();

  list(value: unknown[]): unknown[] {
    if (this.#made.has(value)) return value;
    const copy = [...value];
    this.#made.add(copy);
    return copy;
  }

  record(value: Record<string, unknown>): Record<string, unknown> {
    if (this.#made.has(value)) return value;
    const copy = { ...value };
    this.#made.add(copy);
    return copy;
  }
}

function change(value: unknown, path: Path, depth: number, operation: Operation, copies: Copies): unknown {
  const key = path[depth];
  if (key === undefined) return replace(value, operation, copies);
  if (Array.isArray(value) && typeof key === "number" && Number.isInteger(key) && key >= 0 && key <= value.length) {
    const copy = copies.list(value);
    copy[key] = change(value[key], path, depth + 1, operation, copies);
    return copy;
  }
  if (isRecord(value) && typeof key === "string") {
    const isDeletion = operation[0] === "delete" && depth === path.length - 1;
    if (!isDeletion) {
      const copy = copies.record(value);
      put(copy, key, change(value[key], path, depth + 1, operation, copies));
      return copy;
    }
    if (Object.hasOwn(value, key)) {
      const copy = copies.record(value);
      delete copy[key];
      return copy;
    }
  }
  throw new Error(`No place for ${operation[0]} at ${path.join(".")}`);
}

/** A name that means the prototype where it is assigned is a name like any other. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") record[key] = value;
  else Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

function replace(value: unknown, operation: Operation, copies: Copies): unknown {
  switch (operation[0]) {
    case "set":
      return operation[2];
    case "splice":
      if (typeof value !== "string" || operation[2] + operation[3] > value.length) break;
      return applySplice(value, { at: operation[2], remove: operation[3], insert: operation[4] });
    case "cut": {
      if (!Array.isArray(value) || operation[2] > value.length) break;
      const copy = copies.list(value);
      copy.length = operation[2];
      return copy;
    }
    case "delete":
      break;
    default:
      return operation satisfies never;
  }
  throw new Error(`Nothing to ${operation[0]} at ${operation[1].join(".")}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
