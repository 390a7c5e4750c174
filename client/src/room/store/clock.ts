import type { RoomSocket } from "./socket.ts";

const SAMPLES = 5;
const BURST_MS = 150;
const EVERY_MS = 20_000;

/**
 * The server's clock as seen from here. Each sample asks for the server's time and assumes that it was read half-way through the
 * round trip (D. L. Mills, RFC 5905, section 8); of the last few samples the one with the shortest trip counts.
 */
export class ServerClock {
  readonly #socket: RoomSocket;
  readonly #localNow: () => number;
  #samples: { offset: number; trip: number }[] = [];
  #isNew = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: RoomSocket, localNow: () => number) {
    this.#socket = socket;
    this.#localNow = localNow;
    socket.on("connect", () => {
      this.#isNew = true;
      this.#sample();
    });
    socket.on("disconnect", () => this.stop());
  }

  /** Whether the server has said its time yet. */
  get isKnown(): boolean {
    return this.#samples.length > 0;
  }

  /** The server's time in milliseconds since 1970. */
  now(): number {
    const best = this.#samples.reduce((a, b) => (b.trip < a.trip ? b : a), {
      offset: 0,
      trip: Number.POSITIVE_INFINITY,
    });
    return this.#localNow() + best.offset;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #sample(): void {
    clearTimeout(this.#timer);
    const asked = this.#localNow();
    this.#socket.emit("time", (serverNow) => {
      const answered = this.#localNow();
      const trip = answered - asked;
      // What an earlier connection said holds until this one says something.
      const known = this.#isNew ? [] : this.#samples;
      this.#isNew = false;
      this.#samples = [...known, { offset: serverNow - (asked + trip / 2), trip }].slice(-SAMPLES);
      const wait = this.#samples.length < SAMPLES ? BURST_MS : EVERY_MS;
      this.#timer = setTimeout(() => this.#sample(), wait);
    });
  }
}
