import {
  type CallAnswer,
  type CallMessage,
  type CallPeer,
  type CallTold,
  type CallWay,
  DIRECTLY,
} from "@whetstone/shared/call/wire";
import type { RoomSocket } from "./socket.ts";

/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;

export interface CallReader {
  readonly told: (told: CallTold) => void;
  /** The room is shown on a new connection, on which this page is in no call yet. */
  readonly connected: () => void;
  readonly disconnected: () => void;
}

/** The call's part of a room's connection: who is in the call, which everybody sees, and what is said of it on a page that is in it. */
export class CallLine {
  readonly #socket: RoomSocket;
  readonly #listeners = new Set<() => void>();
  #reader: CallReader | null = null;
  #peers: readonly CallPeer[] = [];
  #way: CallWay = DIRECTLY;
  #isConnected = false;

  constructor(socket: RoomSocket) {
    this.#socket = socket;
    socket.on("call", (told) => {
      if (told.type === "peers") this.#set(told.peers, this.#way);
      if (told.type === "moved") this.#set(this.#peers, told.way);
      this.#reader?.told(told);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Who of those that this seat sees is in the call. */
  readonly getSnapshot = (): readonly CallPeer[] => this.#peers;

  /** By which way the call goes. */
  readonly getWay = (): CallWay => this.#way;

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Follows the call on this page until the function that this gives is called. */
  follow(reader: CallReader): () => void {
    this.#reader = reader;
    return () => {
      if (this.#reader === reader) this.#reader = null;
    };
  }

  /** Asks the server; null where no answer comes. What it tells afterwards is told after the answer. */
  ask(message: CallMessage, answered: (answer: CallAnswer | null) => void = () => {}): void {
    if (!this.#isConnected) {
      answered(null);
      return;
    }
    this.#socket.timeout(ANSWER_MS).emit("call", message, (failed: Error | null, answer?: CallAnswer) => {
      if (answer?.ok && answer.entered) this.#set(answer.entered.peers, answer.entered.way);
      answered(failed || !answer ? null : answer);
    });
  }

  /** The room is shown on a connection, by the first frame or by any that follows. */
  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    this.#reader?.connected();
  }

  disconnected(): void {
    this.#isConnected = false;
    // What the next connection tells is told from nothing.
    this.#set([], DIRECTLY);
    this.#reader?.disconnected();
  }

  #set(peers: readonly CallPeer[], way: CallWay): void {
    this.#peers = peers;
    this.#way = way;
    for (const listener of this.#listeners) listener();
  }
}
