import { mergeTexts } from "@whetstone/shared/merge";
import { writtenIn } from "@whetstone/shared/room/asks/rules";
import type { Ask } from "@whetstone/shared/room/asks/state";
import { type RoomState, roundOfAsk } from "@whetstone/shared/room/state";
import { quietOf } from "@whetstone/shared/room/workspace/quiet";
import { begin, writeOver } from "@whetstone/shared/workspace/document";
import { documentNamed } from "@whetstone/shared/workspace/name";
import type * as Y from "yjs";
import type { Rooms } from "../rooms.ts";
import type { OpenDocument } from "./open-document.ts";

export interface FoldingOptions {
  readonly rooms: Pick<Rooms, "read" | "look" | "execute">;
  readonly newId: (prefix: string) => string;
  /** Lets the server write in a document; fulfils with whether that is on disk. */
  readonly write: (document: OpenDocument, change: (yjs: Y.Doc) => void) => Promise<boolean>;
  /** Waits until all that was written is on disk, or cannot be. */
  readonly settled: () => Promise<void>;
  /** Told of a document that the log has by now up to its `folded`. */
  readonly onFolded: (document: OpenDocument) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * What was written is put into the log when its writer has paused for so long, and so often where nobody pauses, in milliseconds. Those
 * documents whose time comes within one tick become commits of one append, and a tick takes a small share of all, so that no key waits behind many.
 */
const PAUSE_MS = 1_000;
const WITHIN_MS = 4_000;
const TICK_MS = 25;
const SHARE_OF_A_TICK = 1 / 40;

/** For how long a document waits since it was changed first and last, in ticks. */
interface Wait {
  first: number;
  last: number;
}

/**
 * Brings documents and the room's log together. What a document says becomes the ask's answer: a second after its writer has paused,
 * every few seconds while somebody writes on, and at once when the ask closes or nobody has the document open; but in quiet time not before it
 * ends. And what is written to the answer past the document, as pages of
 * earlier builds do, is merged into it.
 */
export class Folding {
  readonly #options: FoldingOptions;
  readonly #waits = new Map<OpenDocument, Wait>();
  #ticking: NodeJS.Timeout | undefined;
  readonly #underWay = new Map<OpenDocument, Promise<void>>();
  readonly #keptBack = new WeakSet<OpenDocument>();

  constructor(options: FoldingOptions) {
    this.#options = options;
  }

  /** Something was written in it. */
  changed(document: OpenDocument): void {
    if (!isAnswer(document)) return;
    const wait = this.#waits.get(document);
    if (wait) wait.last = 0;
    else this.#waits.set(document, { first: 0, last: 0 });
    this.#ticking ??= setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Makes a document that was just opened hold what its question brings, and what was written to the answer past it. */
  async begin(document: OpenDocument): Promise<void> {
    if (!isAnswer(document)) return;
    const ask = await this.#askOf(document);
    if (!ask) return;
    const { workspace } = ask.question;
    if (document.seq === 0 && workspace) await this.#options.write(document, (yjs) => begin(yjs, workspace));
    await this.#takeOver(document, ask);
  }

  /** Puts what a document says into the log, where it is not there yet. */
  async fold(document: OpenDocument): Promise<void> {
    if (!isAnswer(document)) return;
    this.#waits.delete(document);
    const before = this.#underWay.get(document) ?? Promise.resolve();
    const folded = before.then(() => this.#fold(document)).catch(this.#options.onError);
    this.#underWay.set(document, folded);
    await folded;
    if (this.#underWay.get(document) === folded) this.#underWay.delete(document);
  }

  /** Puts what a document says by now into the log in this turn, where the room is loaded and nothing was written past the document. */
  foldNow(document: OpenDocument): void {
    const { rooms, newId, onFolded, onError } = this.#options;
    const { text, seq, place } = document;
    if (document.isAstray || document.folded === seq) return;
    const folded = rooms.look(place.roomId, (_, ahead) => {
      const ask = ahead && askIn(ahead, askIdOf(document));
      if (!ask || ask.aheadOf !== null) return null;
      const command = { type: "foldAnswer", askId: ask.askId, text, onto: ask.answer } as const;
      return rooms.execute(place.roomId, newId("c"), { kind: "server" }, command);
    });
    folded
      .then(async (answer) => {
        if (!answer?.ok) return;
        document.folded = Math.max(document.folded, seq);
        await onFolded(document);
      })
      .catch(onError);
  }

  /** Whether quiet time kept it from the log when it was to be put there last. */
  keepsBack(document: OpenDocument): boolean {
    return this.#keptBack.has(document);
  }

  stop(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#waits.clear();
  }

  #tick(): void {
    let left = Math.ceil(this.#waits.size * SHARE_OF_A_TICK);
    for (const [document, wait] of this.#waits) {
      wait.first += 1;
      wait.last += 1;
      const isDue = wait.last * TICK_MS >= PAUSE_MS || wait.first * TICK_MS >= WITHIN_MS;
      if (!isDue || left === 0) continue;
      left -= 1;
      void this.fold(document);
    }
    if (this.#waits.size > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  async #fold(document: OpenDocument): Promise<void> {
    const ask = await this.#askOf(document);
    this.#keptBack.delete(document);
    if (!ask || document.isAstray || !(await this.#takeOver(document, ask))) return;
    const { text, seq } = document;
    if (ask.aheadOf === null && document.folded === seq) return;
    if (ask.aheadOf === null && (await this.#isQuiet(document, ask))) {
      this.#keptBack.add(document);
      return;
    }
    // What is not on disk may never be.
    await this.#options.settled();
    if (document.savedSeq < seq) return;
    const { roomId } = document.place;
    const command = { type: "foldAnswer", askId: ask.askId, text, onto: ask.answer } as const;
    const answer = await this.#options.rooms.execute(roomId, this.#options.newId("c"), { kind: "server" }, command);
    if (!answer.ok) {
      // It began meanwhile, and is not on disk yet.
      if (answer.refusal.reason === "quiet_time") this.#keptBack.add(document);
      if (answer.refusal.reason !== "room_erased") this.changed(document);
      return;
    }
    document.folded = Math.max(document.folded, seq);
    await this.#options.onFolded(document);
  }

  async #askOf(document: OpenDocument): Promise<Ask | null> {
    const state = await this.#options.rooms.read(document.place.roomId);
    return (state && askIn(state, askIdOf(document))) ?? null;
  }

  async #isQuiet({ place: { roomId } }: OpenDocument, { candidateId }: Ask): Promise<boolean> {
    const state = await this.#options.rooms.read(roomId);
    return state !== null && quietOf(state)?.candidateId === candidateId;
  }

  /** Gives whether the document holds all of the answer. */
  async #takeOver(document: OpenDocument, { aheadOf, answer }: Ask): Promise<boolean> {
    if (aheadOf === null) return true;
    const { text } = document;
    const merged = mergeTexts(aheadOf, answer, text);
    return merged === text || (await this.#options.write(document, (yjs) => writeOver(yjs, merged)));
  }
}

const askIdOf = ({ place }: OpenDocument): string => documentNamed(place.name).askId;

/** What is written is the answer, and what is drawn stands beside it. */
const isAnswer = ({ part }: OpenDocument): boolean => part === "text";

function askIn(state: RoomState, askId: string): Ask | undefined {
  const round = roundOfAsk(state, askId);
  return round && writtenIn(state, round, askId)?.ask;
}
