import {
  type CallAnswer,
  type CallMessage,
  type CallTold,
  type CallWay,
  DIRECTLY,
  type IceServer,
} from "@whetstone/shared/call/wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { isTemporary } from "../../refusals.ts";
import type { CallLine } from "../store/call-line.ts";
import type { CallOnPage, Connected, Connections, Seen } from "./connections.ts";
import { DirectConnections } from "./direct.ts";
import { NO_TRACKS, sendingOf, type Tracks } from "./kinds.ts";
import type { LinkState, PeerLinkOptions } from "./peer-link.ts";
import { ServedConnections } from "./through-server.ts";
import { Timers } from "./timers.ts";

/** Somebody in the call as the page shows them. */
export interface CallPerson extends Connected {
  readonly isSpeaking: boolean;
}

export interface CallSnapshot {
  readonly stage: "entering" | "in" | "out";
  /** Why one is out of it, where one did not leave. */
  readonly refusal: Refusal | null;
  readonly people: readonly CallPerson[];
  /** Whether one's own microphone is loud enough to be heard. */
  readonly isSpeaking: boolean;
  readonly way: CallWay["kind"];
  /** How what one sends gets to the media server, where it goes through one. */
  readonly ownState: LinkState | null;
  /** Whether anything helps browsers to reach each other over more than a local network. */
  readonly hasServers: boolean;
}

export interface CallOptions extends Pick<PeerLinkOptions, "connect" | "after"> {
  readonly line: Pick<CallLine, "ask" | "follow" | "isConnected">;
  readonly seatId: string;
  /** This page's name in the call. */
  readonly page: string;
  /** Who of those with these microphones speaks. */
  readonly levels: {
    follow(tracks: ReadonlyMap<string, MediaStreamTrack>): void;
    readonly speaking: readonly string[];
  };
}

type Entered = NonNullable<Extract<CallAnswer, { ok: true }>["entered"]>;

const COUNTED_EVERY_MS = 2_000;
const HEARD_EVERY_MS = 150;
/** After how long the server is asked again that could not answer, in milliseconds. */
const AGAIN_MS = 1_500;

/** One's own microphone among those that are listened to. */
const OWN = "own";
const EMPTY: CallSnapshot = {
  ...{ stage: "entering", refusal: null, people: [], isSpeaking: false, hasServers: true },
  ...{ way: DIRECTLY.kind, ownState: null },
};

/**
 * A room's call on this page: enters it, is connected to everybody in it, and says how that goes. Knows nothing of React, nor of where
 * tracks come from. Its failure touches nothing of the room; the room's connection may break and come back while the call goes on.
 */
