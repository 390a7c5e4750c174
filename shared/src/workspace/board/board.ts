import type * as Y from "yjs";
import { type BoardElement, BoardEntry, stands } from "./element.ts";
import { BOARD_LIMITS, ENTRY_BYTES } from "./limits.ts";
import { elementsIn } from "./map.ts";

const KEY = /^([\w-]{1,40})~[\da-z]{1,12}$/;

/** Which element an entry is of, by its key; undefined where no entry has such a key. */
export const elementOfKey = (key: string): string | undefined => KEY.exec(key)?.[1];

/** The entry as it was written, or null where no board has one like it. */
export function readEntry(json: unknown): BoardEntry | null {
  if (typeof json !== "string" || json.length > BOARD_LIMITS.element) return null;
  try {
    const entry = BoardEntry.safeParse(JSON.parse(json));
    return entry.success ? entry.data : null;
  } catch {
    return null;
  }
}

/** Entries that were read before, by how they were written. */
export type BoardMemory = Map<string, BoardEntry | null>;

/** What stands of every element, by its identifier. Whoever reads often gives the same `memory`. */
export const boardOf = (document: Y.Doc, memory: BoardMemory = new Map()): ReadonlyMap<string, BoardEntry> =>
  boardAmong(elementsIn(document).values(), memory);

/** The same among entries that stood in a document, as they were written. */
export function boardAmong(
  entries: Iterable<string>,
  memory: BoardMemory = new Map(),
): ReadonlyMap<string, BoardEntry> {
  const board = new Map<string, BoardEntry>();
  const seen = new Set<string>();
  for (const json of entries) {
    const entry = memory.has(json) ? memory.get(json) : readEntry(json);
    memory.set(json, entry ?? null);
    seen.add(json);
    const before = entry && board.get(entry.id);
    if (entry && (!before || standsOver(entry, before))) board.set(entry.id, entry);
  }
  for (const json of memory.keys()) if (!seen.has(json)) memory.delete(json);
  return board;
}

/** Two that call themselves the same and differ are told apart by how they are written, so that no order in which they come matters. */
const standsOver = (one: BoardEntry, other: BoardEntry): boolean =>
  one.version === other.version && one.versionNonce === other.versionNonce
    ? JSON.stringify(one) < JSON.stringify(other)
    : stands(one, other);

const isOnBoard = (entry: BoardEntry): entry is BoardElement => !entry.isDeleted;

/** The elements on the board, from the lowest to the one that lies on all. */
export const shownOn = (board: ReadonlyMap<string, BoardEntry>): BoardElement[] =>
  [...board.values()].filter(isOnBoard).sort((one, other) => order(one.index, other.index) || order(one.id, other.id));

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Puts entries on the board, each in the place of what it stands over. */
export function putOnBoard(document: Y.Doc, entries: readonly BoardEntry[], origin: unknown = null): void {
  const map = elementsIn(document);
  const own = `~${document.clientID.toString(36)}`;
  document.transact(() => {
    const changed = new Map(entries.map((entry) => [entry.id, entry]));
    for (const [key, json] of map) {
      const entry = changed.get(elementOfKey(key) ?? "");
      if (!entry || key === entry.id + own) continue;
      const other = readEntry(json);
      if (!other || stands(entry, other)) map.delete(key);
    }
    for (const entry of changed.values()) map.set(entry.id + own, JSON.stringify(entry));
    forgetTakenOff(map, changed);
  }, origin);
}

/**
 * What is left of elements that were taken off takes place, too. The first of them go where there are many, and not those that were taken off
 * just now; a page that still shows one writes it again, and one that knows better takes it off again.
 */
function forgetTakenOff(map: Y.Map<string>, justNow: ReadonlyMap<string, BoardEntry>): void {
  const off = [...map].filter(([key, json]) => !justNow.has(elementOfKey(key) ?? "") && isOfTakenOff(json));
  for (const [key] of off.slice(0, Math.max(0, off.length - BOARD_LIMITS.takenOff))) map.delete(key);
}

const isOfTakenOff = (json: string): boolean => json.includes(TAKEN_OFF) && readEntry(json)?.isDeleted === true;
const TAKEN_OFF = JSON.stringify({ isDeleted: true }).slice(1, -1);

/** What the board takes, in bytes. */
export function bytesOfBoard(document: Y.Doc): number {
  let bytes = 0;
  for (const json of elementsIn(document).values()) bytes += bytesOf(json) + ENTRY_BYTES;
  return bytes;
}

/** What the board would take once the entries stood on it. */
export function bytesOfBoardWith(document: Y.Doc, entries: readonly BoardEntry[]): number {
  const changed = new Set(entries.map(({ id }) => id));
  let bytes = 0;
  for (const [key, json] of elementsIn(document)) {
    if (!changed.has(elementOfKey(key) ?? "")) bytes += bytesOf(json) + ENTRY_BYTES;
  }
  for (const entry of entries) bytes += bytesOf(JSON.stringify(entry)) + ENTRY_BYTES;
  return bytes;
}

const BEYOND_ASCII = /[^\0-\u007f]/g;

/** In UTF-8, each half of a pair as much as a letter of its own. */
const bytesOf = (text: string): number => text.length + 2 * (text.match(BEYOND_ASCII)?.length ?? 0);
