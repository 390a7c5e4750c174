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
  /** How long it may take until the other end has taken the socket, in milliseconds, where nothing is known of the network. */
  readonly patienceMs: number;
  /** How much longer it may take once the server has answered by HTTP. */
  readonly graceMs: number;
  /** Whether the last one fell silent and nothing was heard of the server, or only by HTTP. */
  readonly isInDoubt: boolean;
}

export interface WaysOptions {
  readonly storage: KeyStorage;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
}

const KEY = "whetstone.way";
const PATIENCE_MS = 5_000;
/** After so many attempts on which nobody answered by any way the line may be one on which everything takes long. */
const DARK = { attempts: 3, patienceMs: 10_000 };
/** Doubled each time that one was given up though the server was known to be there: it may have been too slow. */
const GRACE_MS = 1_000;
const MOST_GRACE_MS = 8_000;
/** After so long what fell silent is given another chance. */
const PLAIN_MS = 10 * 60_000;
/**
 * After so many silences within so long, each of which nobody knows why, WebSockets are left alone. Of one that carries the first of what
 * goes through it and then swallows the rest two tell enough: each costs some seconds in which nothing comes.
 */
const SILENCES = [
  { many: 2, withinMs: 30_000 },
  { many: 3, withinMs: 3 * 60_000 },
] as const;
const LONGEST_SILENCES_MS = Math.max(...SILENCES.map(({ withinMs }) => withinMs));

export class Ways {
  readonly #options: WaysOptions;
  #level: Level;
  #plainUntil = 0;
  /** When WebSockets fell silent. */
  #silences: readonly number[] = [];
  /** Whether the server has answered by HTTP since the last silence, and whether it had before that. */
  #isReached = false;
  #wasReached = false;
  /** How often in turn nothing came by any way, and how often nothing came though the server was known to be there. */
  #dark = 0;
  #slow = 0;
  /** Whether one is open, and whether it has carried an answer. */
  #isOpen = false;
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
    // Where nobody answers by HTTP no poll will be answered, and a WebSocket has a line of its own. But it may be only the question that
    // is answered to nobody: so in turn.
    const isInTurn = this.#dark > 1 && this.#level !== "plain" && this.#dark % 2 === 0;
    const isWebSocket = (this.#level === "websocket") !== isInTurn;
    const graceMs = Math.min(MOST_GRACE_MS, GRACE_MS * 2 ** this.#slow);
    const leastMs = this.#dark >= DARK.attempts ? DARK.patienceMs : PATIENCE_MS;
    return {
      transports: isWebSocket ? ["websocket", "polling"] : ["polling", "websocket"],
      upgrade: this.#level !== "plain",
      patienceMs: leastMs + graceMs - GRACE_MS,
      graceMs,
      isInDoubt: this.#dark > 0 || this.#isReached,
    };
  }

  /** A way is open, and has shown nothing yet. */
  opened(): void {
    this.#isOpen = true;
    this.#holds = false;
  }

  /** An answer came by it. */
  answered(by: Transport): void {
    this.#holds = true;
    this.#forget();
    if (by === "websocket") this.#take("websocket");
    else if (this.#level === "websocket") this.#take("polling");
  }

  /** The server has answered by HTTP, on a line of its own. */
  reached(): void {
    this.#isReached = true;
    this.#dark = 0;
  }

  /** No answer came by it in time. Where none came by HTTP either, it is the network, and says nothing of the way. */
  silent(by: Transport): void {
    const [held, wasOpen] = [this.#holds, this.#isOpen];
    const [isReached, wasReached] = [this.#isReached, this.#wasReached];
    this.#holds = false;
    this.#isOpen = false;
    this.#isReached = false;
    this.#wasReached = isReached;
    if (!isReached) {
      this.#dark += 1;
      return;
    }
    if (wasReached) this.#slow += 1;
    if (by === "polling") {
      // One that was begun before the server was there may have been lost for that.
      if (!held && wasReached) this.#take("websocket");
      return;
    }
    this.#silences = [...this.#recent(LONGEST_SILENCES_MS), this.#options.steady()];
    if (held ? this.#isTooOften() : wasOpen && this.#level !== "websocket") this.#take("plain");
    // Polls come through wherever the server was just reached, and a WebSocket takes their place once it carries an answer.
    else if (this.#level === "websocket") this.#take("polling");
  }

  /** The network is another one, which may let through what the last one did not. */
  changed(): void {
    this.#forget();
    this.#silences = [];
    if (this.#level === "plain") this.#take("polling");
  }

  #forget(): void {
    this.#isReached = false;
    this.#wasReached = false;
    this.#dark = 0;
    this.#slow = 0;
  }

  #isTooOften(): boolean {
    return SILENCES.some(({ many, withinMs }) => this.#recent(withinMs).length >= many);
  }

  #recent(withinMs: number): readonly number[] {
    const now = this.#options.steady();
    return this.#silences.filter((at) => now - at < withinMs);
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