export class Call {
  readonly #options: CallOptions;
  readonly #listeners = new Set<() => void>();
  readonly #forget: () => void;
  readonly #timers: Timers;
  /** What its connections follow. */
  readonly #page: { -readonly [Key in keyof CallOnPage]: CallOnPage[Key] };
  #way: CallWay = DIRECTLY;
  #connections: Connections;
  #speaking: readonly string[] = [];
  #snapshot = EMPTY;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#forget = options.line.follow({
      told: (told) => this.#told(told),
      connected: () => this.#enter(),
      disconnected: () => {},
    });
    this.#timers = new Timers(options.after);
    this.#page = {
      connect: options.connect,
      timers: this.#timers,
      seatId: options.seatId,
      page: options.page,
      peerId: "",
      ...{ peers: [], seen: new Map(), maySend: true, tracks: NO_TRACKS, iceServers: [] },
      say: (message) => this.#say(message),
      renew: () => this.#renew(),
      changed: () => this.#update({}),
    };
    this.#connections = new DirectConnections(this.#page);
    this.#timers.every(COUNTED_EVERY_MS, () => this.#connections.count());
    this.#timers.every(HEARD_EVERY_MS, () => this.#listen());
    this.#enter();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): CallSnapshot => this.#snapshot;

  /** Whom this seat sees in the room now. Whoever it sees no more is connected no more, at once. */
  see(seen: Seen, maySend: boolean): void {
    Object.assign(this.#page, { seen, maySend });
    this.#follow();
  }

  /** Sends these tracks from now on; none of a kind where it is null. */
  setTracks(tracks: Tracks): void {
    const before = JSON.stringify(sendingOf(this.#page.tracks));
    this.#page.tracks = tracks;
    this.#connections.tracksChanged();
    const sending = sendingOf(tracks);
    if (this.#snapshot.stage === "in" && JSON.stringify(sending) !== before) this.#say({ type: "send", sending });
    this.#update({});
  }

  /** The network is back or another one: a way to everybody is looked for anew. */
  networkChanged(): void {
    this.#connections.restart();
  }

  /** Leaves the call. Whoever gave the tracks stops them. */
  leave(): void {
    if (this.#snapshot.stage === "out") return;
    this.#say({ type: "leave" });
    this.#end(null);
  }

  #say(message: CallMessage): void {
    this.#options.line.ask(message);
  }

  #enter(): void {
    const { line, page } = this.#options;
    if (this.#snapshot.stage === "out" || !line.isConnected) return;
    line.ask({ type: "enter", page, sending: sendingOf(this.#page.tracks) }, (answer) => this.#entered(answer));
  }

  #entered(answer: CallAnswer | null): void {
    if (this.#snapshot.stage === "out") return;
    if (!answer || (!answer.ok && isTemporary(answer.refusal.reason))) {
      this.#timers.after(AGAIN_MS, () => this.#enter());
      return;
    }
    if (!answer.ok) this.#end(answer.refusal);
    else if (answer.entered) this.#begin(answer.entered);
  }

  #begin({ peerId, way, peers, iceServers }: Entered): void {
    const isAsBefore = peerId === this.#page.peerId;
    Object.assign(this.#page, { peerId, peers, iceServers });
    this.#goes(way);
    this.#connections.entered(isAsBefore);
    this.#update({ stage: "in", hasServers: iceServers.length > 0 });
    this.#follow();
    // It may have changed while the answer was under way.
    this.#say({ type: "send", sending: sendingOf(this.#page.tracks) });
  }

  #told(told: CallTold): void {
    if (this.#snapshot.stage !== "in") return;
    switch (told.type) {
      case "peers":
        this.#page.peers = told.peers;
        this.#follow();
        break;
      case "moved":
        this.#goes(told.way);
        this.#follow();
        break;
      case "signal":
      case "media":
      case "cut":
        this.#connections.told(told);
        break;
      case "out":
        this.#end(told.refusal);
        break;
      default:
        told satisfies never;
    }
  }

  /** The call goes this way from now on. Of another one nothing is kept. */
  #goes(way: CallWay): void {
    if (JSON.stringify(way) === JSON.stringify(this.#way)) return;
    this.#way = way;
    this.#connections.close();
    this.#connections =
      way.kind === "direct"
        ? new DirectConnections(this.#page)
        : new ServedConnections(this.#page, way.kind === "media");
  }

  #follow(): void {
    if (this.#snapshot.stage === "in") this.#connections.follow();
    this.#update({});
  }

  #renew(): Promise<readonly IceServer[] | null> {
    return new Promise((resolve) => {
      this.#options.line.ask({ type: "renew" }, (answer) => {
        if (answer?.ok && answer.iceServers) this.#page.iceServers = answer.iceServers;
        resolve(answer?.ok ? (answer.iceServers ?? null) : null);
      });
    });
  }

  #listen(): void {
    const { levels } = this.#options;
    const tracks = new Map<string, MediaStreamTrack>();
    if (this.#page.tracks.microphone) tracks.set(OWN, this.#page.tracks.microphone);
    for (const { seatId, received, sending, state } of this.#connections.people) {
      if (received.microphone && sending.microphone && state === "connected") tracks.set(seatId, received.microphone);
    }
    levels.follow(tracks);
    const { speaking } = levels;
    if (speaking.join() === this.#speaking.join()) return;
    this.#speaking = speaking;
    this.#update({});
  }

  #end(refusal: Refusal | null): void {
    this.#forget();
    this.#timers.end();
    this.#connections.close();
    this.#options.levels.follow(new Map());
    this.#update({ stage: "out", refusal });
  }

  #update(change: Partial<CallSnapshot>): void {
    const { people: connected, ownState } = this.#connections;
    const people = connected.map((person) => ({ ...person, isSpeaking: this.#speaking.includes(person.seatId) }));
    const isSpeaking = this.#speaking.includes(OWN);
    this.#snapshot = { ...this.#snapshot, people, isSpeaking, way: this.#way.kind, ownState, ...change };
    for (const listener of this.#listeners) listener();
  }
}
