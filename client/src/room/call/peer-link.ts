import type { CallSignal, IceServer } from "@whetstone/shared/call/wire";
import type { Bounds } from "./bounds.ts";
import { KINDS, type Kind, MEDIUM, NO_TRACKS, type Tracks } from "./kinds.ts";
import type { After } from "./timers.ts";

/** What is used of a browser's `RTCPeerConnection`. */
export type Connection = Pick<
  RTCPeerConnection,
  | "addIceCandidate"
  | "addTransceiver"
  | "close"
  | "connectionState"
  | "getStats"
  | "getTransceivers"
  | "localDescription"
  | "onconnectionstatechange"
  | "onicecandidate"
  | "onnegotiationneeded"
  | "restartIce"
  | "setConfiguration"
  | "setLocalDescription"
  | "setRemoteDescription"
  | "signalingState"
>;

export interface PeerLinkOptions {
  readonly connect: (configuration: RTCConfiguration) => Connection;
  readonly iceServers: readonly IceServer[];
  /** It makes the first offer, and gives way where both offer. Of two ends exactly one does. */
  readonly isPolite: boolean;
  readonly send: (signal: CallSignal) => void;
  /** Fresh servers that help to connect; null where there is no answer. */
  readonly renew: () => Promise<readonly IceServer[] | null>;
  readonly onChange: () => void;
  readonly after: After;
}

/** Who may send in a connection. */
export interface Directions {
  readonly own: boolean;
  readonly others: boolean;
}

export type LinkState = "connecting" | "connected" | "interrupted" | "failed";

/** For how long an interruption is left to heal by itself, in milliseconds. */
const HEALS_MS = 3_000;
/** After how long what never came about is begun anew, in milliseconds. */
const AGAIN_MS = 15_000;

