import type { Refusal, RefusalReason } from "@whetstone/shared/room/refusal";
import { wordsOnBoard } from "@whetstone/shared/workspace/board/words";
import { textOf } from "@whetstone/shared/workspace/document";
import type { DocumentName } from "@whetstone/shared/workspace/name";
import type { DocumentOpened, DocumentTold, DocumentWritten } from "@whetstone/shared/workspace/wire";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { fromBase64, toBase64 } from "../../base64.ts";
import type { KeyStorage } from "../../browser/storage.ts";
import { isTemporary } from "../../refusals.ts";
import { OthersRuns } from "../runs/others-runs.ts";
import type { DocumentLine } from "../store/documents.ts";
import type { Pauses } from "../store/pauses.ts";
import type { UnsentDocuments } from "../store/unsent-documents.ts";
import { Cursors, type Writer } from "./cursors.ts";
import { Pointers } from "./pointers.ts";
import { Unsent } from "./unsent.ts";

export interface SharedDocumentOptions {
  readonly name: DocumentName;
  readonly line: Pick<DocumentLine, "ask" | "tell" | "follow" | "setUnwritten" | "refused">;
  /** Who has a seat, as far as this one is shown; null for whoever it is not. */
  readonly writerOf: (seatId: string) => Writer | null;
  readonly storage: KeyStorage;
  /** Which documents hold something that is not on the server yet. */
  readonly unsent: UnsentDocuments;
  readonly pauses: Pauses;
}

/** How it stands with a document on this page. */
export interface DocumentStanding {
  /**
   * `opening` until the server has brought it; `refused` where it is not shown to this seat, and `quiet` where it was not brought yet and
   * will be when quiet time ends. What was there before that began stays `open`.
   */
  readonly state: "opening" | "open" | "quiet" | "refused";
  /** A number that is another whenever the document is another object: what was refused begins anew from what the server has. */
  readonly generation: number;
}

/** How long keys are gathered before they are sent, in milliseconds. */
const GATHER_MS = 40;
/** What one message holds of a document, in bytes. */
const SENT_AT_ONCE = 250_000;
/** So many updates that wait for the server are put together. */
const SHORTENED_FROM = 200;
/** What a server says of a document that it does not have open for this page. Only when it is to be opened, that is the last word. */
const NOT_THERE: ReadonlySet<RefusalReason> = new Set<RefusalReason>(["unknown_room", "unknown_ask"]);
/** Why it is not to be had just now. The server says when it is. */
const TOLD_LATER: ReadonlySet<RefusalReason> = new Set<RefusalReason>(["quiet_time", "not_admitted"]);
/** What stands for a drawing where what was written is shown. */
const WORDLESS = "A drawing without words.";
/** So often both sides say again what they have; what still does not fit then stands on what the server has lost. */
const GAPS = 3;

/**
 * One document on this page: a Yjs document, what of it the server has not acknowledged, and the way between the two. What is written is in
 * this browser's storage before it is anywhere else. After every break both sides say what they have, and get what they lack.
 */
export class SharedDocument {
  readonly #options: SharedDocumentOptions;
  readonly #listeners = new Set<() => void>();
  readonly #unsent: Unsent;
  readonly #unfollow: () => void;
  readonly othersRuns: OthersRuns;
  /** Who points where, on a board. */
  readonly pointers: Pointers;
  #yjs = new Y.Doc();
  #cursors: Cursors;
  #standing: DocumentStanding = { state: "opening", generation: 0 };
  #isOpen = false;
  #isSending = false;
  #fails = false;
  /** How often in a row the server missed something that was written on. */
  #gaps = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  readonly #whenSent: (() => void)[] = [];
  /** What the server had when it was opened last. */
  #onServer: Uint8Array | undefined;
  /** Which opening is under way: an answer to an earlier one comes too late. */
  #opening = 0;

