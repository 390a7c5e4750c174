import type { Socket } from "socket.io";

/** How far a receiver may fall behind. */
export interface BacklogLimits {
  /** Bytes that may be unread at once. */
  readonly most: number;
  /** Bytes that may stay unread for `patienceMs` milliseconds. */
  readonly much: number;
  readonly patienceMs: number;
}

const MIB = 1024 * 1024;
export const BACKLOG_LIMITS: BacklogLimits = { most: 8 * MIB, much: MIB, patienceMs: 10_000 };

/** What little is unread does not count as falling behind: it is on its way. */
const LITTLE = 64 * 1024;

/**
 * What one connection was given and has not read. A receiver that falls too far behind is dropped, so that what waits for it takes no memory
 * from the others; it comes back by itself, and gets the latest view instead of all that it missed.
 */
export class Backlog {
  readonly #connection: Socket["conn"];
  readonly #limits: BacklogLimits;
  readonly #drop: () => void;
  /** Bytes that wait to be handed to the transport, and those that it has and has not sent. */
  #waiting = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | null = null;
  #isDropped = false;
  #onRead: (() => void) | null = null;

  constructor(socket: Socket, limits: BacklogLimits) {
    const { conn } = socket;
    this.#connection = conn;
    this.#limits = limits;
    this.#drop = () => {
      if (this.#isDropped) return;
      this.#isDropped = true;
      // What waits for somebody who polls goes when they are told to come no more; a WebSocket would keep it until its goodbye is read.
      if (this.#line) this.#line.destroy();
      else socket.disconnect(true);
    };
    conn.on("packetCreate", ({ data }: { data?: unknown }) => {
      this.judge();
      this.#waiting += typeof data === "string" ? data.length : 0;
    });
    conn.on("flush", () => {
      this.#underWay += this.#waiting;
      this.#waiting = 0;
      this.judge();
    });
    conn.on("close", (reason: string) => {
      this.#stopTimer();
      // Whoever answers no ping reads no goodbye either, and its line would be kept for half a minute for it.
      if (reason === "ping timeout") this.#line?.destroy();
    });
    conn.on("upgrade", () => this.#follow());
    this.#follow();
  }

  /** In bytes, as far as they are known; letters of several bytes count as one. */
  get unread(): number {
    return this.#waiting + Math.max(this.#underWay, this.#line?.writableLength ?? 0);
  }

  /** Calls back once that nearly everything is read that was sent so far. Of several who wait, only the last is called. */
  whenRead(callBack: () => void): void {
    if (this.unread < LITTLE) callBack();
    else this.#onRead = callBack;
  }

  /** Drops the connection where it is too far behind, or will be if it stays so. To be called when more is sent past Socket.IO. */
  judge(): void {
    const { most, much, patienceMs } = this.#limits;
    const { unread } = this;
    if (unread > most) this.#drop();
    else if (unread > much) this.#timer ??= setTimeout(this.#drop, patienceMs).unref();
  }

  /** The connection under a WebSocket. */
  get #line() {
    const { transport, request } = this.#connection;
    return transport.name === "websocket" ? request.socket : null;
  }

  #follow(): void {
    this.#underWay = 0;
    // Before Socket.IO hears it and hands the next over: a WebSocket has written what it had, or somebody who polls has come for more.
    this.#connection.transport.prependListener("ready", () => {
      this.#underWay = 0;
      this.#hasRead();
    });
    this.#line?.on("drain", () => this.#hasRead());
  }

  #hasRead(): void {
    if (this.unread <= this.#limits.much) this.#stopTimer();
    if (this.unread >= LITTLE) return;
    const callBack = this.#onRead;
    this.#onRead = null;
    callBack?.();
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
