import { type DocumentName, type DocumentPart, documentKey } from "@whetstone/shared/workspace/name";
import type { DocumentOpened, DocumentWritten } from "@whetstone/shared/workspace/wire";
import * as Y from "yjs";
import type { Seat } from "./seats.ts";

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** A document as a seat without a screen has it: it writes what it is told to, and takes what comes. */
export class Sheet {
  readonly yjs = new Y.Doc();
  readonly seat: Seat;
  readonly name: DocumentName;
  #heard = 0;

  constructor(seat: Seat, askId: string, part: DocumentPart = "text") {
    this.seat = seat;
    this.name = { askId, part };
  }

  async open(): Promise<DocumentOpened> {
    const vector = toBase64(Y.encodeStateVector(this.yjs));
    const answer = (await this.seat.ask("document", { type: "open", ...this.name, vector })) as DocumentOpened;
    if (answer.ok) Y.applyUpdate(this.yjs, fromBase64(answer.update));
    return answer;
  }

  /** Opens it, as it must be possible. */
  async opened(): Promise<this> {
    const answer = await this.open();
    if (!answer.ok) throw new Error(`${documentKey(this.name)} was not opened: ${answer.refusal.reason}`);
    return this;
  }

  /** Opens it anew, and sends what the server lacks. */
  async comeBack(): Promise<DocumentWritten> {
    const answer = await this.open();
    return answer.ok ? this.send(Y.encodeStateAsUpdate(this.yjs, fromBase64(answer.vector))) : answer;
  }

  /** Changes the own copy, and gives the update that comes of it. */
  change(change: (text: Y.Text) => void): Uint8Array {
    return this.changed((document) => change(document.getText("text")));
  }

  protected changed(change: (document: Y.Doc) => void): Uint8Array {
    const before = Y.encodeStateVector(this.yjs);
    this.yjs.transact(() => change(this.yjs));
    return Y.encodeStateAsUpdate(this.yjs, before);
  }

  /** Takes in what has come by now. */
  protected hear(): void {
    for (const told of this.seat.told.slice(this.#heard)) {
      const isOfThis = told.askId === this.name.askId && told.part === this.name.part;
      if (told.type === "written" && isOfThis) Y.applyUpdate(this.yjs, fromBase64(told.update));
    }
    this.#heard = this.seat.told.length;
  }

  send(update: Uint8Array): Promise<DocumentWritten> {
    return this.seat.ask("document", {
      type: "write",
      ...this.name,
      update: toBase64(update),
    }) as Promise<DocumentWritten>;
  }

  write(text: string, at?: number): Promise<DocumentWritten> {
    return this.send(this.change((shared) => shared.insert(at ?? shared.length, text)));
  }

  /** The text, with all that has come by now. */
  get text(): string {
    this.hear();
    return this.yjs.getText("text").toString();
  }

  until(text: string): Promise<void> {
    return this.seat.waitFor(() => this.text === text);
  }
}

export const sheetOf = (seat: Seat, askId: string): Promise<Sheet> => new Sheet(seat, askId).opened();

/** The letters in the updates of documents among what a page has sent. */
export const wordsWritten = (sent: string): string =>
  [...sent.matchAll(/"type":"write"[^}]*"update":"([^"]+)"/g)]
    .flatMap(([, update = ""]) => Y.decodeUpdate(fromBase64(update)).structs)
    .map((struct) => (struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : ""))
    .join("\n");
