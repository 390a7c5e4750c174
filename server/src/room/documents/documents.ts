import type { RoomEvent } from "@whetstone/shared/room/event";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import type { Held } from "@whetstone/shared/room/size";
import { documentKey } from "@whetstone/shared/workspace/name";
import type { UpdateFault } from "@whetstone/shared/workspace/update";
import type { Rooms } from "../rooms.ts";
import { Folding } from "./folding.ts";
import { OpenDocument } from "./open-document.ts";
import type { DocumentPlace, DocumentStore, HistoryPiece, MostAtOnce } from "./store.ts";
import { UpdateQueue } from "./update-queue.ts";

export interface DocumentsOptions {
  readonly store: DocumentStore;
  readonly rooms: Pick<Rooms, "read" | "look" | "execute" | "hold" | "timeIn" | "onCommitted">;
  readonly newId: (prefix: string) => string;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
  /** Told of every append: how many updates are on disk, and why others are not. */
  readonly onAppended: (saved: number, faults: readonly unknown[]) => void;
  readonly onError: (error: unknown, doing: string) => void;
}

/** Told what becomes of documents. */
export interface DocumentListener {
  /** An update is on disk, and before that it is shown to nobody. `from` is what its writer gave; null for the server. */
  saved(document: OpenDocument, update: Uint8Array, from: object | null): void;
  /** What was held of a document ran ahead of what could be saved, or holds what it must not: whoever has it open opens it anew. */
  astray(document: OpenDocument): void;
}

/** A state is kept for whoever opens the document next when so many updates came since the last one. */
const STATE_EVERY = 400;

const REFUSALS: Readonly<Record<UpdateFault, () => Refusal>> = {
  garbage: () => refusal("malformed"),
  gap: () => refusal("changed_elsewhere"),
  not_theirs: () => refusal("malformed"),
  too_long: () => refusal("too_long"),
  too_large: () => refusal("room_large"),
};

const BOARD_REFUSALS: Readonly<Partial<Record<UpdateFault, () => Refusal>>> = {
  garbage: () => refusal("not_for_board"),
  too_long: () => refusal("board_full"),
  too_large: () => refusal("board_worn"),
};

const refusalOf = ({ part }: OpenDocument, fault: UpdateFault): Refusal =>
  ((part === "board" ? BOARD_REFUSALS[fault] : undefined) ?? REFUSALS[fault])();

interface Opened {
  readonly document: Promise<OpenDocument>;
  /** Null until it is read. */
  at: OpenDocument | null;
  holders: number;
}

/**
 * The documents that somebody has open: each is loaded once, however many open it, takes updates in, makes them durable, and only then tells
 * of them. What a document says becomes the answer in the room's log, see `Folding`.
 */
export class Documents {
  readonly #options: DocumentsOptions;
  readonly #open = new Map<string, Opened>();
  readonly #sizes = new Map<string, Map<string | null, number>>();
  readonly #queue: UpdateQueue;
  readonly #folding: Folding;
  readonly #listeners: DocumentListener[] = [];

