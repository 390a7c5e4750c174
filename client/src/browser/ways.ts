import type { KeyStorage } from "./storage.ts";

/**
 * Which way a tab takes to the server. A WebSocket is the better one, and there are proxies that let it be opened and then swallow what
 * goes through it, at once or after a while. So what carried an answer is remembered, and what carried none is not waited for again.
 */

export type Transport = "websocket" | "polling";

/** A WebSocket first; long polls first, and a WebSocket beside them; long polls alone, as even one that answered fell silent. */
const LEVELS = ["websocket", "polling", "plain"] as const;
type Level = (typeof LEVELS)[number];

export interface Way {
  /** What is tried, in this order. */
  readonly transports: readonly Transport[];
  /** Whether a WebSocket is tried beside long polls, which stay until it carries an answer. */
  readonly upgrade: boolean;
  /** How long the way may take to open, in milliseconds. */
  readonly patienceMs: number;
}

export interface WaysOptions {
  readonly storage: KeyStorage;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
}

const KEY = "whetstone.way";
/** Short, as nothing is shown until one way is open, and another is tried then. */
const FIRST_PATIENCE_MS = 5_000;
const PATIENCE_MS = 6_000;
/** After so long what fell silent is given another chance. */
const PLAIN_MS = 10 * 60_000;
/** So often within this time a WebSocket may fall silent of which nobody knows why. */
const SILENCES = { most: 3, withinMs: 3 * 60_000 };

export class Ways {
  readonly #options: WaysOptions;
  #level: Level;
  #plainUntil = 0;
  /** When WebSockets that had answered fell silent. */
  #silences: readonly number[] = [];
  /** Ways that failed one after the other. */
  #failed = 0;
  /** Whether the one that is open has carried an answer. */
  #holds = false;

  constructor(options: WaysOptions) {
    this.#options = options;
    const kept = options.storage.getItem(KEY);
    this.#level = LEVELS.find((level) => level === kept) ?? "websocket";
    this.#plainUntil = options.steady() + PLAIN_MS;
  }

  /** What to try next. */
  next(): Way {
    if (this.#level === "plain" && this.#options.steady() >= this.#plainUntil) this.#take("polling");
    return {
      transports: this.#level === "websocket" ? ["websocket", "polling"] : ["polling", "websocket"],
      upgrade: this.#level !== "plain",
      patienceMs: this.#failed === 0 ? FIRST_PATIENCE_MS : PATIENCE_MS,
    };
  }

  /** A way is open, and has shown nothing yet. */
  opened(): void {
    this.#holds = false;
  }

  /** An answer came by it. */
  answered(by: Transport): void {
    this.#holds = true;
    this.#failed = 0;
    if (by === "websocket") this.#take("websocket");
    else if (this.#level === "websocket") this.#take("polling");
  }

  /** No answer came by it in time. */
  silent(by: Transport): void {
    this.#failed += 1;
    const held = this.#holds;
    this.#holds = false;
    if (by === "polling") {
      // Both are tried in turn, as it may well be the server that is not reached.
      if (!held) this.#take("websocket");
    } else if (!held) this.#take(this.#level === "websocket" ? "polling" : "plain");
    else if (this.#isTooOften()) this.#take("plain");
  }

  /** The network is another one, which may let through what the last one did not. */
  changed(): void {
    this.#failed = 0;
    this.#silences = [];
    if (this.#level === "plain") this.#take("polling");
  }

  #isTooOften(): boolean {
    const now = this.#options.steady();
    this.#silences = [...this.#silences.filter((at) => now - at < SILENCES.withinMs), now];
    return this.#silences.length >= SILENCES.most;
  }

  #take(level: Level): void {
    if (level === "plain") this.#plainUntil = this.#options.steady() + PLAIN_MS;
    if (level === this.#level) return;
    this.#level = level;
    const { storage } = this.#options;
    if (level === "websocket") storage.removeItem(KEY);
    else storage.setItem(KEY, level);
  }
}
