import type { MediaSignal } from "@whetstone/shared/call/wire";

/**
 * What passes sound and pictures on for calls of more people than can send to each other directly. It knows nothing of rooms, seats and names:
 * whoever is in a call stands under a name of their own for as long as they are in it, and what they may is decided here, not there.
 */
export interface MediaServer {
  /** Why it can be used for nothing just now, as a sentence; null while it can. */
  readonly problem: string | null;
  /** Called whenever it can be used again, and whenever it can be no more: then every room in it is gone. */
  onChange(listener: () => void): void;
  /** A room for one call, which nobody is in. It can be used at once, also while it is still being made. Null while the server can be used for nothing. */
  openRoom(tell: MediaTell): MediaRoom | null;
  close(): Promise<void>;
}

/** Where its server is and what opens it. */
export interface MediaServerOptions {
  /** The address of Janus's WebSocket. */
  readonly url: string;
  /** Janus's own `api_secret`, which all that is asked of it has to hold. */
  readonly secret: string;
  /** The VideoRoom's `admin_key`, without which it lets nobody make rooms; null where it asks for none. */
  readonly adminKey: string | null;
}

/** Tells somebody in a call what is said of one of their connections with the media server. */
export type MediaTell = (name: string, about: MediaConnection, signal: MediaSignal) => void;

/** A connection of somebody in the call: what they send under their own name, or what they receive of another. */
export interface MediaConnection {
  readonly of: string;
  /** Which one of those that there were one after the other; whoever offers counts them. */
  readonly link: number;
}

/** What somebody may, and does, in a room of the media server. */
export interface MediaMember {
  readonly mayPublish: boolean;
  /** Whom they receive. */
  readonly hears: ReadonlySet<string>;
}

/** A call in the media server. */
export interface MediaRoom {
  /** Who is in it from now on, by name. Whoever is not among them any more is cut off at once, in both directions. */
  follow(members: ReadonlyMap<string, MediaMember>): void;
  /** Takes what somebody says of a connection of theirs. */
  receive(name: string, about: MediaConnection, signal: MediaSignal): void;
  /** Cuts everybody off. */
  end(): void;
}
