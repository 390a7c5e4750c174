import type { RoomSocket } from "./socket.ts";

const SAMPLES = 5;
const BURST_MS = 150;
const EVERY_MS = 20_000;

/** What is between the two clocks, and how long it took to ask, in milliseconds. */
interface Sample {
  readonly offset: number;
  readonly trip: number;
}

/** How far two clocks may drift apart between samples, in milliseconds. */
const DRIFT_MS = 250;

/** Whether both can be true of the same two clocks; else one of these was set, or stood still while the computer slept. */
const agrees = (one: Sample, other: Sample): boolean =>
  Math.abs(one.offset - other.offset) <= (one.trip + other.trip) / 2 + DRIFT_MS;

/**
 * The server's clock as seen from here. Each sample asks for the server's time and assumes that it was read half-way through the
 * round trip (D. L. Mills, RFC 5905, section 8); of the last few samples the one with the shortest trip counts.
 */
export class ServerClock {
  readonly #socket: RoomSocket;
  readonly #localNow: () => number;
  #samples: readonly Sample[] = [];
  #isNew = true;
  /** The sample that is under way. */
  #asking: object | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: RoomSocket, localNow: () => number) {
    this.#socket = socket;
    this.#localNow = localNow;
    socket.on("connect", () => {
      this.#isNew = true;
      this.#sample();
    });
    socket.on("clockSet", (serverNow) => {
      // What was measured before is of another time; how long this was under way is not known, so that any sample is better.
      this.#samples = [{ offset: serverNow - this.#localNow(), trip: Number.POSITIVE_INFINITY }];
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
    const [first, ...others] = this.#samples;
    const best = others.reduce<Sample | undefined>((a, b) => (a && b.trip >= a.trip ? a : b), first);
    return this.#localNow() + (best?.offset ?? 0);
  }

  /** This computer slept or its clock was set: what is said next counts alone. Until then nothing better is known than what was. */
  relearn(): void {
    if (!this.#socket.connected) return;
    this.#isNew = true;
    this.#sample();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #sample(): void {
    clearTimeout(this.#timer);
    const asked = this.#localNow();
    const asking = {};
    this.#asking = asking;
    this.#socket.emit("time", (serverNow) => {
      if (this.#asking !== asking) return;
      const answered = this.#localNow();
      const trip = answered - asked;
      // What an earlier connection said holds until this one says something.
      const sample = { offset: serverNow - (asked + trip / 2), trip };
      const known = this.#isNew ? [] : this.#samples.filter((other) => agrees(other, sample));
      this.#isNew = false;
      this.#samples = [...known, sample].slice(-SAMPLES);
      const wait = this.#samples.length < SAMPLES ? BURST_MS : EVERY_MS;
      this.#timer = setTimeout(() => this.#sample(), wait);
    });
  }
}