  constructor(options: SharedDocumentOptions) {
    this.#options = options;
    const { storage, unsent, line, name } = options;
    this.#unsent = new Unsent(storage, unsent.keyOf(name));
    this.#cursors = new Cursors(this.#yjs, options);
    this.pointers = new Pointers(options);
    this.othersRuns = new OthersRuns((run) => line.tell({ type: "run", ...name, run }));
    this.#begin();
    this.#unfollow = line.follow(name, {
      told: (told) => this.#hear(told),
      connected: () => void this.#open(),
      disconnected: () => {
        this.#isOpen = false;
        this.#opening += 1;
        this.othersRuns.clear();
      },
      flush: () => void this.#send(),
    });
  }

  get yjs(): Y.Doc {
    return this.#yjs;
  }

  get awareness(): Awareness {
    return this.#cursors.awareness;
  }

  /** Where the others are, in a text or on a board. */
  get #places(): Pick<Cursors | Pointers, "all" | "hear"> {
    return this.#options.name.part === "board" ? this.pointers : this.#cursors;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getStanding = (): DocumentStanding => this.#standing;

  /** Calls as soon as the server has all that was written here, or has said that it takes it never. */
  whenSent(call: () => void): void {
    if (this.#unsent.isEmpty) call();
    else this.#whenSent.push(call);
  }

  /** What is not on the server yet stays kept, for the page that opens it next. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#unfollow();
    this.#cursors.close();
    this.pointers.close();
    this.#yjs.destroy();
  }

  /** Takes up what an earlier page of this seat could not bring to the server. */
  #begin(): void {
    const yjs = this.#yjs;
    yjs.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || yjs !== this.#yjs) return;
      this.#unsent.add(update);
      this.#keepUnsentShort();
      this.#tellUnwritten();
      this.#sendSoon();
    });
    for (const update of this.#unsent.all) {
      try {
        Y.applyUpdate(yjs, update, this);
      } catch {
        this.#unsent.letGo(update);
      }
    }
    this.#tellUnwritten();
  }

  /** Of an element that was moved a thousand times without a connection only its last place is kept. */
  #keepUnsentShort(): void {
    if (this.#isSending || this.#unsent.all.length < SHORTENED_FROM) return;
    const missing = Y.encodeStateAsUpdate(this.#yjs, this.#onServer);
    if (missing.length <= SENT_AT_ONCE && !this.#yjs.store.pendingStructs) this.#unsent.replace(missing);
  }

  async #open(): Promise<void> {
    const { line, name } = this.#options;
    this.#isOpen = false;
    this.#opening += 1;
    const opening = this.#opening;
    const vector = toBase64(Y.encodeStateVector(this.#yjs));
    const answer = await line.ask({ type: "open", ...name, vector });
    // A lost connection is made anew, and then asked again.
    if (opening !== this.#opening || this.#isClosed) return;
    if (!answer) return this.#openLater();
    if (!answer.ok) return this.#notOpened(answer.refusal);
    this.#take(answer);
  }

  #take({ update, vector, cursors, runs }: Extract<DocumentOpened, { ok: true }>): void {
    Y.applyUpdate(this.#yjs, fromBase64(update), this);
    const missing = Y.encodeStateAsUpdate(this.#yjs, fromBase64(vector));
    // What was taken out is in every update, and nobody knows whether the server has it.
    if (this.#unsent.isEmpty && Y.decodeUpdate(missing).structs.length === 0) this.#unsent.clear();
    // What one message cannot hold stays in its parts.
    else if (missing.length <= SENT_AT_ONCE) this.#unsent.replace(missing);
    this.#onServer = fromBase64(vector);
    this.#isOpen = true;
    this.#isSending = false;
    // Whoever only reads comes back soon, however often somebody else's writing fails.
    if (this.#unsent.isEmpty) this.#options.pauses.over();
    this.#stand({ state: "open" });
    this.#tellUnwritten();
    this.#places.all(cursors);
    this.othersRuns.all(runs);
    void this.#send();
  }

  #openLater(): void {
    clearTimeout(this.#timer);
    this.#isOpen = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#open();
    }, this.#options.pauses.next());
  }

  #notOpened(why: Refusal): void {
    if (TOLD_LATER.has(why.reason)) {
      if (this.#standing.state === "opening") this.#stand({ state: "quiet" });
      return;
    }
    if (isTemporary(why.reason)) {
      this.#tryLater(why);
      return;
    }
    // Where it goes is not shown to this seat any more, so it is shown to whoever wrote it.
    if (!this.#unsent.isEmpty) this.#options.line.refused(this.#options.name, this.#written(), why);
    this.#unsent.clear();
    this.#tellUnwritten();
    this.#stand({ state: "refused" });
  }

  #hear(told: DocumentTold): void {
    if (told.type === "astray") {
      // What is under way is answered yet, and that says when to try again.
      if (this.#isSending) this.#isOpen = false;
      else void this.#open();
    }
    if (told.type === "pointed") this.#places.hear(told.seatId, told.cursor);
    if (told.type === "ran") this.othersRuns.hear(told.seatId, told.run);
    if (told.type !== "written") return;
    Y.applyUpdate(this.#yjs, fromBase64(told.update), this);
    // It stands on something that did not come.
    if (this.#isOpen && this.#yjs.store.pendingStructs) void this.#open();
  }

  #sendSoon(): void {
    if (this.#isSending || !this.#isOpen) return;
    this.#timer ??= setTimeout(() => void this.#send(), GATHER_MS);
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isOpen || this.#isSending || this.#isClosed) return;
    const update = this.#unsent.merged(SENT_AT_ONCE);
    if (!update) return;
    this.#isSending = true;
    const opening = this.#opening;
    const { line, name } = this.#options;
    const answer = await line.ask({ type: "write", ...name, update: toBase64(update) });
    if (opening !== this.#opening || this.#isClosed) return;
    this.#isSending = false;
    if (answer) this.#answered(update, answer);
    // The connection stands, or it would have been made anew: what was not answered is sent again.
    else this.#goOn();
  }

  #answered(update: Uint8Array, answer: DocumentWritten): void {
    if (!answer.ok) {
      this.#refused(answer.refusal);
      return;
    }
    this.#fails = false;
    this.#gaps = 0;
    this.#options.pauses.over();
    this.#unsent.letGo(update);
    this.#tellUnwritten();
    this.#goOn();
  }

  #goOn(): void {
    if (this.#isOpen) this.#sendSoon();
    else void this.#open();
  }

  #refused(why: Refusal): void {
    if (why.reason === "changed_elsewhere" && this.#gaps < GAPS) {
      this.#gaps += 1;
      void this.#open();
    } else if (TOLD_LATER.has(why.reason)) void this.#open();
    else if (isTemporary(why.reason) || NOT_THERE.has(why.reason)) this.#tryLater(why);
    else this.#beginAnew(why);
  }

  /** The server has dropped what it could not save, and says what it has when it is asked. */
  #tryLater({ reason }: Refusal): void {
    if (reason === "not_saved") this.#fails = true;
    this.#tellUnwritten();
    this.#openLater();
  }

  /** The server will not take it. What was written is shown to its writer, and the document goes on from what the server has. */
  #beginAnew(why: Refusal): void {
    const { line, name } = this.#options;
    line.refused(name, this.#written(), why);
    this.#unsent.clear();
    this.#gaps = 0;
    const before = this.#yjs;
    this.#cursors.close();
    this.#yjs = new Y.Doc();
    this.#cursors = new Cursors(this.#yjs, this.#options);
    this.#begin();
    this.#stand({ generation: this.#standing.generation + 1, state: "opening" });
    before.destroy();
    void this.#open();
  }

  /** The words in it, and what waits for something that is missing. */
  #written(): string {
    const { pendingStructs } = this.#yjs.store;
    return [this.#words(), ...(pendingStructs ? this.#unsent.words : [])].filter(Boolean).join("\n");
  }

  #words(): string {
    return this.#options.name.part === "board" ? wordsOnBoard(this.#yjs) || WORDLESS : textOf(this.#yjs).toString();
  }

  #stand(change: Partial<DocumentStanding>): void {
    this.#standing = { ...this.#standing, ...change };
    for (const listener of this.#listeners) listener();
  }

  #tellUnwritten(): void {
    const { line, name, unsent } = this.#options;
    unsent.set(name, !this.#unsent.isEmpty);
    if (this.#unsent.isEmpty) {
      line.setUnwritten(name, null);
      for (const call of this.#whenSent.splice(0)) call();
      return;
    }
    const unkept = this.#unsent.outlivesPage ? "" : this.#words();
    line.setUnwritten(name, { askId: name.askId, fails: this.#fails, unkept });
  }
}
