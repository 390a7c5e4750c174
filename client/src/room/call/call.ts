import type { CallAnswer, CallMessage, CallPeer, CallTold, IceServer } from "@whetstone/shared/call/wire";
import type { Refusal } from "@whetstone/shared/room/refusal";
import { isTemporary } from "../../refusals.ts";
import type { CallLine } from "../store/call-line.ts";
import { boundsFor, type Held, heldAfter, NOT_HELD } from "./bounds.ts";
import { NO_TRACKS, sendingOf, type Tracks } from "./kinds.ts";
import { type LinkState, PeerLink, type PeerLinkOptions } from "./peer-link.ts";
import { type Counted, countedIn, type Quality, qualityBetween, qualityThere } from "./quality.ts";
import { Timers } from "./timers.ts";

/** Somebody in the call as the page shows them. */
export interface CallPerson {
  readonly seatId: string;
  readonly sending: CallPeer["sending"];
  readonly received: Tracks;
  readonly state: LinkState;
  readonly quality: Quality;
  readonly isSpeaking: boolean;
}

export interface CallSnapshot {
  readonly stage: "entering" | "in" | "out";
  /** Why one is out of it, where one did not leave. */
  readonly refusal: Refusal | null;
  readonly people: readonly CallPerson[];
  /** Whether one's own microphone is loud enough to be heard. */
  readonly isSpeaking: boolean;
  /** Whether anything helps browsers to reach each other over more than a local network. */
  readonly hasServers: boolean;
}

/** Whom this seat sees in the room, by seat, and whether they may send. */
export type Seen = ReadonlyMap<string, { readonly sends: boolean }>;

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

/** What is known of a connection to somebody. */
interface Entry {
  readonly seatId: string;
  readonly page: string;
  readonly link: PeerLink;
  peer: CallPeer;
  counted: Counted | null;
  quality: Quality;
  held: Held;
  /** Ends the waiting for somebody whose connection to the room broke; null while they are there. */
  cut: (() => void) | null;
}

/** For how long somebody is waited for whose connection to the room broke, in milliseconds. What flows between the browsers goes on meanwhile. */
const AWAITED_MS = 30_000;
const COUNTED_EVERY_MS = 2_000;
const HEARD_EVERY_MS = 150;
/** After how long the server is asked again that could not answer, in milliseconds. */
const AGAIN_MS = 1_500;

/** One's own microphone among those that are listened to. */
const OWN = "own";
const EMPTY: CallSnapshot = { stage: "entering", refusal: null, people: [], isSpeaking: false, hasServers: true };

/**
 * A room's call on this page: enters it, is connected to everybody in it, and says how that goes. Knows nothing of React, nor of where
 * tracks come from. Its failure touches nothing of the room; the room's connection may break and come back while the call goes on.
 */
