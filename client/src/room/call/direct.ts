import { CALL_LIMITS, type CallPeer, type CallTold } from "@whetstone/shared/call/wire";
import { boundsFor, type Held, heldAfter, NOT_HELD } from "./bounds.ts";
import type { CallOnPage, Connected, Connections } from "./connections.ts";
import { PeerLink } from "./peer-link.ts";
import { type Counted, countedIn, type Quality, qualityBetween, qualityThere } from "./quality.ts";

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

/** A connection from this page to each other one in the call. */
export class DirectConnections implements Connections {
  readonly ownState = null;
  readonly #call: CallOnPage;
  readonly #entries = new Map<string, Entry>();

  constructor(call: CallOnPage) {
    this.#call = call;
  }

  get people(): readonly Connected[] {
    return [...this.#entries.values()].map(({ seatId, link, peer, quality }) => ({
      ...{ seatId, sending: peer.sending, received: link.received, state: link.state },
      quality: link.state === "connected" ? quality : "lost",
    }));
  }

  entered(): void {
    // The others may come back a moment later, as after a restart of the server.
    for (const entry of this.#entries.values()) this.#await(entry);
  }

  /** Connections are to those in the call whom one sees, and to those who are waited for. */
  follow(): void {
    const { seen, peers: all } = this.#call;
    const peers = all.filter(({ seatId }) => seen.has(seatId));
    for (const entry of [...this.#entries.values()]) {
      const isThere = peers.some((peer) => nameOf(peer) === nameOf(entry));
      const isElsewhere = peers.some(({ seatId, page }) => seatId === entry.seatId && page !== entry.page);
      if (!isThere && (isElsewhere || entry.cut === null || !seen.has(entry.seatId))) this.#close(entry);
    }
    for (const peer of peers) {
      const entry = this.#entries.get(nameOf(peer));
      if (entry) this.#isThere(entry, peer);
      else this.#open(peer);
    }
    for (const { seatId, link } of this.#entries.values()) link.setDirections(this.#directions(seatId));
    this.#bound();
  }

  tracksChanged(): void {
    for (const { link } of this.#entries.values()) link.setTracks(this.#call.tracks);
    this.#bound();
  }

  told(told: Extract<CallTold, { type: "signal" | "media" | "cut" }>): void {
    switch (told.type) {
      case "signal":
        void this.#byPeer(told.from)?.link.receive(told.signal);
        break;
      case "cut": {
        const entry = this.#byPeer(told.peerId);
        if (entry) this.#await(entry);
        break;
      }
      case "media":
        break;
      default:
        told satisfies never;
    }
  }

  restart(): void {
    for (const { link } of this.#entries.values()) void link.restart();
  }

  count(): void {
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
          this.#call.changed();
        })
        // It was closed meanwhile.
        .catch(() => {});
    }
  }

  close(): void {
    for (const entry of [...this.#entries.values()]) this.#close(entry);
  }

  #byPeer(peerId: string): Entry | undefined {
    return [...this.#entries.values()].find(({ peer }) => peer.peerId === peerId);
  }

  #await(entry: Entry): void {
    entry.cut ??= this.#call.timers.after(CALL_LIMITS.awaitedMs, () => {
      this.#close(entry);
      this.follow();
      this.#call.changed();
    });
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
    const call = this.#call;
    const link = new PeerLink(
      {
        connect: call.connect,
        after: call.timers.after,
        iceServers: call.iceServers,
        // By names that both ends know and neither can change: whoever was there before may come back as the later one.
        isPolite: nameOf(call) < nameOf(peer),
        send: (signal) => {
          const to = this.#entries.get(nameOf(peer))?.peer.peerId ?? peer.peerId;
          call.say({ type: "signal", to, signal });
        },
        renew: () => call.renew(),
        onChange: () => call.changed(),
      },
      call.tracks,
      this.#directions(peer.seatId),
    );
    this.#entries.set(nameOf(peer), {
      seatId: peer.seatId,
      page: peer.page,
      ...{ link, peer, counted: null, quality: "good", held: NOT_HELD, cut: null },
    });
  }

  #directions(seatId: string) {
    return { own: this.#call.maySend, others: this.#call.seen.get(seatId)?.sends ?? false };
  }

  #close(entry: Entry): void {
    entry.cut?.();
    entry.link.close();
    this.#entries.delete(nameOf(entry));
  }

  /** Whoever only listens costs as much as anybody else. */
  #bound(): void {
    for (const { link, held } of this.#entries.values()) {
      link.bound(boundsFor(this.#entries.size, this.#call.tracks.screen !== null, held));
    }
  }
}

/** Names a browser's end: a page of a seat. */
const nameOf = ({ seatId, page }: Pick<CallPeer, "seatId" | "page">): string => `${page} ${seatId}`;
