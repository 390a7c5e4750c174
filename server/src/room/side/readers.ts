import { type Refusal, refusal } from "@whetstone/shared/room/refusal";
import { asksShown } from "@whetstone/shared/room/view/asks-shown";
import { type DocumentName, documentKey, documentNamed } from "@whetstone/shared/workspace/name";
import type {
  Cursor,
  DocumentMessage,
  DocumentOpened,
  DocumentTold,
  DocumentWritten,
  RunNow,
} from "@whetstone/shared/workspace/wire";
import { type Allowances, seatKey } from "../allowances.ts";
import type { Documents } from "../documents/documents.ts";
import type { OpenDocument } from "../documents/open-document.ts";
import type { DocumentPlace } from "../documents/store.ts";
import type { Rooms } from "../rooms.ts";
import { type Participant, type Participants, tellAll } from "./channel.ts";
import { isOutside, KeptBack, type MayReceive, receiving } from "./receiving.ts";

export interface ReadersOptions {
  readonly documents: Documents;
  readonly rooms: Pick<Rooms, "whether" | "look">;
  /** What documents may take of one seat that opens them, in bytes. */
  readonly allowance: Pick<Allowances, "has" | "spend">;
  readonly onError: (error: unknown) => Refusal;
}

/** What opening one costs, however small it is; and what is refused of it, which may make everybody open it anew. */
const OPENING_LEAST = 16 * 1024;
const REFUSED = 512 * 1024;

type Message<Type extends DocumentMessage["type"]> = Extract<DocumentMessage, { readonly type: Type }>;

/** One viewer's look at one document. */
interface Reader {
  readonly who: Participant;
  readonly name: DocumentName;
  readonly document: OpenDocument;
  cursor: Cursor | null;
  /** What the viewer runs just now. */
  run: RunNow | null;
}

/** What others are shown of a reader beside what they write. */
const SHOWN = ["cursor", "run"] as const;
type Shown = (typeof SHOWN)[number];

const DONE = { ok: true } as const;
const refused = (reason: Refusal) => ({ ok: false, refusal: reason }) as const;
const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/**
 * Who has which document open. What somebody writes is told to the others when it is on disk; cursors are told to whoever has the document open,
 * and kept nowhere. Whatever leaves here asks `receiving` first: in quiet time nothing of it does but to the candidate, and whoever missed
 * something is told to open it anew when that is over. So is a candidate who was moved back to the lobby, once they are let in again.
 */
export class Readers {
  readonly #options: ReadersOptions;
  readonly #byViewer = new Map<Participant, Map<string, Reader>>();
  readonly #byDocument = new Map<string, Set<Reader>>();
  readonly #gone = new WeakSet<Participant>();
  readonly #keptBack = new KeptBack();

  constructor(options: ReadersOptions) {
    this.#options = options;
    options.documents.listen({
      saved: (document, update, from) =>
        this.#told(document, from, { ...nameOf(document), type: "written", update: toBase64(update) }),
      astray: (document) => this.#astray(document),
    });
  }

