import type { DocumentName } from "@whetstone/shared/workspace/name";
import type { Cursor, Pointer } from "@whetstone/shared/workspace/wire";
import type { DocumentLine } from "../store/documents.ts";
import type { Pointed, Pointing } from "./board/pointing.ts";
import type { Writer } from "./cursors.ts";

/** How often a moving hand is told of, in milliseconds. */
const EVERY_MS = 120;

interface PointersOptions {
  readonly line: Pick<DocumentLine, "tell">;
  readonly name: DocumentName;
  readonly writerOf: (seatId: string) => Writer | null;
}

/** Who points where on a board. Who somebody is is never taken from what they send, but looked up in what this seat is shown. */
export class Pointers implements Pointing {
  readonly #options: PointersOptions;
  readonly #listeners = new Set<() => void>();
  #others: readonly Pointed[] = [];
  #own: Pointer | null = null;
  #told: Pointer | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PointersOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly Pointed[] => this.#others;

  readonly point = (at: Pointer | null): void => {
    this.#own = at;
    this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS);
  };

  /** Another seat points there now, or nowhere. */
  hear(seatId: string, cursor: Cursor | null): void {
    const writer = this.#options.writerOf(seatId);
    const rest = this.#others.filter((other) => other.seatId !== seatId);
    if (writer && cursor && "x" in cursor) this.#become([...rest, { ...writer, x: cursor.x, y: cursor.y }]);
    else if (rest.length < this.#others.length) this.#become(rest);
  }

  /** The board was opened, and these are all that there are. */
  all(cursors: readonly { readonly seatId: string; readonly cursor: Cursor }[]): void {
    this.#become([]);
    for (const { seatId, cursor } of cursors) this.hear(seatId, cursor);
    this.#told = null;
    if (this.#own) this.#tell();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #become(others: readonly Pointed[]): void {
    this.#others = others;
    for (const listener of this.#listeners) listener();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#own === this.#told) return;
    this.#told = this.#own;
    this.#options.line.tell({ type: "point", ...this.#options.name, cursor: this.#own });
  }
}
