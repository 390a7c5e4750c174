import { mergeTexts } from "@whetstone/shared/merge";
import { writtenIn } from "@whetstone/shared/room/asks/rules";
import type { Ask } from "@whetstone/shared/room/asks/state";
import type { RoomEvent } from "@whetstone/shared/room/event";
import { type RoomState, roundOfAsk } from "@whetstone/shared/room/state";
import { begin, writeOver } from "@whetstone/shared/workspace/document";
import { documentKey } from "@whetstone/shared/workspace/name";
import type * as Y from "yjs";
import type { Rooms } from "../rooms.ts";
import type { OpenDocument } from "./open-document.ts";
import type { DocumentPlace } from "./store.ts";

export interface FoldingOptions {
  readonly rooms: Pick<Rooms, "read" | "execute">;
  readonly newId: (prefix: string) => string;
  /** Lets the server write in a document; fulfils with whether that is on disk. */
  readonly write: (document: OpenDocument, change: (yjs: Y.Doc) => void) => Promise<boolean>;
  /** Waits until all that was written is on disk, or cannot be. */
  readonly settled: () => Promise<void>;
  /** Told of a document that the log has by now up to its `folded`. */
  readonly onFolded: (document: OpenDocument) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** How long what is written may be missing from the log, in milliseconds. */
const WITHIN_MS = 1_000;

/**
 * Brings documents and the room's log together. What a document says becomes the ask's answer: a second after it was written at the latest,
 * and at once when the ask closes or nobody has the document open. And what is written to the answer past the document, as pages of
 * earlier builds do, is merged into it.
 */
export class Folding {
  readonly #options: FoldingOptions;
  readonly #timers = new Map<OpenDocument, NodeJS.Timeout>();
  readonly #underWay = new Map<OpenDocument, Promise<void>>();

  constructor(options: FoldingOptions) {
    this.#options = options;
  }

  /** Something was written in it. */
  changed(document: OpenDocument): void {
    if (this.#timers.has(document)) return;
    const timer = setTimeout(() => void this.fold(document), WITHIN_MS);
    timer.unref();
    this.#timers.set(document, timer);
  }

  /** Something was committed to a room, whose open documents `find` gives. */
  async follow(
    roomId: string,
    event: RoomEvent,
    find: (place: DocumentPlace) => Promise<OpenDocument> | undefined,
  ): Promise<void> {
    if (event.type !== "answerWritten" && event.type !== "askClosed") return;
    const document = await find({ roomId, name: documentKey({ askId: event.askId, part: "text" }) })?.catch(() => null);
    if (document) await this.fold(document);
  }

  /** Makes a document that was just opened hold what its question brings, and what was written to the answer past it. */
  async begin(document: OpenDocument): Promise<void> {
    const ask = await this.#askOf(document);
    if (!ask) return;
    const { workspace } = ask.question;
    if (document.seq === 0 && workspace) await this.#options.write(document, (yjs) => begin(yjs, workspace));
    await this.#takeOver(document, ask);
  }

  /** Puts what a document says into the log, where it is not there yet. */
  async fold(document: OpenDocument): Promise<void> {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    const before = this.#underWay.get(document) ?? Promise.resolve();
    const folded = before.then(() => this.#fold(document)).catch(this.#options.onError);
    this.#underWay.set(document, folded);
    await folded;
    if (this.#underWay.get(document) === folded) this.#underWay.delete(document);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #fold(document: OpenDocument): Promise<void> {
    const ask = await this.#askOf(document);
    if (!ask || document.isAstray || !(await this.#takeOver(document, ask))) return;
    const { text, seq } = document;
    if (ask.aheadOf === null && document.folded === seq) return;
    // What is not on disk may never be.
    await this.#options.settled();
    if (document.savedSeq < seq) return;
    const { roomId } = document.place;
    const command = { type: "foldAnswer", askId: ask.askId, text, onto: ask.answer } as const;
    const answer = await this.#options.rooms.execute(roomId, this.#options.newId("c"), { kind: "server" }, command);
    if (!answer.ok) {
      if (answer.refusal.reason !== "room_erased") this.changed(document);
      return;
    }
    document.folded = seq;
    await this.#options.onFolded(document);
  }

  async #askOf({ place: { roomId, name } }: OpenDocument): Promise<Ask | null> {
    const state = await this.#options.rooms.read(roomId);
    const [askId] = name.split("/");
    return (state && askId !== undefined && askIn(state, askId)) || null;
  }

  /** Gives whether the document holds all of the answer. */
  async #takeOver(document: OpenDocument, { aheadOf, answer }: Ask): Promise<boolean> {
    if (aheadOf === null) return true;
    const { text } = document;
    const merged = mergeTexts(aheadOf, answer, text);
    return merged === text || (await this.#options.write(document, (yjs) => writeOver(yjs, merged)));
  }
}

function askIn(state: RoomState, askId: string): Ask | undefined {
  const round = roundOfAsk(state, askId);
  return round && writtenIn(state, round, askId)?.ask;
}
