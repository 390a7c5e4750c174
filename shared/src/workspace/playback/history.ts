import * as Y from "yjs";
import { applySplice, type Splice } from "../../text.ts";
import { languageOf, textOf } from "../document.ts";
import type { Language } from "../language.ts";

/** One update of a document. `at` is in milliseconds since 1970; the server, which brings what the question does, has no seat. */
export interface Written {
  readonly at: number;
  readonly seatId: string | null;
  /** In Yjs' format, version 1. */
  readonly update: Uint8Array;
}

/** What one hand wrote in one go: what follows so closely is seen at once. */
export interface Moment {
  /** When it was written, in milliseconds since 1970: its last key. */
  readonly at: number;
  readonly seatId: string | null;
  /** Each is of the text that the one before left. */
  readonly splices: readonly Splice[];
}

/** A moment lasts no longer than this, in milliseconds. */
export const MOMENT_MS = 700;
/** From how many moments to how many all of it is kept, so that none is far from one that is. */
export const KEPT_EVERY = 100;

interface Growing {
  at: number;
  readonly since: number;
  readonly seatId: string | null;
  readonly splices: Splice[];
}

/**
 * How a document came to be. Its updates are read once, in their order, and become edits of a text; whoever looks at a moment afterwards begins
 * at the text that was kept last before it, and not at the first key.
 */
export class DocumentHistory {
  readonly #document = new Y.Doc();
  readonly #moments: Growing[] = [];
  /** The text before every so many moments. */
  readonly #kept: string[] = [];
  readonly #languages: { readonly from: number; readonly language: Language }[] = [];
  /** What the update brings that is being read. */
  #splices: Splice[] = [];

  constructor() {
    textOf(this.#document).observe((event) => {
      this.#splices.push(...splicesOf(event.delta));
    });
  }

  /** The moments so far, in their order. */
  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Takes the next updates in. Throws where one of them cannot be read. */
  add(updates: readonly Written[]): void {
    for (const { at, seatId, update } of updates) {
      const before = this.#textIfKept();
      this.#splices = [];
      Y.applyUpdate(this.#document, update);
      this.#noteLanguage();
      if (this.#splices.length > 0) this.#grow(at, seatId, this.#splices, before);
    }
  }

  /** The text once so many moments are over. */
  textAfter(count: number): string {
    // What is kept stands before a moment, and the last text of all before none.
    const from = Math.min(Math.floor(count / KEPT_EVERY), this.#kept.length - 1);
    const later = this.#moments.slice(Math.max(0, from) * KEPT_EVERY, count);
    return later.flatMap(({ splices }) => splices).reduce(applySplice, this.#kept[from] ?? "");
  }

  /** What it was written in once so many moments are over. */
  languageAfter(count: number): Language {
    return this.#languages.findLast(({ from }) => from <= count)?.language ?? "text";
  }

  /** The text as it stands, where the next moment may be one before which it is kept. */
  #textIfKept(): string | null {
    const isNext = this.#moments.length === this.#kept.length * KEPT_EVERY;
    return isNext ? textOf(this.#document).toString() : null;
  }

  #grow(at: number, seatId: string | null, splices: readonly Splice[], before: string | null): void {
    const last = this.#moments.at(-1);
    if (last && last.seatId === seatId && at - last.since <= MOMENT_MS) {
      last.at = at;
      last.splices.push(...splices);
      return;
    }
    if (before !== null) this.#kept.push(before);
    this.#moments.push({ at, since: at, seatId, splices: [...splices] });
  }

  #noteLanguage(): void {
    const language = languageOf(this.#document);
    if (language !== (this.#languages.at(-1)?.language ?? "text"))
      this.#languages.push({ from: this.#moments.length, language });
  }
}

function splicesOf(delta: Y.YTextEvent["delta"]): Splice[] {
  const splices: Splice[] = [];
  let at = 0;
  for (const { retain = 0, delete: remove = 0, insert } of delta) {
    at += retain;
    const inserted = typeof insert === "string" ? insert : "";
    if (remove > 0 || inserted !== "") splices.push({ at, remove, insert: inserted });
    at += inserted.length;
  }
  return splices;
}

/** A stretch of text. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Where a moment wrote, in the text that it left: what it brought, and where its hand was in the end; null where it wrote nothing. */
export interface Change {
  readonly brought: readonly Stretch[];
  readonly hand: number | null;
}

export function changeOf({ splices }: Pick<Moment, "splices">): Change {
  let brought: Stretch[] = [];
  let hand: number | null = null;
  for (const splice of splices) {
    brought = [...brought.flatMap((stretch) => left(stretch, splice)), broughtBy(splice)].filter(
      ({ from, to }) => to > from,
    );
    hand = splice.at + splice.insert.length;
  }
  return { brought: joined(brought), hand };
}

const broughtBy = ({ at, insert }: Splice): Stretch => ({ from: at, to: at + insert.length });

/** What a splice leaves of a stretch, and where. */
function left({ from, to }: Stretch, { at, remove, insert }: Splice): Stretch[] {
  const by = insert.length - remove;
  const end = at + remove;
  return [
    { from, to: Math.min(to, at) },
    { from: Math.max(from, end) + by, to: to + by },
  ].filter((part) => part.to > part.from);
}

/** The stretches in the order of the text, those that touch as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last && stretch.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
    else all.push(stretch);
  }
  return all;
}