  async open({ type: _, vector, ...name }: Message<"open">, who: Participant): Promise<DocumentOpened> {
    if (isOutside(who)) return this.#keepBack(who, name);
    if (!isShown(who, name)) return refused(refusal("unknown_ask"));
    if (!(await this.#receives(who, name))) return this.#keepBack(who, name);
    if (!this.#options.allowance.has(seatKey(who))) return refused(refusal("too_many"));
    const { documents } = this.#options;
    const document = await documents.hold(placeOf(who, name));
    const opened = await documents.since(document, fromBase64(vector), () => this.#add(who, name, document));
    if ("reason" in opened || !opened.also) {
      documents.release(document);
      return refused("reason" in opened ? opened : refusal("unknown_ask"));
    }
    // It may have begun while the document was read.
    if (!(await this.#receives(who, name))) {
      this.leave(who, documentKey(name));
      return this.#keepBack(who, name);
    }
    this.#options.allowance.spend(seatKey(who), Math.max(opened.update.length, OPENING_LEAST));
    return { ok: true, update: toBase64(opened.update), vector: toBase64(opened.vector), ...opened.also };
  }

  async write({ update, ...name }: Message<"write">, who: Participant): Promise<DocumentWritten> {
    const reader = this.#byViewer.get(who)?.get(documentKey(name));
    if (!reader) {
      const isToCome = isOutside(who) || !(await this.#receives(who, name));
      return isToCome ? this.#keepBack(who, name) : refused(refusal("unknown_ask"));
    }
    if (!this.#options.allowance.has(seatKey(who))) return refused(refusal("too_many"));
    const taken = await this.#asEditor(reader, (wrong) => wrong ?? this.#take(reader, fromBase64(update)));
    if (taken?.reason === "quiet_time" || taken?.reason === "not_admitted") this.#keepBack(who, name);
    return taken ? refused(taken) : DONE;
  }

  point({ cursor, ...name }: Message<"point">, who: Participant): Promise<void> {
    return this.#show(who, name, "cursor", cursor);
  }

  run({ run, ...name }: Message<"run">, who: Participant): Promise<void> {
    return this.#show(who, name, "run", run);
  }

  leave(who: Participant, key: string): void {
    this.#keptBack.leave(who, key);
    const reader = this.#byViewer.get(who)?.get(key);
    if (!reader) return;
    this.#byViewer.get(who)?.delete(key);
    const others = this.#byDocument.get(keyOf(reader.document));
    others?.delete(reader);
    if (others?.size === 0) this.#byDocument.delete(keyOf(reader.document));
    this.#letGo(reader);
    this.#options.documents.release(reader.document);
  }

  leaveAll(who: Participant): void {
    for (const key of [...(this.#byViewer.get(who)?.keys() ?? [])]) this.leave(who, key);
    this.#byViewer.delete(who);
    this.#keptBack.leaveAll(who);
    this.#gone.add(who);
  }

  /** Whoever is shown an ask no more reads its document no more; and quiet time may have begun, or be over. */
  lookAgain(all: Participants): void {
    // With every commit, and of no consequence to most, so before the room or anybody's view is looked at.
    const isConcerned = (who: Participant) => (this.#byViewer.get(who)?.size ?? 0) > 0 || this.#keptBack.has(who);
    const first = [...all].find(isConcerned);
    if (!first) return;
    this.#look(first, (mayReceive) => {
      for (const who of all) {
        const theirs = this.#byViewer.get(who);
        const shown = theirs?.size && who.view ? asksShown(who.view) : null;
        for (const [key, reader] of theirs ?? []) {
          if (!shown?.has(reader.name.askId)) this.leave(who, key);
          else if (!mayReceive(who, reader.name)) this.#setAside(reader);
        }
        if (this.#keptBack.has(who) && !isOutside(who)) this.#giveBack(who, mayReceive);
      }
    });
  }

  /** Calls `use` at once where the room is loaded, as it is while somebody looks at it. */
  #look({ roomId }: { readonly roomId: string }, use: (mayReceive: MayReceive) => void): void {
    const { rooms, onError } = this.#options;
    rooms.look(roomId, (durable, ahead) => use(receiving(durable, ahead))).catch(onError);
  }

  #receives(who: Participant, name: DocumentName): Promise<boolean> {
    return this.#options.rooms.look(who.roomId, (durable, ahead) => receiving(durable, ahead)(who, name));
  }

  #keepBack(who: Participant, name: DocumentName) {
    const isOut = isOutside(who);
    if ((isOut || isShown(who, name)) && !this.#gone.has(who)) this.#keptBack.keep(who, name);
    return refused(refusal(isOut ? "not_admitted" : "quiet_time"));
  }

  /** The candidate sees nobody's cursor or program beside theirs while nobody sees what they write. */
  #setAside(reader: Reader): void {
    this.#keepBack(reader.who, reader.name);
    this.#letGo(reader);
  }

  /** What others are shown of the reader is there no more. */
  #letGo(reader: Reader): void {
    for (const part of SHOWN) {
      if (reader[part] === null) continue;
      reader[part] = null;
      this.#tellOf(reader, part);
    }
  }

  #giveBack(who: Participant, mayReceive: MayReceive): void {
    for (const name of this.#keptBack.taken(who, mayReceive)) {
      if (isShown(who, name)) who.tell("document", { ...name, type: "astray" });
    }
  }

  /** Calls `use` with why the reader may not write just now, or with null where it may. */
  #asEditor<T>({ who, name }: Reader, use: (wrong: Refusal | null) => T): Promise<Awaited<T>> {
    return this.#options.rooms.whether(who.roomId, who.seatId, { type: "editDocument", askId: name.askId }, use);
  }

  async #take({ who, document }: Reader, update: Uint8Array): Promise<Refusal | null> {
    const why = await this.#options.documents.take(document, update, who.seatId, who);
    if (why && why.reason !== "not_saved") this.#options.allowance.spend(seatKey(who), REFUSED);
    return why;
  }

  /** Gives what all others show; null where the viewer has gone. */
  #add(who: Participant, name: DocumentName, document: OpenDocument) {
    if (this.#gone.has(who)) return null;
    const theirs = this.#byViewer.get(who) ?? new Map<string, Reader>();
    this.#byViewer.set(who, theirs);
    this.leave(who, documentKey(name));
    const reader: Reader = { who, name, document, cursor: null, run: null };
    theirs.set(documentKey(name), reader);
    const key = keyOf(document);
    const others = this.#byDocument.get(key) ?? new Set();
    this.#byDocument.set(key, others);
    const shown = {
      cursors: [...others].flatMap(({ who: { seatId }, cursor }) => (cursor ? { seatId, cursor } : [])),
      runs: [...others].flatMap(({ who: { seatId }, run }) => (run ? { seatId, run } : [])),
    };
    others.add(reader);
    return shown;
  }

  /** Tells the others what a reader shows beside the text. That it is nothing any more may be said by whoever may not write by now. */
  async #show<Part extends Shown>(
    who: Participant,
    name: DocumentName,
    part: Part,
    shown: Reader[Part],
  ): Promise<void> {
    const reader = this.#byViewer.get(who)?.get(documentKey(name));
    if (!reader || (shown === null && reader[part] === null)) return;
    await this.#asEditor(reader, (wrong) => {
      const isOpen = this.#byViewer.get(who)?.get(documentKey(name)) === reader;
      if (!isOpen || (shown !== null && wrong)) return;
      reader[part] = shown;
      this.#tellOf(reader, part);
    });
  }

