import type { Refusal } from "@whetstone/shared/room/refusal";
import { type DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import type {
  DocumentMessage,
  DocumentOpened,
  DocumentReplayed,
  DocumentTold,
  DocumentWritten,
} from "@whetstone/shared/workspace/wire";
import type { RoomSocket } from "./socket.ts";
import type { UnsentDocuments } from "./unsent-documents.ts";

/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;

/** What is written in a document on this page and is not on the server yet. */
export interface Unwritten {
  readonly askId: string;
  /** Whether the server could not save it when it was last asked to. */
  readonly fails: boolean;
  /** The whole text of the document with it, where a reload would take it; else empty. */
  readonly unkept: string;
}

interface Reader {
  readonly told: (told: DocumentTold) => void;
  /** The room is shown on a new connection, where nothing is open yet. */
  readonly connected: () => void;
  readonly disconnected: () => void;
  /** Sends what was written without waiting for more. */
  readonly flush: () => void;
}

/** The documents' part of a room's connection: it knows nothing of what is in them. */
export class DocumentLine {
  readonly #socket: RoomSocket;
  readonly #onChange: () => void;
  readonly #onRefused: (askId: string, text: string, why: Refusal) => void;
  readonly #readers = new Map<string, Reader>();
  readonly #unwritten = new Map<string, Unwritten>();
  #isConnected = false;

  constructor(
    socket: RoomSocket,
    told: { onChange: () => void; onRefused: (askId: string, text: string, why: Refusal) => void },
  ) {
    this.#socket = socket;
    this.#onChange = told.onChange;
    this.#onRefused = told.onRefused;
    socket.on("document", (said) => this.#readers.get(documentKey(said))?.told(said));
  }

  /** Follows a document until the function that this gives is called. */
  follow(name: DocumentName, reader: Reader): () => void {
    const key = documentKey(name);
    this.#readers.set(key, reader);
    if (this.#isConnected) reader.connected();
    return () => {
      if (this.#readers.get(key) !== reader) return;
      this.#readers.delete(key);
      this.tell({ type: "leave", ...name });
    };
  }

  /** Takes up which documents an earlier page of this seat left unsent; whoever opens them sends it. */
  restore({ names }: UnsentDocuments): void {
    for (const name of names) this.#unwritten.set(documentKey(name), { askId: name.askId, fails: false, unkept: "" });
  }

  /** Asks the server; null where no answer comes. */
  ask(message: Extract<DocumentMessage, { type: "open" }>): Promise<DocumentOpened | null>;
  ask(message: Extract<DocumentMessage, { type: "write" }>): Promise<DocumentWritten | null>;
  ask(message: Extract<DocumentMessage, { type: "replay" }>): Promise<DocumentReplayed | null>;
  ask(message: DocumentMessage): Promise<DocumentOpened | DocumentWritten | DocumentReplayed | null> {
    return new Promise((resolve) => {
      if (!this.#isConnected) return resolve(null);
      this.#socket
        .timeout(ANSWER_MS)
        .emit(
          "document",
          message,
          (failed: Error | null, answer?: DocumentOpened | DocumentWritten | DocumentReplayed) =>
            resolve(failed || !answer ? null : answer),
        );
    });
  }

  tell(message: Extract<DocumentMessage, { type: "point" | "run" | "leave" }>): void {
    if (this.#isConnected) this.#socket.emit("document", message, () => {});
  }

  /** What of a document is not on the server yet; null where all is. */
  setUnwritten(name: DocumentName, unwritten: Unwritten | null): void {
    if (unwritten) this.#unwritten.set(documentKey(name), unwritten);
    else if (!this.#unwritten.delete(documentKey(name))) return;
    this.#onChange();
  }

  get unwritten(): readonly Unwritten[] {
    return [...this.#unwritten.values()];
  }

  /** The server will never take this: it is shown to whoever wrote it. */
  refused({ askId }: DocumentName, text: string, why: Refusal): void {
    this.#onRefused(askId, text, why);
  }

  /** The room is shown on a connection, by the first frame or by any that follows. */
  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    for (const { connected } of [...this.#readers.values()]) connected();
  }

  flush(): void {
    for (const { flush } of this.#readers.values()) flush();
  }

  disconnected(): void {
    this.#isConnected = false;
    for (const { disconnected } of this.#readers.values()) disconnected();
  }
}
