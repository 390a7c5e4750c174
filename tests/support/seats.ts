import { randomUUID } from "node:crypto";
import type { CallPeer, CallTold } from "@whetstone/shared/call/wire";
import type { Caption } from "@whetstone/shared/captions/wire";
import type { Command } from "@whetstone/shared/room/command";
import { patch } from "@whetstone/shared/room/patch";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { CaptionerView } from "@whetstone/shared/room/view/captioner";
import type { HostView } from "@whetstone/shared/room/view/host";
import { type ObserverView, type PanelView, View } from "@whetstone/shared/room/view/view";
import { type Acknowledgement, Frame, type Presence } from "@whetstone/shared/wire";
import type { DocumentTold } from "@whetstone/shared/workspace/wire";
import { io, type Socket } from "socket.io-client";
import { onTestFinished } from "vitest";

/** A view of anybody but a captioner. */
type TimedView = Exclude<View, CaptionerView>;

/** A fresh identifier as a client makes it. */
export const newId = (letter: "c" | "m" | "n" | "p"): string => `${letter}_${randomUUID()}`;

/** What came back over HTTP: `body` is the parsed JSON, or undefined where the text is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The connection ended before the answer came. */
export class ConnectionLost extends Error {}

/** What of a WebSocket sends a message in pieces. */
interface Pieces {
  send(piece: string, options: { readonly fin: boolean }, taken: (failure?: Error) => void): void;
}

/** How long is waited for something that has to come, in milliseconds; only so that a failure says what was missing. */
const PATIENCE_MS = 60_000;

interface Waiter {
  readonly check: () => boolean;
  readonly reject: (error: Error) => void;
}

/**
 * A person's seat as a client without a screen: a real socket and real requests. It keeps every byte that reached it and holds the
 * view that the frames add up to.
 */
export class Seat {
  /** Everything that reached this seat, in order: raw packets of the connection, and heads and bodies of HTTP answers. */
  readonly received: string[] = [];
  /** The raw packets of type `message`, a subset of `received`. */
  readonly messages: string[] = [];
  readonly frames: Frame[] = [];
  /** The view after each frame. */
  readonly views: View[] = [];
  readonly presences: Presence[] = [];
  /** What came of documents. */
  readonly told: DocumentTold[] = [];
  /** What came of the call. */
  readonly calls: CallTold[] = [];
  readonly captions: Caption[] = [];
  readonly token: string;
  lost: Refusal | null = null;
  refusedConnection: Error | null = null;
  url: string;
  #socket: Socket | null = null;
  #version: number | null = null;
  #view: View | null = null;
  #fault: Error | null = null;
  #isOver = true;
  readonly #strict: boolean;
  readonly #waiters = new Set<Waiter>();
  readonly #unanswered = new Set<(error: Error) => void>();

  /** `strict` checks every view against its schema; off where many are received. */
  constructor(url: string, token: string, options: SeatOptions = {}) {
    const { strict = true, headers, transports = ["websocket"], handshake = {} } = options;
    this.url = url;
    this.token = token;
    this.#strict = strict;
    this.#headers = headers;
    this.#transports = transports;
    this.#handshake = handshake;
  }
  readonly #handshake: object;
  readonly #headers: Record<string, string> | undefined;
  readonly #transports: readonly Transport[];

