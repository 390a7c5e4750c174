import { z } from "zod";
import { Id } from "../room/id.ts";
import { Refusal } from "../room/refusal.ts";

/** What travels of a call beside a room's views: who is in it, and what browsers say to each other to be connected. No sound or picture passes here. */

export const CALL_LIMITS = {
  /** So many people are connected to each other directly: each sends to all others. */
  people: 4,
  /** So many send where a media server passes it on, which each sends to once. */
  peopleByServer: 16,
  /** A description of all that a browser sends and receives, in UTF-16 code units; those of four tracks have some 15,000. */
  description: 64 * 1024,
  candidate: 1_000,
  /** Messages of one seat in a second that are always taken in, and twice as many at once: a browser finds some ten ways to each of fifteen others. */
  perSecond: 120,
  /** For how long somebody is waited for whose connection to the room broke, in milliseconds: what flows between browsers goes on meanwhile. */
  awaitedMs: 30_000,
} as const;

/** What of somebody is sent just now. */
export const Sending = z.strictObject({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() });
export type Sending = z.infer<typeof Sending>;

export const NOTHING_SENT: Sending = { microphone: false, camera: false, screen: false };

/** What one browser says to another: RFC 8829 and RFC 8839, as `RTCPeerConnection` makes and takes them. */
export const CallSignal = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("description"),
    type: z.enum(["offer", "answer"]),
    sdp: z.string().max(CALL_LIMITS.description),
  }),
  z.strictObject({
    kind: z.literal("candidate"),
    candidate: z.string().max(CALL_LIMITS.candidate),
    sdpMid: z.string().max(50).nullable(),
    sdpMLineIndex: z.int().min(0).max(100).nullable(),
    usernameFragment: z.string().max(300).nullable(),
  }),
]);
export type CallSignal = z.infer<typeof CallSignal>;

/** What a browser and a media server say to each other of one connection: the same, and that it is over, upon which another one is begun. */
export const MediaSignal = z.discriminatedUnion("kind", [
  ...CallSignal.options,
  z.strictObject({ kind: z.literal("over") }),
]);
export type MediaSignal = z.infer<typeof MediaSignal>;

/** Which one of a page's connections for the same: whoever offers counts them. */
const Link = z.int().min(0).max(1_000_000);

/** Names somebody's being in a call, from when they enter to when they leave. Whoever enters again has another one. */
const PeerId = Id;

/** Names a page's being in a call, by its own choice, from when somebody joins on it to when they leave. It outlives the room's connection. */
const CallPage = Id;

/** Somebody in the call, to whom the viewer is to be connected. */
export const CallPeer = z.strictObject({
  peerId: PeerId,
  seatId: Id,
  /** The same seat on the same page is the same browser's end, whose connection goes on under another `peerId`. */
  page: CallPage,
  sending: Sending,
  /** Entered before the viewer, who therefore offers first and gives way where both do. */
  wasBefore: z.boolean(),
});
export type CallPeer = z.infer<typeof CallPeer>;

/** How sound and pictures go from one to the other. */
export const CallWay = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("direct") }).describe("Each browser sends to all others."),
  z
    .strictObject({ kind: z.literal("media"), room: Id })
    .describe("Each sends to a media server, which passes it on; in another room of it, all connections are others."),
  z.strictObject({ kind: z.literal("waiting") }).describe("Through a media server that cannot be reached just now."),
]);
export type CallWay = z.infer<typeof CallWay>;

export const DIRECTLY: CallWay = { kind: "direct" };

/** What a page says of the call. */
export const CallMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enter"), page: CallPage, sending: Sending }),
  z.strictObject({ type: z.literal("send"), sending: Sending }),
  z.strictObject({ type: z.literal("signal"), to: PeerId, signal: CallSignal }),
  z
    .strictObject({ type: z.literal("media"), of: PeerId, link: Link, signal: MediaSignal })
    .describe("To the media server, of what the page sends, which has its own `peerId`, or receives of another."),
  z.strictObject({ type: z.literal("renew") }).describe("Asks for servers anew, as what opens them expires."),
  z.strictObject({ type: z.literal("leave") }),
]);
export type CallMessage = z.infer<typeof CallMessage>;

/** A server that helps browsers to reach each other, as `RTCIceServer`. */
export const IceServer = z.strictObject({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/** The answer to a message: done, and after entering what the page needs for it; or refused. */
export const CallAnswer = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    entered: z
      .strictObject({ peerId: PeerId, way: CallWay, peers: z.array(CallPeer), iceServers: z.array(IceServer) })
      .optional()
      .describe("After entering."),
    iceServers: z.array(IceServer).optional().describe("After asking for them anew."),
  }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type CallAnswer = z.infer<typeof CallAnswer>;

/** What a page in the call is told of it. */
export const CallTold = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("peers"), peers: z.array(CallPeer) }).describe("All to whom it is to be connected."),
  z.strictObject({ type: z.literal("signal"), from: PeerId, signal: CallSignal }),
  z
    .strictObject({ type: z.literal("moved"), way: CallWay })
    .describe("The call goes another way now. Before anything is said, it goes directly."),
  z
    .strictObject({ type: z.literal("media"), of: PeerId, link: Link, signal: MediaSignal })
    .describe("From the media server, of what the page sends or receives."),
  z
    .strictObject({ type: z.literal("cut"), peerId: PeerId })
    .describe(
      "The room's connection of somebody in the call broke; they may come back, and what flows between browsers goes on.",
    ),
  z.strictObject({ type: z.literal("out"), refusal: Refusal }).describe("It is in the call no more, and why."),
]);
export type CallTold = z.infer<typeof CallTold>;
