import type { CallMessage, CallPeer, CallTold, IceServer } from "@whetstone/shared/call/wire";
import type { Tracks } from "./kinds.ts";
import type { LinkState, PeerLinkOptions } from "./peer-link.ts";
import type { Quality } from "./quality.ts";
import type { Timers } from "./timers.ts";

/** Whom this seat sees in the room, by seat, and whether they may send. */
export type Seen = ReadonlyMap<string, { readonly sends: boolean }>;

/** Somebody else in the call, as far as they are connected. */
export interface Connected {
  readonly seatId: string;
  readonly sending: CallPeer["sending"];
  readonly received: Tracks;
  readonly state: LinkState;
  readonly quality: Quality;
}

/** What a page in the call is and does just now, which its connections follow. */
export interface CallOnPage {
  readonly connect: PeerLinkOptions["connect"];
  readonly timers: Timers;
  readonly seatId: string;
  /** This page's name in the call. */
  readonly page: string;
  /** Its being in the call, which has another name whenever it enters again. */
  readonly peerId: string;
  /** Those in the call whom it sees. */
  readonly peers: readonly CallPeer[];
  readonly seen: Seen;
  readonly maySend: boolean;
  readonly tracks: Tracks;
  readonly iceServers: readonly IceServer[];
  say(message: CallMessage): void;
  /** Has fresh servers that help to connect; null where there is no answer. */
  renew(): Promise<readonly IceServer[] | null>;
  /** What is shown of the connections has changed. */
  changed(): void;
}

/** How a page is connected in a call: to everybody directly, or to all of them through a media server. */
export interface Connections {
  readonly people: readonly Connected[];
  /** How what this page sends gets to all others at once; null where it goes to each of them by itself, or nothing is sent. */
  readonly ownState: LinkState | null;
  /**
   * The page has entered, also again after its connection to the room broke; who is in the call is told next. `isAsBefore` where it is there
   * under the same name still, as it was waited for.
   */
  entered(isAsBefore: boolean): void;
  /** Who is in the call, whom one sees or who may send are others now. */
  follow(): void;
  /** Other tracks are sent. */
  tracksChanged(): void;
  told(told: Extract<CallTold, { type: "signal" | "media" | "cut" }>): void;
  /** Looks for a way anew, as after a change of network. */
  restart(): void;
  /** Counts how good the connections are. */
  count(): void;
  close(): void;
}
