import { ClientRequest } from "node:http";
import type { Command } from "@whetstone/shared/room/command";
import { Envelope } from "@whetstone/shared/room/command";
import type { View } from "@whetstone/shared/room/view/view";
import type { Acknowledgement } from "@whetstone/shared/wire";
import { onTestFinished, vi } from "vitest";
import { Ways } from "../../client/src/browser/ways.ts";
import { openSocket } from "../../client/src/room/store/socket.ts";
import { type RoomSnapshot, RoomStore } from "../../client/src/room/store/store.ts";
import { MemoryStorage } from "../client/fakes.ts";
import { newId } from "./seats.ts";

/** How long is waited for something that has to come, in milliseconds; only so that a failure says what was missing. */
const PATIENCE_MS = 90_000;

export interface PageOptions {
  readonly roomId: string;
  readonly token: string;
  /** Told of each acknowledgement. */
  readonly onAcknowledged?: () => void;
  /** How the page asks the server by HTTP. */
  readonly fetch?: typeof fetch;
}

/**
 * What stands in for a browser's requests in Node (xmlhttprequest-ssl) throws where the line of a request breaks that it has given up. In a
 * browser that is nobody's error, and so it is here.
 */
const { abort } = ClientRequest.prototype;
ClientRequest.prototype.abort = function (this: ClientRequest) {
  this.removeAllListeners("error").on("error", () => undefined);
  abort.call(this);
};

const fetchAnywhere = globalThis.fetch;
/** As a page has it, which asks the server that it came from: several pages of one test come from one server. */
const fromPage: typeof fetch = (input, init) =>
  fetchAnywhere(
    typeof input === "string" && input.startsWith("/") ? `${location.protocol}//${location.host}${input}` : input,
    init,
  );

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

/**
 * A seat's page without a screen: the client's own store over its own socket, which come back and send again by themselves. What was
 * acknowledged is read off the line.
 */
export class Page {
  readonly store: RoomStore;
  readonly token: string;
  /** What the server has acknowledged, in that order; what was acknowledged again is there again. */
  readonly acknowledged: Envelope[] = [];
  readonly refused: { readonly envelope: Envelope; readonly answer: Acknowledgement }[] = [];
  /** How often the connection was opened. */
  opened = 0;
  readonly #asked = new Map<string, Envelope>();
  readonly #onAcknowledged: () => void;

  /** `url` is where the page came from. */
  constructor(url: string, { roomId, token, onAcknowledged = () => undefined, fetch = fromPage }: PageOptions) {
    this.token = token;
    this.#onAcknowledged = onAcknowledged;
    const { protocol, hostname, host, port } = new URL(url);
    vi.stubGlobal("location", { protocol, hostname, host, port });
    vi.stubGlobal("fetch", fetch);
    const socket = openSocket(token, new Ways({ storage: new MemoryStorage(), steady: () => performance.now() }));
    socket.on("connect", () => {
      this.opened += 1;
    });
    socket.io.on("open", () => {
      this.#asked.clear();
      const { engine } = socket.io;
      engine.on("packetCreate", (packet: Packet) => this.#wrote(packet));
      engine.on("packet", (packet: Packet) => this.#read(packet));
    });
    this.store = new RoomStore({
      roomId,
      connect: () => socket,
      storage: new MemoryStorage(),
      now: () => performance.timeOrigin + performance.now(),
      random: Math.random,
      newId: (prefix) => newId(prefix === "c" ? "c" : "n"),
    });
  }

  get snapshot(): RoomSnapshot {
    return this.store.getSnapshot();
  }

  get view(): View {
    const { view } = this.snapshot;
    if (!view) throw new Error("This page has not seen the room yet.");
    return view;
  }

  get isSaved(): boolean {
    return this.snapshot.connection === "connected" && this.snapshot.unsaved === 0;
  }

  readonly send = (command: Command): void => this.store.send(command);

  /** Waits until something about this page is so. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(giveUp);
        leave();
      };
      const look = () => {
        if (!check()) return;
        done();
        resolve();
      };
      const leave = this.store.subscribe(look);
      const giveUp = setTimeout(() => {
        done();
        reject(new Error(`Waited in vain for ${check}; the page is ${JSON.stringify(this.snapshot).slice(0, 1000)}`));
      }, PATIENCE_MS);
      look();
    });
  }

  close(): void {
    this.store.close();
  }

  #wrote({ data }: Packet): void {
    const [, id, body] = /^2(\d+)(\["command",.*)$/s.exec(typeof data === "string" ? data : "") ?? [];
    if (id === undefined || body === undefined) return;
    this.#asked.set(id, Envelope.parse(JSON.parse(body)[1]));
  }

  #read({ data }: Packet): void {
    const [, id, body] = /^3(\d+)(\[.*)$/s.exec(typeof data === "string" ? data : "") ?? [];
    const envelope = this.#asked.get(id ?? "");
    if (id === undefined || body === undefined || !envelope) return;
    this.#asked.delete(id);
    const answer = JSON.parse(body)[0] as Acknowledgement;
    if (!answer.ok) return void this.refused.push({ envelope, answer });
    this.acknowledged.push(envelope);
    this.#onAcknowledged();
  }
}

/** A page that is closed when the test is over, once it shows the room. */
export async function openPage(url: string, options: PageOptions): Promise<Page> {
  const page = new Page(url, options);
  onTestFinished(() => {
    page.close();
    vi.unstubAllGlobals();
  });
  await page.until(() => page.snapshot.view !== null);
  return page;
}
