import { setImmediate as nextTurn } from "node:timers/promises";
import { boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import type { BoardElement } from "@whetstone/shared/workspace/board/element";
import { documentKey } from "@whetstone/shared/workspace/name";
import { seatKey } from "../allowances.ts";
import type { Rooms } from "../rooms.ts";
import { receiving } from "../side/receiving.ts";
import { OpenDocument } from "./open-document.ts";
import type { DocumentStore } from "./store.ts";

/** The board of an ask as somebody may take it away: what stands on it, or why that is not told. */
export type ReadBoard =
  | { readonly kind: "drawn"; readonly elements: readonly BoardElement[] }
  /** Quiet time keeps it back, whether anything stands on it or not. */
  | { readonly kind: "quiet" }
  | { readonly kind: "unreadable" };

export interface BoardsOptions {
  readonly store: Pick<DocumentStore, "read">;
  readonly rooms: Pick<Rooms, "look">;
  /** Told of a board that cannot be read. */
  readonly onError: (error: unknown) => void;
}

/** Reads boards as they are on disk, for whoever takes a room away. */
export class Boards {
  readonly #options: BoardsOptions;
  /** By seat, until whoever reads for it last is through. */
  readonly #reading = new Map<string, Promise<void>>();

  constructor(options: BoardsOptions) {
    this.#options = options;
  }

  /**
   * The boards of asks that a seat is shown, by ask, one in each turn of the event loop; none of those on which nothing stands. Whoever asks for
   * several files at once gets one after the other, as a full board takes some tens of milliseconds. Whether the seat is shown the asks is
   * for whoever calls; what quiet time keeps from it is kept here.
   */
  async *of(
    roomId: string,
    seatId: string,
    asks: readonly { readonly askId: string }[],
  ): AsyncGenerator<readonly [askId: string, board: ReadBoard], void, undefined> {
    const done = await this.#turnOf(seatKey({ roomId, seatId }));
    try {
      for (const { askId } of asks) {
        const board = await this.#read(roomId, seatId, askId);
        if (board === null) continue;
        yield [askId, board];
        await nextTurn();
      }
    } finally {
      done();
    }
  }

  /** Waits until nobody else reads for that seat; to be called when it is done. */
  async #turnOf(seat: string): Promise<() => void> {
    const before = this.#reading.get(seat);
    let done = (): void => undefined;
    const own = new Promise<void>((resolve) => {
      done = resolve;
    });
    this.#reading.set(seat, own);
    await before;
    return () => {
      if (this.#reading.get(seat) === own) this.#reading.delete(seat);
      done();
    };
  }

  async #read(roomId: string, seatId: string, askId: string): Promise<ReadBoard | null> {
    const name = { askId, part: "board" } as const;
    const receives = () =>
      this.#options.rooms.look(roomId, (durable, ahead) => receiving(durable, ahead)({ seatId }, name));
    if (!(await receives())) return { kind: "quiet" };
    const board = await this.#stored({ roomId, name: documentKey(name) });
    // It may have begun while it was read.
    return (await receives()) ? board : { kind: "quiet" };
  }

  async #stored(place: { readonly roomId: string; readonly name: string }): Promise<ReadBoard | null> {
    try {
      const stored = await this.#options.store.read(place);
      const elements = stored ? shownOn(boardOf(new OpenDocument(place, stored).yjs)) : [];
      return elements.length === 0 ? null : { kind: "drawn", elements };
    } catch (error) {
      this.#options.onError(error);
      return { kind: "unreadable" };
    }
  }
}
