import type { DocumentName } from "@whetstone/shared/workspace/name";
import type { Cursor, TextCursor } from "@whetstone/shared/workspace/wire";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { fromBase64, toBase64 } from "../../base64.ts";
import type { DocumentLine } from "../store/documents.ts";

/** Somebody whose cursor is shown. */
export interface Writer {
  readonly seatId: string;
  readonly name: string;
  /** Tells writers apart: their place among the people of the room, from 0. */
  readonly color: number;
}

/** How often a moving cursor is told of, in milliseconds. */
const EVERY_MS = 120;
/** Seats have no number of Yjs' own; theirs begin where those of documents end. */
const FIRST_NUMBER = 2 ** 33;

interface RelativeCursor {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

/**
 * Whose cursor is where in a document, as editors know it: Yjs' awareness, which here holds one state for each seat. Who somebody is
 * is never taken from what they send, but looked up in what this seat is shown.
 */
export class Cursors {
  readonly awareness: Awareness;
  readonly #line: Pick<DocumentLine, "tell">;
  readonly #name: DocumentName;
  readonly #writerOf: (seatId: string) => Writer | null;
  readonly #numbers = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    yjs: Y.Doc,
    {
      line,
      name,
      writerOf,
    }: { line: Pick<DocumentLine, "tell">; name: DocumentName; writerOf: (seatId: string) => Writer | null },
  ) {
    this.#line = line;
    this.#name = name;
    this.#writerOf = writerOf;
    this.awareness = new Awareness(yjs);
    this.awareness.on("change", (_change: unknown, origin: unknown) => {
      if (origin !== this) this.#timer ??= setTimeout(() => this.#tell(), EVERY_MS);
    });
  }

  /** Another seat's cursor is there now, or nowhere. */
  hear(seatId: string, cursor: Cursor | null): void {
    const number = this.#numbers.get(seatId) ?? FIRST_NUMBER + this.#numbers.size;
    const isKnown = this.#numbers.has(seatId);
    this.#numbers.set(seatId, number);
    const user = this.#writerOf(seatId);
    const at = cursor && user && decoded(cursor);
    const { states, meta } = this.awareness;
    if (at) {
      states.set(number, { user, cursor: at });
      // It stays until the server says otherwise, however long it rests.
      meta.set(number, { clock: 0, lastUpdated: Number.POSITIVE_INFINITY });
    } else {
      states.delete(number);
      meta.delete(number);
    }
    const of = [number];
    this.awareness.emit("change", [
      { added: at && !isKnown ? of : [], updated: at && isKnown ? of : [], removed: at ? [] : of },
      this,
    ]);
  }

  /** The document was opened, and these are all that there are. */
  all(cursors: readonly { readonly seatId: string; readonly cursor: Cursor }[]): void {
    for (const seatId of this.#numbers.keys()) {
      if (!cursors.some((other) => other.seatId === seatId)) this.hear(seatId, null);
    }
    for (const { seatId, cursor } of cursors) this.hear(seatId, cursor);
    this.#tell();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.awareness.destroy();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state: { readonly cursor?: RelativeCursor | null } | null = this.awareness.getLocalState();
    this.#line.tell({ type: "point", ...this.#name, cursor: state?.cursor ? encoded(state.cursor) : null });
  }
}

const encoded = ({ anchor, head }: RelativeCursor): TextCursor => ({
  anchor: toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromJSON(anchor))),
  head: toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromJSON(head))),
});

function decoded(cursor: Cursor): RelativeCursor | null {
  if (!("head" in cursor)) return null;
  try {
    return {
      anchor: Y.decodeRelativePosition(fromBase64(cursor.anchor)),
      head: Y.decodeRelativePosition(fromBase64(cursor.head)),
    };
  } catch {
    return null;
  }
}
