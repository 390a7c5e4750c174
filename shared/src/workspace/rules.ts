import * as Y from "yjs";
import { LIMITS } from "../room/limits.ts";
import { bytesOfBoard, elementOfKey, readEntry } from "./board/board.ts";
import type { BoardEntry } from "./board/element.ts";
import { BOARD_LIMITS } from "./board/limits.ts";
import { ELEMENTS, elementsIn } from "./board/map.ts";
import { LANGUAGE, META, TEXT, textOf } from "./document.ts";
import { Language } from "./language.ts";
import type { DocumentPart } from "./name.ts";

/** What a part of an ask's document is made of, and how much of it there may be. */
export interface PartRules {
  /** Whether the item is what such a document is made of, or what is left of that, as far as it can be told before it has its place. */
  isOfPart(item: Y.Item, document: Y.Doc): boolean;
  /** Whether it came to stand where its like does: it may name its place by what stands beside it. */
  isInPlace(document: Y.Doc, item: Y.Item): boolean;
  /** How much there is, and how much there may be. */
  sizeOf(document: Y.Doc): number;
  readonly most: number;
  /**
   * Whether each seat has pieces of its own, so that nobody uses up what is the others'. In a text nobody has: whoever takes letters out of what
   * another wrote cuts that into pieces.
   */
  readonly countsPiecesBySeat: boolean;
}

/** Letters, and a language. */
const text: PartRules = {
  isOfPart({ content, parent, parentSub }) {
    if (typeof parent === "string" && parent !== (parentSub === null ? TEXT : META)) return false;
    if (parentSub !== null && parentSub !== LANGUAGE) return false;
    if (content instanceof Y.ContentDeleted) return true;
    if (content instanceof Y.ContentString) return parentSub === null;
    return content instanceof Y.ContentAny && content.arr.length === 1 && Language.safeParse(content.arr[0]).success;
  },
  isInPlace(document, { id, content }) {
    // Asking for a type that came by an update makes it what it is, and all that stands in it is moved over: so first of all.
    const [letters, meta] = [textOf(document), document.getMap(META)];
    const item: Y.Item | Y.GC = Y.getItem(document.store, id);
    if (item instanceof Y.GC || content instanceof Y.ContentDeleted) return true;
    if (content instanceof Y.ContentAny) return item.parent === meta && item.parentSub === LANGUAGE;
    return item.parent === letters && item.parentSub === null;
  },
  sizeOf: (document) => textOf(document).length,
  most: LIMITS.answer,
  countsPiecesBySeat: false,
};

/** The entry that the content of an item is. */
function entryIn(content: Y.Item["content"]): BoardEntry | null {
  return content instanceof Y.ContentAny && content.arr.length === 1 ? readEntry(content.arr[0]) : null;
}

/**
 * Whether an entry's version follows what the board has of its element as hands can bring it about, however long nobody heard of them. One that
 * is far above would stand for ever, as none could be above it.
 */
function follows({ id, version }: BoardEntry, document: Y.Doc): boolean {
  if (version <= BOARD_LIMITS.versions) return true;
  let highest = 0;
  for (const [key, json] of elementsIn(document)) {
    if (elementOfKey(key) === id) highest = Math.max(highest, readEntry(json)?.version ?? 0);
  }
  return version <= highest + BOARD_LIMITS.versions;
}

/** Entries of elements, each under a key that names it. */
const board: PartRules = {
  isOfPart({ content, parent, parentSub }, document) {
    if (typeof parent === "string" && (parent !== ELEMENTS || parentSub === null)) return false;
    if (parentSub !== null && elementOfKey(parentSub) === undefined) return false;
    if (content instanceof Y.ContentDeleted) return true;
    const entry = entryIn(content);
    return entry !== null && follows(entry, document);
  },
  isInPlace(document, { id, content }) {
    const map = elementsIn(document);
    const item: Y.Item | Y.GC = Y.getItem(document.store, id);
    if (item instanceof Y.GC) return true;
    if (item.parent !== map || item.parentSub === null) return content instanceof Y.ContentDeleted;
    return content instanceof Y.ContentDeleted || elementOfKey(item.parentSub) === entryIn(content)?.id;
  },
  sizeOf: bytesOfBoard,
  most: BOARD_LIMITS.bytes,
  countsPiecesBySeat: true,
};

export const PART_RULES: Readonly<Record<DocumentPart, PartRules>> = { text, board };
