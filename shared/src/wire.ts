import { z } from "zod";
import type { CallAnswer, CallMessage, CallTold } from "./call/wire.ts";
import type { Caption, CaptionAnswer, CaptionMessage } from "./captions/wire.ts";
import { Id } from "./room/id.ts";
import { Operation } from "./room/patch.ts";
import { Refusal } from "./room/refusal.ts";
import { View } from "./room/view/view.ts";
import type {
  DocumentMessage,
  DocumentOpened,
  DocumentReplayed,
  DocumentTold,
  DocumentWritten,
} from "./workspace/wire.ts";

/** The shapes of the socket. Both ends are typed by them, and the server parses what comes in. */

/**
 * The difference between two versions of a view. A version is a random name: it has no order and tells nothing about what others saw, so
 * that one frame can go to all whom the same change takes from the same version to the same next one.
 */
export const Patch = z.strictObject({
  kind: z.literal("patch"),
  from: z.int(),
  version: z.int(),
  operations: z.array(Operation).readonly(),
});
export type Patch = z.infer<typeof Patch>;

/** A whole view, or the difference to the one that the viewer holds. */
export const Frame = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("whole"), version: z.int(), view: View }),
  Patch,
]);
export type Frame = z.infer<typeof Frame>;

/**
 * The answer to a command: done and on disk, with what it changed for the one who gave it, or refused and nothing changed. The frame comes
 * here instead of by itself, and once: a repeated command is acknowledged without it.
 */
export const Acknowledgement = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), frame: Frame.optional() }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type Acknowledgement = z.infer<typeof Acknowledgement>;

/** Who of the people in the viewer's view is connected just now; not part of the log. */
export const Presence = z.array(Id);
export type Presence = z.infer<typeof Presence>;

export interface ServerEvents {
  frame: (frame: Frame) => void;
  presence: (seatIds: Presence) => void;
  /** To the host, once that the room is nearly full: how full it is, in whole percents up to 100. */
  fullness: (percent: number) => void;
  /** Something happened in a document that the page has open. */
  document: (told: DocumentTold) => void;
  /** Something happened in the call that the page is in. */
  call: (told: CallTold) => void;
  /** Somebody whom the page's seat hears said this, or went on with it. */
  caption: (caption: Caption) => void;
  /** The room's time was set, to this in milliseconds since 1970. */
  clockSet: (now: number) => void;
  /** The seat is lost to this tab: it was removed, or opened somewhere else. The connection closes. */
  seatLost: (refusal: Refusal) => void;
}

export interface ClientEvents {
  command: (envelope: unknown, acknowledge: (answer: Acknowledgement) => void) => void;
  /** Asks for a whole view, when a patch did not fit. */
  resync: () => void;
  /** Opens a document, writes or points in it, leaves it, or reads how it came to be. */
  document: (
    message: DocumentMessage,
    answer: (answer: DocumentOpened | DocumentWritten | DocumentReplayed) => void,
  ) => void;
  /** Enters the call or leaves it, says what is sent, or says something to somebody in it. */
  call: (message: CallMessage, answer: (answer: CallAnswer) => void) => void;
  /** Says a line of captions, or goes on with it. */
  caption: (message: CaptionMessage, answer: (answer: CaptionAnswer) => void) => void;
  /** The server's time in milliseconds since 1970. */
  time: (answer: (now: number) => void) => void;
}

/** What a socket's handshake carries. Pages of before there were versions name none, and mean the first. */
export const Handshake = z.object({
  token: z.string().max(200).catch(""),
  protocol: z.int().default(1).catch(0),
  page: z.string().max(100).nullable().default(null).catch(null).describe("What the page calls itself; random."),
  attempt: z.int().default(0).catch(0).describe("Which of the page's connections this is, counted from 1."),
});
export type Handshake = z.infer<typeof Handshake>;