  /** Connects anew, and waits for the first whole view; throws when the seat is refused. */
  async connect(url = this.url): Promise<this> {
    this.open(url);
    await this.waitFor(() => this.#view !== null || this.lost !== null || this.refusedConnection !== null);
    if (this.lost) throw new Error(`The seat was refused: ${this.lost.reason}`);
    if (this.refusedConnection) throw this.refusedConnection;
    return this;
  }

  /** Begins to connect without waiting for anything. */
  open(url = this.url): void {
    this.disconnect();
    this.url = url;
    this.lost = null;
    this.refusedConnection = null;
    this.#view = null;
    this.#version = null;
    const socket = io(url, {
      auth: { ...this.#handshake, token: this.token },
      transports: [...this.#transports],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      ...(this.#headers && { extraHeaders: this.#headers }),
    });
    this.#socket = socket;
    this.#isOver = false;
    socket.on("frame", (frame: Frame) => this.#take(frame));
    socket.on("presence", (seatIds: Presence) => {
      this.presences.push(seatIds);
      this.#changed();
    });
    socket.on("document", (told: DocumentTold) => {
      this.told.push(told);
      this.#changed();
    });
    socket.on("call", (told: CallTold) => {
      this.calls.push(told);
      this.#changed();
    });
    socket.on("caption", (caption: Caption) => {
      this.captions.push(caption);
      this.#changed();
    });
    socket.on("seatLost", (refusal: Refusal) => {
      this.lost = refusal;
      this.#changed();
    });
    socket.on("connect_error", (error) => {
      this.refusedConnection = error;
      this.#changed();
    });
    socket.on("disconnect", () => {
      this.#isOver = true;
      for (const reject of this.#unanswered) reject(new ConnectionLost("The connection ended before the answer came."));
      this.#unanswered.clear();
      this.#changed();
    });
    socket.connect();
    socket.io.engine.on("packet", ({ type, data }: { type: string; data?: unknown }) => {
      const text = typeof data === "string" ? data : "";
      this.received.push(text);
      if (type === "message") this.messages.push(text);
    });
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = null;
  }

  /** Stops reading what the server sends, as a device does that is too slow for it; the function that this gives reads on. */
  stopReading(): () => void {
    if (!this.#socket) throw new Error("This seat is not connected.");
    const { ws } = this.#socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
    ws.pause();
    return () => ws.resume();
  }

  get isConnected(): boolean {
    return this.#socket?.connected === true;
  }

  /** Whatever the seat sees. */
  get shown(): View {
    if (this.#fault) throw this.#fault;
    if (!this.#view) throw new Error("This seat has not seen the room yet.");
    return this.#view;
  }

  /** What somebody sees who takes part in the interview itself. */
  get view(): TimedView {
    const { shown } = this;
    if (shown.role === "captioner") throw new Error("A captioner sees a view of its own.");
    return shown;
  }

  get captioner(): CaptionerView {
    const { shown } = this;
    if (shown.role !== "captioner") throw new Error(`${shown.role} is no captioner.`);
    return shown;
  }

  get version(): number | null {
    return this.#version;
  }

  get panel(): PanelView {
    const { view } = this;
    if (view.role !== "host" && view.role !== "interviewer") throw new Error(`${view.role} does not score.`);
    return view;
  }

  get host(): HostView {
    const { view } = this;
    if (view.role !== "host") throw new Error(`${view.role} is not the host.`);
    return view;
  }

  get candidate(): CandidateView {
    const { view } = this;
    if (view.role !== "candidate") throw new Error(`${view.role} is not the candidate.`);
    return view;
  }

  get observer(): ObserverView {
    const { view } = this;
    if (view.role !== "observer") throw new Error(`${view.role} is no observer.`);
    return view;
  }

  get seatId(): string {
    return this.shown.you.seatId;
  }

  /** The open ask as the panel sees it. */
  get openAsk(): PanelView["asks"][number] {
    const view = this.view.role === "observer" ? this.observer : this.panel;
    const ask = view.asks.find(({ askId }) => askId === view.openAskId);
    if (!ask) throw new Error("No ask is open.");
    return ask;
  }

  get presence(): Presence {
    return this.presences.at(-1) ?? [];
  }

  /**
   * Sends a command, at once or as the first thing when the connection stands, and waits for its answer; throws `ConnectionLost` when
   * none can come any more.
   */
  send(command: Command, commandId = newId("c")): Promise<Acknowledgement> {
    return this.sendRaw({ commandId, command });
  }

  /** Sends a command that has to be accepted. */
  async must(command: Command, commandId?: string): Promise<void> {
    const answer = await this.send(command, commandId);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.refusal.reason}`);
  }

  /** Sends whatever it is as a command. */
  sendRaw(message: unknown): Promise<Acknowledgement> {
    return this.ask("command", message) as Promise<Acknowledgement>;
  }

  /** Emits an event, and waits for the answer to it. */
  ask(event: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#socket || this.#isOver) return reject(new ConnectionLost("This seat is not connected."));
      this.#unanswered.add(reject);
      this.#socket.emit(event, ...args, (answer: unknown) => {
        this.#unanswered.delete(reject);
        resolve(this.#withoutFrame(answer));
      });
    });
  }

  /** Those in the room's call, as this seat was told last. */
  get callPeers(): readonly CallPeer[] {
    return this.calls.findLast((told) => told.type === "peers")?.peers ?? [];
  }

  /** Emits an event without asking for an answer. */
  emit(event: string, ...args: unknown[]): void {
    this.#socket?.emit(event, ...args);
  }

  /** Sends whatever it is as the text of one packet. */
  sendBytes(text: string): void {
    this.#socket?.io.engine.write(text);
  }

  /**
   * Sends one message of so many bytes piece by piece, as it comes over a line, so that this process stays with its other connections;
   * resolves when the connection has ended, and throws where all of it went out.
   */
  async flood(bytes: number): Promise<void> {
    if (!this.#socket) throw new Error("This seat is not connected.");
    const { ws } = this.#socket.io.engine.transport as unknown as { ws: Pieces };
    const piece = "x".repeat(64 * 1024);
    for (let sent = 0; sent < bytes; sent += piece.length) {
      const failure = await new Promise((taken) => ws.send(piece, { fin: false }, taken));
      if (failure || this.#isOver) return this.waitFor(() => this.#isOver);
    }
    throw new Error(`${bytes} bytes were taken.`);
  }

  /** Ends the connection without a word, as when a cable is pulled. */
  drop(): void {
    this.#socket?.io.engine.close();
  }

  /**
   * The server's time. Answers keep their order with frames, so whatever was sent to this seat before is here when it returns.
   */
  async time(): Promise<number> {
    return Number(await this.ask("time"));
  }

  /** Asks for a whole view, and waits for it. */
  async resync(): Promise<View> {
    const { version } = this;
    this.emit("resync");
    await this.waitFor(() => this.#version !== version && this.frames.at(-1)?.kind === "whole");
    return this.shown;
  }

  /** Waits until the view is as `isReached` wants it. */
  async until(isReached: (view: TimedView) => boolean): Promise<TimedView> {
    await this.waitFor(() => this.#view !== null && isReached(this.view));
    return this.view;
  }

  async untilLost(): Promise<Refusal> {
    await this.waitFor(() => this.lost !== null && !this.isConnected);
    if (!this.lost) throw new Error("The seat is not lost.");
    return this.lost;
  }

  /** Waits until something about this seat is so. */
  waitFor(check: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        reject(new Error(`Waited in vain for ${check}; the view is ${JSON.stringify(this.#view)?.slice(0, 1000)}`));
      }, PATIENCE_MS);
      const waiter: Waiter = {
        check: () => {
          if (!check()) return false;
          clearTimeout(giveUp);
          resolve();
          return true;
        },
        reject: (error) => {
          clearTimeout(giveUp);
          reject(error);
        },
      };
      if (this.#fault) waiter.reject(this.#fault);
      else if (!waiter.check()) this.#waiters.add(waiter);
    });
  }

  /** A request with this seat's token; what comes back counts as received. */
  async fetch(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, ...init.headers };
    const answer = await request(`${this.url}${path}`, { ...init, headers });
    this.received.push(
      `${answer.status}\n${[...answer.headers].map((pair) => pair.join(": ")).join("\n")}`,
      answer.text,
    );
    return answer;
  }

  /** Takes over the frame that an acknowledgement carries; the rest of it is what is asserted on. */
  #withoutFrame(answer: unknown): unknown {
    if (typeof answer !== "object" || answer === null || !("frame" in answer)) return answer;
    const { frame, ...rest } = answer;
    this.#take(frame as Frame);
    return rest;
  }

  #take(raw: Frame): void {
    try {
      const frame = this.#strict ? Frame.parse(raw) : raw;
      this.frames.push(frame);
      const follows = frame.kind === "whole" || frame.from === this.#version;
      if (!follows) throw new Error(`Version ${frame.version} does not follow ${this.#version}.`);
      const next = frame.kind === "whole" ? frame.view : (patch(this.#view, frame.operations) as View);
      this.#view = this.#strict ? View.parse(next) : next;
      this.#version = frame.version;
      this.views.push(this.#view);
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error));
      for (const waiter of this.#waiters) waiter.reject(this.#fault);
      this.#waiters.clear();
    }
    this.#changed();
  }

  #changed(): void {
    for (const waiter of this.#waiters) if (waiter.check()) this.#waiters.delete(waiter);
  }
}

type Transport = "websocket" | "polling";

interface SeatOptions {
  readonly strict?: boolean;
  /** In the order in which they are tried. */
  readonly transports?: readonly Transport[];
  readonly headers?: Record<string, string>;
  /** What the handshake says beside the token. */
  readonly handshake?: object;
}

/** A seat that hangs up when the test is over. */
export function newSeat(url: string, token: string, options: SeatOptions = {}): Seat {
  const seat = new Seat(url, token, options);
  onTestFinished(() => seat.disconnect());
  return seat;
}
