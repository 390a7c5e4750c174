import * as Y from "yjs";
import { type BoardMemory, boardAmong, shownOn } from "../board/board.ts";
import type { BoardElement } from "../board/element.ts";
import { elementsIn } from "../board/map.ts";
import { KEPT_EVERY, MOMENT_MS, type Written } from "./history.ts";

/** What one hand drew in one go. */
interface DrawnMoment {
  /** When it was drawn, in milliseconds since 1970: its last stroke. */
  readonly at: number;
  readonly seatId: string | null;
}

interface Growing {
  at: number;
  readonly since: number;
  readonly seatId: string | null;
  /** By key of the board, the entry that came to stand there; undefined where none does any more. */
  readonly changes: Map<string, string | undefined>;
}

type Entries = ReadonlyMap<string, string>;

/** How a board came to be, as `DocumentHistory` has it of a text. */
export class BoardHistory {
  readonly #document = new Y.Doc();
  readonly #moments: Growing[] = [];
  /** What stood before every so many moments. */
  readonly #kept: Entries[] = [];
  readonly #memory: BoardMemory = new Map();
  #changes = new Map<string, string | undefined>();
  #around: readonly BoardElement[] | undefined;

  constructor() {
    const map = elementsIn(this.#document);
    map.observe(({ keysChanged }) => {
      for (const key of keysChanged) this.#changes.set(key, map.get(key));
    });
  }

  /** The moments so far, in their order. */
  get moments(): readonly DrawnMoment[] {
    return this.#moments;
  }

  /** Takes the next updates in. Throws where one of them cannot be read. */
  add(updates: readonly Written[]): void {
    this.#around = undefined;
    for (const { at, seatId, update } of updates) {
      const isNext = this.#moments.length === this.#kept.length * KEPT_EVERY;
      const before = isNext ? this.#entries() : null;
      this.#changes = new Map();
      Y.applyUpdate(this.#document, update);
      if (this.#changes.size > 0) this.#grow(at, seatId, before);
    }
  }

  /** What stood on it once so many moments were over, from the lowest to the one that lies on all. */
  elementsAfter(count: number): BoardElement[] {
    // What is kept stands before a moment, and the last of all before none.
    const from = Math.min(Math.floor(count / KEPT_EVERY), this.#kept.length - 1);
    const entries = new Map(this.#kept[from]);
    for (const { changes } of this.#moments.slice(Math.max(0, from) * KEPT_EVERY, count)) {
      for (const [key, entry] of changes) {
        if (entry === undefined) entries.delete(key);
        else entries.set(key, entry);
      }
    }
    return shownOn(boardAmong(entries.values(), this.#memory));
  }

  /** What stood on it now and then and in the end: around this a picture of any moment keeps its place. */
  get around(): readonly BoardElement[] {
    this.#around ??= [...this.#kept, this.#entries()].flatMap((entries) => shownOn(boardAmong(entries.values())));
    return this.#around;
  }

  #entries(): Entries {
    return new Map(elementsIn(this.#document));
  }

  #grow(at: number, seatId: string | null, before: Entries | null): void {
    const last = this.#moments.at(-1);
    if (last && last.seatId === seatId && at - last.since <= MOMENT_MS) {
      last.at = at;
      for (const [key, entry] of this.#changes) last.changes.set(key, entry);
      return;
    }
    if (before !== null) this.#kept.push(before);
    this.#moments.push({ at, since: at, seatId, changes: this.#changes });
  }
}
