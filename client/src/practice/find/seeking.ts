import type { Rest } from "@whetstone/shared/practice/matching/commands";
import type { SeekerView } from "@whetstone/shared/practice/matching/view";
import type { Wishes } from "@whetstone/shared/practice/matching/wishes";
import type {
  PracticeAnswer,
  PracticeClientEvents,
  PracticeCommand,
  PracticeServerEvents,
} from "@whetstone/shared/practice/wire";
import { io, type Socket } from "socket.io-client";
import { findWay, followNetwork, RECONNECTING } from "../../browser/network.ts";
import { seekerSecret } from "../../browser/practice-partners.ts";

/** Looking for a partner, without a screen: the socket, what the queue shows this browser, and coming back to it. */

type PracticeSocket = Socket<PracticeServerEvents, PracticeClientEvents>;

/** Who looks, and for what. */
export interface Search {
  readonly name: string;
  readonly wishes: Wishes;
  readonly rest?: Rest;
}

/** What a page shows of it. */
export interface Seeking {
  /** Null until the queue has shown itself. */
  readonly view: SeekerView | null;
  readonly isConnected: boolean;
  /** Why this page is shut out, until it is loaded anew. */
  readonly lost: string | null;
  /** Why one looks no more, though one did not leave: an offer went unanswered, or the hours are over. */
  readonly ended: "missed" | "over" | null;
  /** Why one could not be let in again where one had been forgotten, in a sentence. */
  readonly problem: string | null;
  /** The offer that was accepted on this page, so that of several tabs one goes to the room. */
  readonly acceptedHere: boolean;
}

export interface SeekingOptions {
  readonly connect: () => PracticeSocket;
  /** Milliseconds of a clock that nobody sets. */
  readonly steady: () => number;
}

/** How long an answer is waited for, in milliseconds. */
const ANSWER_MS = 10_000;
const NO_ANSWER = "The server does not answer. Try again; this page comes back by itself.";

export class Seeker {
  readonly #socket: PracticeSocket;
  readonly #steady: () => number;
  readonly #unfollow: () => void;
  readonly #listeners = new Set<() => void>();
  #state: Seeking = { view: null, isConnected: false, lost: null, ended: null, problem: null, acceptedHere: false };
  /** What is looked for, as long as this page means to. */
  #search: Search | null = null;
  #isFirstView = true;
  #serverNow = { at: 0, heard: 0 };

  constructor({ connect, steady }: SeekingOptions) {
    this.#steady = steady;
    this.#socket = connect();
    this.#unfollow = followNetwork(this.#socket, { onJump: () => this.#relearnTime() });
    this.#socket.on("connect", () => {
      this.#isFirstView = true;
      this.#change({ isConnected: true });
    });
    this.#socket.on("disconnect", () => this.#change({ isConnected: false }));
    this.#socket.on("lost", ({ sentence }) => this.#change({ lost: sentence }));
    this.#socket.on("view", (view, at) => this.#shown(view, at));
  }

  readonly state = (): Seeking => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server's time, in milliseconds since 1970, as it was told with the last view. */
  readonly serverNow = (): number => this.#serverNow.at + this.#steady() - this.#serverNow.heard;

  /** Begins to look; gives why not, in a sentence, or null. */
  async enter(search: Search): Promise<string | null> {
    this.#search = search;
    this.#change({ ended: null, problem: null, acceptedHere: false });
    const refused = await this.tell({ type: "enter", ...search });
    if (refused !== null) this.#search = null;
    return refused;
  }

  async leave(): Promise<string | null> {
    this.#search = null;
    return this.tell({ type: "leave" });
  }

  async accept(offerId: string): Promise<string | null> {
    this.#change({ acceptedHere: true });
    return this.tell({ type: "accept", offerId });
  }

  /** Tells the queue something; gives why it was not done, in a sentence, or null. */
  tell(command: PracticeCommand): Promise<string | null> {
    return tell(this.#socket, command);
  }

  close(): void {
    this.#unfollow();
    this.#socket.disconnect();
  }

  /** This computer slept or its clock was set. */
  #relearnTime(): void {
    if (!this.#state.isConnected) return;
    this.#socket.emit("time", (at) => {
      this.#serverNow = { at, heard: this.#steady() };
    });
  }

  #shown(view: SeekerView, at: number): void {
    const before = this.#state.view;
    const isFirst = this.#isFirstView;
    this.#isFirstView = false;
    this.#serverNow = { at, heard: this.#steady() };
    if (view.kind === "paired") this.#search = null;
    if (view.kind !== "out" || this.#search === null || before === null) {
      const isBack = view.kind === "waiting" && before?.kind === "offered";
      this.#change(isBack ? { view, acceptedHere: false } : { view });
      return;
    }
    // A server that was started anew, or that waited long for this line, has forgotten whoever still looks.
    const isMissed = before.kind === "offered" && !this.#state.acceptedHere && this.serverNow() >= before.endsAt;
    if (isFirst && !isMissed) {
      this.#change({ view });
      void this.#comeBack(this.#search);
    } else if (before.kind === "out") {
      this.#change({ view });
    } else {
      this.#search = null;
      this.#change({ view, ended: before.kind === "offered" ? "missed" : "over", acceptedHere: false });
    }
  }

  async #comeBack(search: Search): Promise<void> {
    const problem = await this.enter(search);
    if (problem !== null) this.#change({ problem });
  }

  #change(change: Partial<Seeking>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The queue's socket, which comes back by itself. */
export const openQueue = (browser: string): PracticeSocket =>
  // On a line of its own, as a room that is open beside it has one with limits of its own.
  findWay(io("/practice", { auth: { browser }, forceNew: true, ...RECONNECTING }));

/** Tells the queue one thing, from a page that does not look for anybody. */
export async function tellQueue(command: PracticeCommand): Promise<string | null> {
  const socket = openQueue(seekerSecret());
  const refused = await tell(socket, command);
  socket.disconnect();
  return refused;
}

async function tell(socket: PracticeSocket, command: PracticeCommand): Promise<string | null> {
  try {
    const answer: PracticeAnswer = await socket.timeout(ANSWER_MS).emitWithAck("command", command);
    return answer.ok ? null : answer.refusal.sentence;
  } catch {
    return NO_ANSWER;
  }
}