/**
 * One browser's end of a connection to another's, by perfect negotiation (W3C, WebRTC: Real-Time Communication in Browsers, section
 * "Perfect negotiation example"). Three transceivers stand from the beginning to the end, so that another microphone, another camera and
 * a shared screen take their place without anything being negotiated.
 */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #connection: Connection;
  #tracks: Tracks = NO_TRACKS;
  #directions: Directions;
  #bounds: Bounds | null = null;
  #isMakingOffer = false;
  #ignoresOffer = false;
  #isSettingAnswer = false;
  #hasConnected = false;
  /** No way to the other end was found for so long that somebody is told. */
  #isLate = false;
  #isClosed = false;
  #cancel = () => {};

  constructor(options: PeerLinkOptions, tracks: Tracks, directions: Directions) {
    this.#options = options;
    this.#tracks = tracks;
    this.#directions = directions;
    const connection = options.connect(configurationOf(options.iceServers));
    this.#connection = connection;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.#sendCandidate(candidate);
    connection.onconnectionstatechange = () => this.#stateChanged();
    // Whoever answers has their transceivers from the offer.
    if (options.isPolite) {
      for (const kind of KINDS) connection.addTransceiver(MEDIUM[kind], { direction: directionOf(directions) });
      this.#putTracks();
    }
    this.#watch();
  }

  get state(): LinkState {
    switch (this.#connection.connectionState) {
      case "connected":
        return "connected";
      case "new":
      case "connecting":
        if (this.#isLate) return "failed";
        return this.#hasConnected ? "interrupted" : "connecting";
      case "disconnected":
        return "interrupted";
      case "failed":
      case "closed":
        return "failed";
      default:
        return this.#connection.connectionState satisfies never;
    }
  }

  /** What comes from the other end. Nothing does from one that must not send, whatever it sends. */
  get received(): Tracks {
    if (!this.#directions.others) return NO_TRACKS;
    const track = (kind: Kind) => this.#transceivers()?.[kind].receiver.track ?? null;
    return { microphone: track("microphone"), camera: track("camera"), screen: track("screen") };
  }

  /** Other tracks are sent in the place of those that were. */
  setTracks(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#putTracks();
  }

  setDirections(directions: Directions): void {
    this.#directions = directions;
    for (const transceiver of this.#all()) {
      const direction = directionOf(directions);
      if (transceiver.direction !== direction) transceiver.direction = direction;
    }
    this.#putTracks();
  }

  /** Bounds what is sent to the other end. */
  bound(bounds: Bounds): void {
    this.#bounds = bounds;
    this.#applyBounds();
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** Takes what the other end says. What it says wrongly changes nothing. */
  async receive(signal: CallSignal): Promise<void> {
    if (this.#isClosed) return;
    try {
      if (signal.kind === "candidate") await this.#takeCandidate(signal);
      else await this.#takeDescription(signal);
    } catch {
      // What cannot be taken was garbled, or comes from a browser that means harm; a connection that does not come about is begun anew.
    }
  }

  /** Looks for a way to the other end anew, as after a change of network. What was said last may not have arrived: it is said again, where it is waited for. */
  async restart(): Promise<void> {
    if (this.#isClosed) return;
    this.#watch();
    const iceServers = await this.#options.renew();
    if (this.#isClosed) return;
    const connection = this.#connection;
    if (iceServers) connection.setConfiguration(configurationOf(iceServers));
    const { signalingState, localDescription } = connection;
    if (signalingState === "have-local-offer" && localDescription) this.#sendDescription(localDescription);
    else if (this.#all().length > 0) connection.restartIce();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancel();
    this.#connection.onnegotiationneeded = null;
    this.#connection.onicecandidate = null;
    this.#connection.onconnectionstatechange = null;
    this.#connection.close();
  }

  async #offer(): Promise<void> {
    try {
      this.#isMakingOffer = true;
      await this.#connection.setLocalDescription();
      if (!this.#isClosed && this.#connection.localDescription)
        this.#sendDescription(this.#connection.localDescription);
    } catch {
      // The connection was closed, or the other end's offer came in between; what is needed still is asked for again.
    } finally {
      this.#isMakingOffer = false;
    }
  }

  async #takeDescription({ type, sdp }: Extract<CallSignal, { kind: "description" }>): Promise<void> {
    const connection = this.#connection;
    const isReady = !this.#isMakingOffer && (connection.signalingState === "stable" || this.#isSettingAnswer);
    const collides = type === "offer" && !isReady;
    this.#ignoresOffer = !this.#options.isPolite && collides;
    if (this.#ignoresOffer) return;
    this.#isSettingAnswer = type === "answer";
    try {
      await connection.setRemoteDescription({ type, sdp });
    } finally {
      this.#isSettingAnswer = false;
    }
    if (type === "answer" || this.#isClosed) return;
    for (const transceiver of this.#all()) transceiver.direction = directionOf(this.#directions);
    this.#putTracks();
    await connection.setLocalDescription();
    if (!this.#isClosed && connection.localDescription) this.#sendDescription(connection.localDescription);
    this.#options.onChange();
  }

  async #takeCandidate({ kind: _, ...candidate }: Extract<CallSignal, { kind: "candidate" }>): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      // It belongs to the offer that was not taken.
      if (!this.#ignoresOffer) throw error;
    }
  }

  #sendDescription({ type, sdp }: RTCSessionDescription): void {
    if (type === "offer" || type === "answer") this.#options.send({ kind: "description", type, sdp });
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    this.#options.send({ kind: "candidate", candidate, sdpMid, sdpMLineIndex, usernameFragment });
  }

  #stateChanged(): void {
    switch (this.#connection.connectionState) {
      case "connected":
        this.#hasConnected = true;
        this.#isLate = false;
        this.#cancel();
        this.#applyBounds();
        break;
      case "disconnected":
        this.#cancel();
        this.#cancel = this.#options.after(HEALS_MS, () => void this.restart());
        break;
      case "failed":
        this.#isLate = true;
        void this.restart();
        break;
      case "new":
      case "connecting":
      case "closed":
        break;
      default:
        this.#connection.connectionState satisfies never;
    }
    this.#options.onChange();
  }

  /** Begins anew where it is not connected after so long, and again after that; one end does, and the other follows. */
  #watch(): void {
    this.#cancel();
    this.#cancel = this.#options.after(AGAIN_MS, () => {
      if (this.#connection.connectionState === "connected") return;
      this.#isLate = true;
      this.#options.onChange();
      void this.restart();
    });
  }

  #all(): readonly RTCRtpTransceiver[] {
    return this.#connection.getTransceivers().slice(0, KINDS.length);
  }

  /** The transceiver of each kind; null before the other end has offered them, and where it offers something else. */
  #transceivers(): Readonly<Record<Kind, RTCRtpTransceiver>> | null {
    const [microphone, camera, screen] = this.#all();
    if (!microphone || !camera || !screen) return null;
    const found = { microphone, camera, screen };
    return KINDS.every((kind) => found[kind].receiver.track.kind === MEDIUM[kind]) ? found : null;
  }

  #putTracks(): void {
    const transceivers = this.#transceivers();
    if (!transceivers || this.#isClosed) return;
    for (const kind of KINDS) {
      const track = this.#directions.own ? this.#tracks[kind] : null;
      const { sender } = transceivers[kind];
      // A connection that is being closed meanwhile takes none.
      if (sender.track !== track) sender.replaceTrack(track).catch(() => {});
    }
  }

  #applyBounds(): void {
    const transceivers = this.#transceivers();
    if (!transceivers || !this.#bounds || this.#connection.connectionState !== "connected") return;
    for (const kind of KINDS) boundSender(transceivers[kind].sender, kind, this.#bounds[kind]);
  }
}

function boundSender(sender: RTCRtpSender, kind: Kind, maxBitrate: number): void {
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (!encoding) return;
  const isActive = maxBitrate > 0;
  // Nothing at all has no bound of its own: the last one stays.
  const bound = isActive ? maxBitrate : encoding.maxBitrate;
  if (encoding.maxBitrate === bound && encoding.active === isActive) return;
  const priority = kind === "microphone" ? "high" : kind === "screen" ? "medium" : "low";
  Object.assign(encoding, {
    ...(bound !== undefined && { maxBitrate: bound }),
    ...{ active: isActive, priority, networkPriority: priority },
  });
  // Some browsers know no priorities of networks, and send without bounds.
  sender.setParameters(parameters).catch(() => {});
}

const configurationOf = (iceServers: readonly IceServer[]): RTCConfiguration => ({
  iceServers: iceServers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  })),
  bundlePolicy: "max-bundle",
});

function directionOf({ own, others }: Directions): RTCRtpTransceiverDirection {
  if (own) return others ? "sendrecv" : "sendonly";
  return others ? "recvonly" : "inactive";
}