export class Call {
  readonly #options: CallOptions;
  readonly #listeners = new Set<() => void>();
  readonly #entries = new Map<string, Entry>();
  readonly #forget: () => void;
  readonly #timers: Timers;
  #iceServers: readonly IceServer[] = [];
  #peers: readonly CallPeer[] = [];
  #seen: Seen = new Map();
  #maySend = true;
  #tracks: Tracks = NO_TRACKS;
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
    this.#timers.every(COUNTED_EVERY_MS, () => this.#count());
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
    this.#seen = seen;
    this.#maySend = maySend;
    this.#reconcile();
  }

  /** Sends these tracks from now on; none of a kind where it is null. */
  setTracks(tracks: Tracks): void {
    const before = JSON.stringify(sendingOf(this.#tracks));
    this.#tracks = tracks;
    for (const { link } of this.#entries.values()) link.setTracks(tracks);
    this.#bound();
    const sending = sendingOf(tracks);
    if (this.#snapshot.stage === "in" && JSON.stringify(sending) !== before) this.#say({ type: "send", sending });
    this.#update({});
  }

  /** The network is back or another one: a way to everybody is looked for anew. */
  networkChanged(): void {
    for (const { link } of this.#entries.values()) void link.restart();
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
    line.ask({ type: "enter", page, sending: sendingOf(this.#tracks) }, (answer) => this.#entered(answer));
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

  #begin({ peers, iceServers }: Entered): void {
    this.#iceServers = iceServers;
    // The others may come back a moment later, as after a restart of the server.
    for (const entry of this.#entries.values()) this.#await(entry);
    this.#update({ stage: "in", hasServers: iceServers.length > 0 });
    this.#follow(peers);
    // It may have changed while the answer was under way.
    this.#say({ type: "send", sending: sendingOf(this.#tracks) });
  }

  #told(told: CallTold): void {
    if (this.#snapshot.stage !== "in") return;
    switch (told.type) {
      case "peers":
        this.#follow(told.peers);
        break;
      case "signal":
        void this.#byPeer(told.from)?.link.receive(told.signal);
        break;
      case "cut": {
        const entry = this.#byPeer(told.peerId);
        if (entry) this.#await(entry);
        break;
      }
      case "out":
        this.#end(told.refusal);
        break;
      default:
        told satisfies never;
    }
  }

  #byPeer(peerId: string): Entry | undefined {
    return [...this.#entries.values()].find(({ peer }) => peer.peerId === peerId);
  }

  #await(entry: Entry): void {
    entry.cut ??= this.#timers.after(AWAITED_MS, () => {
      this.#close(entry);
      this.#reconcile();
    });
  }

  #follow(peers: readonly CallPeer[]): void {
    this.#peers = peers;
    this.#reconcile();
  }

  /** Connections are to those in the call whom one sees, and to those who are waited for. */
  #reconcile(): void {
    const peers = this.#peers.filter(({ seatId }) => this.#seen.has(seatId));
    for (const entry of [...this.#entries.values()]) {
      const isThere = peers.some((peer) => nameOf(peer) === nameOf(entry));
      const isElsewhere = peers.some(({ seatId, page }) => seatId === entry.seatId && page !== entry.page);
      if (!isThere && (isElsewhere || entry.cut === null || !this.#seen.has(entry.seatId))) this.#close(entry);
    }
    for (const peer of peers) {
      const entry = this.#entries.get(nameOf(peer));
      if (entry) this.#isThere(entry, peer);
      else this.#open(peer);
    }
    for (const { seatId, link } of this.#entries.values()) link.setDirections(this.#directions(seatId));
    this.#bound();
    this.#update({});
  }

  #isThere(entry: Entry, peer: CallPeer): void {
    const isAnother = entry.peer.peerId !== peer.peerId;
    entry.peer = peer;
    entry.cut?.();
    entry.cut = null;
    // What was said to the name before may not have arrived.
    if (isAnother && entry.link.state !== "connected") void entry.link.restart();
  }

  #open(peer: CallPeer): void {
    const { connect, seatId, page } = this.#options;
    const { after } = this.#timers;
    const link = new PeerLink(
      {
        connect,
        after,
        iceServers: this.#iceServers,
        // By names that both ends know and neither can change: whoever was there before may come back as the later one.
        isPolite: nameOf({ seatId, page }) < nameOf(peer),
        send: (signal) => {
          const to = this.#entries.get(nameOf(peer))?.peer.peerId ?? peer.peerId;
          this.#say({ type: "signal", to, signal });
        },
        renew: () => this.#renew(),
        onChange: () => this.#update({}),
      },
      this.#tracks,
      this.#directions(peer.seatId),
    );
    this.#entries.set(nameOf(peer), {
      seatId: peer.seatId,
      page: peer.page,
      ...{ link, peer, counted: null, quality: "good", held: NOT_HELD, cut: null },
    });
  }

  #directions(seatId: string) {
    return { own: this.#maySend, others: this.#seen.get(seatId)?.sends ?? false };
  }

  #close(entry: Entry): void {
    entry.cut?.();
    entry.link.close();
    this.#entries.delete(nameOf(entry));
  }

  #renew(): Promise<readonly IceServer[] | null> {
    return new Promise((resolve) => {
      this.#options.line.ask({ type: "renew" }, (answer) => {
        if (answer?.ok && answer.iceServers) this.#iceServers = answer.iceServers;
        resolve(answer?.ok ? (answer.iceServers ?? null) : null);
      });
    });
  }

  /** Whoever only listens costs as much as anybody else. */
  #bound(): void {
    for (const { link, held } of this.#entries.values()) {
      link.bound(boundsFor(this.#entries.size, this.#tracks.screen !== null, held));
    }
  }

  #count(): void {
    for (const entry of this.#entries.values()) {
      entry.link
        .stats()
        .then((stats) => {
          const now = countedIn([...stats.values()]);
          entry.quality = qualityBetween(entry.counted ?? now, now);
          entry.counted = now;
          const held = heldAfter(entry.held, qualityThere(now));
          const isOther = held.steps !== entry.held.steps;
          entry.held = held;
          if (isOther) this.#bound();
          this.#update({});
        })
        // It was closed meanwhile.
        .catch(() => {});
    }
  }

  #listen(): void {
    const { levels } = this.#options;
    const tracks = new Map<string, MediaStreamTrack>();
    if (this.#tracks.microphone) tracks.set(OWN, this.#tracks.microphone);
    for (const { seatId, link, peer } of this.#entries.values()) {
      const { microphone } = link.received;
      if (microphone && peer.sending.microphone && link.state === "connected") tracks.set(seatId, microphone);
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
    for (const entry of [...this.#entries.values()]) this.#close(entry);
    this.#options.levels.follow(new Map());
    this.#update({ stage: "out", refusal });
  }

  #update(change: Partial<CallSnapshot>): void {
    const people = [...this.#entries.values()].map(({ seatId, link, peer, quality }) => ({
      ...{ seatId, sending: peer.sending, received: link.received, state: link.state },
      quality: link.state === "connected" ? quality : ("lost" as const),
      isSpeaking: this.#speaking.includes(seatId),
    }));
    this.#snapshot = { ...this.#snapshot, people, isSpeaking: this.#speaking.includes(OWN), ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Names a browser's end: a page of a seat. */
const nameOf = ({ seatId, page }: Pick<CallPeer, "seatId" | "page">): string => `${page} ${seatId}`;
