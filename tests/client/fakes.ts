import type { Envelope } from "@whetstone/shared/room/command";
import type { Refusal } from "@whetstone/shared/room/refusal";
import type { View } from "@whetstone/shared/room/view/view";
import type { Acknowledgement, Frame } from "@whetstone/shared/wire";
import { vi } from "vitest";
import type { RoomSocket } from "../../client/src/room/store/socket.ts";
import { type RoomSnapshot, RoomStore } from "../../client/src/room/store/store.ts";

/** A browser's storage without a browser. */
export class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  clear(): void {
    this.#items.clear();
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}

type Handler = (...args: unknown[]) => void;
type Settle = (failed: Error | null, answer?: Acknowledgement) => void;

/** A command that was emitted and not answered yet. */
interface Emitted {
  readonly envelope: Envelope;
  readonly settle: Settle;
}

/**
 * The client's end of a connection, moved by hand: nothing arrives and nothing is answered unless a test says so. Like Socket.IO's, it
 * fails what is unanswered after its time or when the connection ends, after telling of the end.
 */
export class FakeSocket {
  /** Everything that was ever emitted as a command, in order. */
  readonly sent: Envelope[] = [];
  unanswered: Emitted[] = [];
  readonly timeAnswers: ((now: number) => void)[] = [];
  resyncs = 0;
  connects = 0;
  connected = false;
  /** Whether it comes back by itself. */
  active = true;
  readonly io: { engine: { close: () => void } | undefined; on: () => void } = {
    engine: { close: () => this.drop() },
    on: () => {},
  };
  readonly #handlers = new Map<string, Handler[]>();

  on(event: string, handler: Handler): this {
    this.#handlers.set(event, [...(this.#handlers.get(event) ?? []), handler]);
    return this;
  }

  emit(event: string, ...args: unknown[]): this {
    if (event === "resync") this.resyncs += 1;
    if (event === "time") this.timeAnswers.push(args[0] as (now: number) => void);
    return this;
  }

  timeout(ms: number): { emit: (event: string, envelope: Envelope, settle: Settle) => void } {
    return {
      emit: (event, envelope, settle) => {
        if (event !== "command") throw new Error(`Nobody answers ${event}.`);
        this.sent.push(structuredClone(envelope));
        const timer = setTimeout(() => {
          this.unanswered = this.unanswered.filter((other) => other !== emitted);
          settle(new Error("operation has timed out"));
        }, ms);
        const emitted: Emitted = {
          envelope,
          settle: (failed, answer) => {
            clearTimeout(timer);
            settle(failed, answer);
          },
        };
        this.unanswered.push(emitted);
      },
    };
  }

  connect(): this {
    this.connects += 1;
    return this;
  }

  disconnect(): this {
    if (this.connected) this.drop("io client disconnect");
    return this;
  }

  fire(event: string, ...args: unknown[]): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(...args);
  }

  /** The connection stands, and the server sends the first whole view. */
  open(view: View, version = 1): void {
    this.connected = true;
    this.fire("connect");
    this.frame({ kind: "whole", version, view });
  }

  frame(frame: Frame): void {
    this.fire("frame", structuredClone(frame));
  }

  drop(reason = "transport close"): void {
    this.connected = false;
    const { unanswered } = this;
    this.unanswered = [];
    this.fire("disconnect", reason);
    for (const { settle } of unanswered) settle(new Error("socket has been disconnected"));
  }

  lose(refusal: Refusal): void {
    this.fire("seatLost", refusal);
  }

  /** Answers the command that has waited longest. */
  acknowledge(answer: Acknowledgement = { ok: true }): void {
    const [first, ...others] = this.unanswered;
    if (!first) throw new Error("Nothing waits for an answer.");
    this.unanswered = others;
    first.settle(null, answer);
  }

  get last(): Envelope {
    const envelope = this.sent.at(-1);
    if (!envelope) throw new Error("Nothing was sent.");
    return envelope;
  }
}

export const ROOM_ID = "r_000000000001";

/** A store over a fake socket. Its clock is vitest's, so a test that advances timers also moves the store's time. */
export function newStore(storage: Storage = new MemoryStorage(), idPrefix = "first", first: View | null = null) {
  const socket = new FakeSocket();
  let count = 0;
  const store = new RoomStore({
    roomId: ROOM_ID,
    connect: () => socket as unknown as RoomSocket,
    first,
    storage,
    now: Date.now,
    random: () => 0,
    newId: (prefix) => {
      count += 1;
      return `${prefix}_${idPrefix}${String(count).padStart(12, "0")}`;
    },
  });
  const snapshot = (): RoomSnapshot => store.getSnapshot();
  return { store, socket, storage, snapshot };
}

export const advance = (ms: number): unknown => vi.advanceTimersByTime(ms);
