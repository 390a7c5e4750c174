import type { CallPeer, CallTold, MediaSignal } from "@whetstone/shared/call/wire";
import { boundsThroughServer, type Held, heldAfter, NOT_HELD } from "./bounds.ts";
import type { CallOnPage, Connected, Connections } from "./connections.ts";
import { NO_TRACKS } from "./kinds.ts";
import { type Directions, type LinkState, PeerLink } from "./peer-link.ts";
import { type Counted, countedIn, type Quality, qualityBetween, qualityThere } from "./quality.ts";

/** What somebody sends, as it comes from the media server. */
interface Receiving {
  readonly number: number;
  readonly link: PeerLink;
  counted: Counted | null;
  quality: Quality;
}

/** What is offered of somebody, and under which number. */
interface Offered {
  readonly number: number;
  readonly offer: Extract<MediaSignal, { kind: "description" }>;
}

interface Sending {
  readonly number: number;
  readonly link: PeerLink;
}

/** After how long something is offered again that the media server did not take, in milliseconds. */
const AGAIN_MS = 1_500;

/**
 * One connection from this page to a media server, with what it sends, and one from there for each other who sends. Neither is ever mended: in its
 * place another one is begun, with a number of its own. `isThere` is false while the room's server cannot reach the media server.
 */
export class ServedConnections implements Connections {
  readonly #call: CallOnPage;
  readonly #isThere: boolean;
  readonly #receiving = new Map<string, Receiving>();
  /** Offers that may have come before it is shown here of whom they are. */
  readonly #offered = new Map<string, Offered>();
  #sending: Sending | null = null;
  #numbers = 0;
  #held: Held = NOT_HELD;
  #cancel = () => {};
  #isClosed = false;

  constructor(call: CallOnPage, isThere: boolean) {
    this.#call = call;
    this.#isThere = isThere;
  }

  get people(): readonly Connected[] {
    return this.#peers().map((peer) => {
      const receiving = this.#receiving.get(peer.peerId);
      const state = this.#stateOf(peer, receiving);
      return {
        ...{ seatId: peer.seatId, sending: peer.sending, state },
        received: receiving?.link.received ?? NO_TRACKS,
        quality: state === "connected" ? (receiving?.quality ?? "good") : "lost",
      };
    });
  }

  get ownState(): LinkState | null {
    return this.#sending?.link.state ?? null;
  }

  /** Whatever was made under another name is over there; of what is its own still, what was said while nobody could hear it is said anew. */
  entered(isAsBefore: boolean): void {
    if (!isAsBefore) this.#endAll();
    else if (this.#sending && this.#sending.link.state !== "connected") this.#send();
  }

  follow(): void {
    const peers = this.#peers();
    for (const [peerId, { link }] of this.#receiving) {
      const peer = peers.find((one) => one.peerId === peerId);
      if (peer) link.setDirections(this.#from(peer));
      else this.#endReceiving(peerId);
    }
    this.#receiveOffered();
    if (!this.#call.maySend) this.#endSending();
    else if (!this.#sending && this.#isThere) this.#send();
    this.#bound();
  }

  tracksChanged(): void {
    this.#sending?.link.setTracks(this.#call.tracks);
    this.#bound();
  }

  told(told: Extract<CallTold, { type: "signal" | "media" | "cut" }>): void {
    if (told.type !== "media" || this.#isClosed) return;
    const { of, link: number, signal } = told;
    const current = of === this.#call.peerId ? this.#sending : this.#receiving.get(of);
    if (signal.kind === "description" && signal.type === "offer") {
      this.#offered.set(of, { number, offer: signal });
      this.#receiveOffered();
    } else if (current?.number !== number) return;
    else if (signal.kind !== "over") void current.link.receive(signal);
    else if (of !== this.#call.peerId) this.#endReceiving(of);
    else this.#sendAgain();
    this.#call.changed();
  }

  restart(): void {
    // What goes on is left alone, as it would be begun anew; where it does not after all, the browser finds that out within seconds.
    for (const { link } of [...(this.#sending ? [this.#sending] : []), ...this.#receiving.values()]) {
      if (link.state !== "connected") void link.restart();
    }
  }

  count(): void {
    const counted = (link: PeerLink, act: (now: Counted) => void) =>
      void link
        .stats()
        .then((stats) => {
          act(countedIn([...stats.values()]));
          this.#call.changed();
        })
        // It was closed meanwhile.
        .catch(() => {});
    for (const receiving of this.#receiving.values()) {
      counted(receiving.link, (now) => {
        receiving.quality = qualityBetween(receiving.counted ?? now, now);
        receiving.counted = now;
      });
    }
    if (this.#sending) {
      counted(this.#sending.link, (now) => {
        this.#held = heldAfter(this.#held, qualityThere(now));
        this.#bound();
      });
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#endAll();
  }

  #peers(): readonly CallPeer[] {
    return this.#call.peers.filter(({ seatId }) => this.#call.seen.has(seatId));
  }

  #from({ seatId }: CallPeer): Directions {
    return { own: false, others: this.#call.seen.get(seatId)?.sends ?? false };
  }

  #stateOf(peer: CallPeer, receiving: Receiving | undefined): LinkState {
    if (!this.#isThere) return "interrupted";
    // Nothing is to come from whoever only listens.
    if (!this.#from(peer).others) return "connected";
    return receiving?.link.state ?? "connecting";
  }

  #receiveOffered(): void {
    for (const peer of this.#peers()) {
      const offered = this.#offered.get(peer.peerId);
      if (offered) this.#receive(peer, offered);
    }
  }

  /** Takes what the media server offers of somebody, in the place of what came before. */
  #receive(peer: CallPeer, { number, offer }: Offered): void {
    const of = peer.peerId;
    this.#endReceiving(of);
    const again = () => this.#call.say({ type: "media", of, link: number, signal: { kind: "over" } });
    const link = this.#link(of, number, false, this.#from(peer), again);
    this.#receiving.set(of, { number, link, counted: null, quality: "good" });
    void link.receive(offer);
  }

  #send(): void {
    this.#endSending();
    this.#numbers += 1;
    const number = this.#numbers;
    const link = this.#link(this.#call.peerId, number, true, { own: true, others: false }, () => {
      if (this.#sending?.number === number) this.#send();
    });
    this.#sending = { number, link };
    this.#bound();
  }

  #sendAgain(): void {
    this.#endSending();
    this.#cancel = this.#call.timers.after(AGAIN_MS, () => {
      this.follow();
      this.#call.changed();
    });
  }

  #link(of: string, number: number, offers: boolean, directions: Directions, again: () => void): PeerLink {
    const call = this.#call;
    return new PeerLink(
      {
        connect: call.connect,
        after: call.timers.after,
        iceServers: call.iceServers,
        isPolite: offers,
        send: (signal) => call.say({ type: "media", of, link: number, signal }),
        renew: () => call.renew(),
        again,
        onChange: () => call.changed(),
      },
      offers ? call.tracks : NO_TRACKS,
      directions,
    );
  }

  #endSending(): void {
    this.#cancel();
    this.#sending?.link.close();
    this.#sending = null;
  }

  #endReceiving(peerId: string): void {
    this.#receiving.get(peerId)?.link.close();
    this.#receiving.delete(peerId);
    this.#offered.delete(peerId);
  }

  #endAll(): void {
    this.#endSending();
    for (const peerId of [...this.#receiving.keys()]) this.#endReceiving(peerId);
  }

  #bound(): void {
    const { tracks } = this.#call;
    this.#sending?.link.bound(boundsThroughServer(this.#peers().length, tracks.screen !== null, this.#held));
  }
}