  #tellOf({ who, name, document, cursor, run }: Reader, part: Shown): void {
    const about = { ...name, seatId: who.seatId };
    this.#told(
      document,
      who,
      part === "cursor" ? { ...about, type: "pointed", cursor } : { ...about, type: "ran", run },
    );
  }

  #astray(document: OpenDocument): void {
    const key = keyOf(document);
    const readers = [...(this.#byDocument.get(key) ?? [])];
    this.#byDocument.delete(key);
    for (const { who, name } of readers) this.#byViewer.get(who)?.delete(documentKey(name));
    this.#look(document.place, (mayReceive) => {
      for (const { who, name } of readers) {
        if (mayReceive(who, name)) who.tell("document", { ...name, type: "astray" });
        else this.#keepBack(who, name);
      }
    });
  }

  #told(document: OpenDocument, from: object | null, told: DocumentTold): void {
    const readers = this.#byDocument.get(keyOf(document));
    if (!readers) return;
    this.#look(document.place, (mayReceive) => {
      const reached: Participant[] = [];
      for (const { who, name } of readers) {
        if (who === from) continue;
        if (mayReceive(who, name)) reached.push(who);
        else this.#keepBack(who, name);
      }
      tellAll(reached, "document", told);
    });
  }
}

const keyOf = ({ place: { roomId, name } }: OpenDocument): string => `${roomId} ${name}`;
const nameOf = ({ place }: OpenDocument): DocumentName => documentNamed(place.name);
const placeOf = ({ roomId }: Participant, name: DocumentName): DocumentPlace => ({ roomId, name: documentKey(name) });
const isShown = ({ view }: Participant, { askId }: DocumentName): boolean =>
  view !== null && asksShown(view).has(askId);