  constructor(options: DocumentsOptions) {
    this.#options = options;
    const { store, rooms, newId, onError } = options;
    this.#queue = new UpdateQueue(store, options.onAppended, options.steady);
    this.#folding = new Folding({
      rooms,
      newId,
      write: (document, change) => this.#write(document, document.write(change), null, null),
      settled: () => this.#queue.settle(),
      onFolded: (document) => store.keepFolded(document.place, document.folded),
      onError: (error) => onError(error, "what a document says could not be put into its room's log"),
    });
    rooms.onCommitted((commits) => {
      for (const { commit } of commits) for (const event of commit.events) this.#follow(commit.roomId, event);
    });
  }

  listen(listener: DocumentListener): void {
    this.#listeners.push(listener);
  }

  /** Opens a document of a room that is loaded, and keeps it open until it is released as often. */
  async hold(place: DocumentPlace): Promise<OpenDocument> {
    const key = keyOf(place);
    const known = this.#open.get(key);
    const held: Opened = known ?? { document: this.#load(place), at: null, holders: 0 };
    held.holders += 1;
    this.#open.set(key, held);
    try {
      held.at = await held.document;
      return held.at;
    } catch (error) {
      if (this.#open.get(key) === held) this.#open.delete(key);
      throw error;
    }
  }

  /**
   * Lets go of a document that was held; one that nobody holds is put into its room's log and forgotten, or stays open until quiet time lets it
   * be put there.
   */
  release(document: OpenDocument): void {
    const held = document.isAstray ? undefined : this.#open.get(keyOf(document.place));
    if (!held) return;
    held.holders -= 1;
    if (held.holders === 0) void this.#forget(document, held);
  }

  /** What somebody lacks who has what the vector says, once all of it is on disk; and in the same turn `also` is called. */
  async since<T>(
    document: OpenDocument,
    vector: Uint8Array,
    also: () => T,
  ): Promise<{ readonly update: Uint8Array; readonly vector: Uint8Array; readonly also: T } | Refusal> {
    while (document.savedSeq < document.seq && !document.isAstray) await this.#queue.settle();
    // What it came to cannot be saved, and whoever asks again gets what could be.
    if (document.isAstray) return refusal("not_saved");
    try {
      return { ...document.since(vector), also: also() };
    } catch {
      return refusal("malformed");
    }
  }

  /** Takes in what a seat writes, and answers when it is on disk. Whether it may write there is for whoever calls to ask. */
  async take(document: OpenDocument, update: Uint8Array, seatId: string, from: object): Promise<Refusal | null> {
    if (document.isAstray) return refusal("not_saved");
    const taken = document.take(update, seatId);
    if ("fault" in taken) {
      if (taken.isTouched) this.#astray(document);
      return refusalOf(document, taken.fault);
    }
    // It was there before, and is on disk once all before it is.
    if (taken.fresh === null) {
      await this.#queue.settle();
      return document.isAstray ? refusal("not_saved") : null;
    }
    return (await this.#write(document, taken.fresh, seatId, from)) ? null : refusal("not_saved");
  }

  /** How a document came to be, as far as it is on disk, whether anybody has it open or not. */
  replay(place: DocumentPlace, after: number, most: MostAtOnce): Promise<HistoryPiece> {
    return this.#options.store.piece(place, after, most);
  }

  heldIn(roomId: string, seatId: string | null): Omit<Held, "most"> {
    const sizes = this.#sizes.get(roomId);
    let room = 0;
    for (const bytes of sizes?.values() ?? []) room += bytes;
    return { room, seat: sizes?.get(seatId) ?? 0 };
  }

  /**
   * To be called before anybody comes: puts into the log what a stop of the server kept from it. Gives the rooms in which quiet time keeps
   * something from it still.
   */
  async settleFolds(): Promise<ReadonlySet<string>> {
    const quiet = new Set<string>();
    for (const place of await this.#options.store.unfolded()) {
      try {
        const document = await this.hold(place);
        await this.#folding.fold(document);
        if (this.#folding.keepsBack(document)) quiet.add(place.roomId);
        this.release(document);
      } catch (error) {
        this.#options.onError(error, "a document could not be read");
      }
    }
    return quiet;
  }

  /** Puts into a room's log what its open documents say by now, in this turn: what is written next is no part of it. */
  foldNow(roomId: string): void {
    for (const { at } of this.#openIn(roomId)) if (at) this.#folding.foldNow(at);
  }

  /** Waits until everything that was accepted is on disk, and in the log as the answer. */
  async settle(): Promise<void> {
    await this.#queue.settle();
    const open = await Promise.allSettled([...this.#open.values()].map(({ document }) => document));
    for (const opened of open) if (opened.status === "fulfilled") await this.#folding.fold(opened.value);
    this.#folding.stop();
  }

  async #load(place: DocumentPlace): Promise<OpenDocument> {
    const { store } = this.#options;
    if (!this.#sizes.has(place.roomId)) this.#sizes.set(place.roomId, new Map(await store.sizesIn(place.roomId)));
    const document = new OpenDocument(place, await store.read(place));
    await this.#folding.begin(document);
    if (document.folded < document.seq) this.#folding.changed(document);
    return document;
  }

  async #write(
    document: OpenDocument,
    update: Uint8Array | null,
    seatId: string | null,
    from: object | null,
  ): Promise<boolean> {
    if (update === null) return true;
    const { place } = document;
    document.seq += 1;
    const { seq } = document;
    const isSaved = await this.#queue.add({
      ...place,
      seq,
      at: this.#options.rooms.timeIn(place.roomId),
      seatId,
      update,
    });
    if (!isSaved) {
      this.#astray(document);
      return false;
    }
    document.savedSeq = seq;
    const sizes = this.#sizes.get(place.roomId);
    sizes?.set(seatId, (sizes.get(seatId) ?? 0) + update.length);
    for (const listener of this.#listeners) {
      try {
        listener.saved(document, update, from);
      } catch (error) {
        this.#options.onError(error, "what was written in a document could not be shown");
      }
    }
    if (seatId !== null) this.#folding.changed(document);
    this.#keepState(document);
    return true;
  }

  async #forget(document: OpenDocument, held: Opened): Promise<void> {
    await this.#folding.fold(document);
    const key = keyOf(document.place);
    if (held.holders > 0 || this.#open.get(key) !== held || this.#folding.keepsBack(document)) return;
    this.#open.delete(key);
    const { roomId } = document.place;
    if (this.#openIn(roomId).length === 0) this.#sizes.delete(roomId);
  }

  #keepState(document: OpenDocument): void {
    const { seq, savedSeq, stateSeq } = document;
    if (seq !== savedSeq || seq - stateSeq < STATE_EVERY) return;
    document.stateSeq = seq;
    this.#options.store
      .keepState(document.place, document.state)
      .catch((error: unknown) => this.#options.onError(error, "a document's state could not be kept"));
  }

  #astray(document: OpenDocument): void {
    if (document.isAstray) return;
    document.isAstray = true;
    this.#open.delete(keyOf(document.place));
    for (const listener of this.#listeners) listener.astray(document);
  }

  /** What happened in a room that its documents are concerned by. */
  #follow(roomId: string, event: RoomEvent): void {
    if (event.type === "roomErased") {
      this.#each(this.#openIn(roomId), (document) => this.#astray(document));
      this.#sizes.delete(roomId);
    } else if (event.type === "roomEnded" || event.type === "quietEnded") {
      for (const held of this.#openIn(roomId)) {
        this.#each(
          [held],
          (document) => void (held.holders === 0 ? this.#forget(document, held) : this.#folding.fold(document)),
        );
      }
    } else if (event.type === "answerWritten" || event.type === "askClosed") {
      const opened = this.#open.get(keyOf({ roomId, name: documentKey({ askId: event.askId, part: "text" }) }));
      if (opened) this.#each([opened], (document) => void this.#folding.fold(document));
    }
  }

  #openIn(roomId: string): Opened[] {
    return [...this.#open].flatMap(([key, opened]) => (key.startsWith(`${roomId} `) ? opened : []));
  }

  #each(all: readonly Opened[], act: (document: OpenDocument) => void): void {
    // One that cannot be read is nobody's.
    for (const { document } of all) document.then(act, () => undefined);
  }
}

const keyOf = ({ roomId, name }: DocumentPlace): string => `${roomId} ${name}`;
