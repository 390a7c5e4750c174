import { z } from "zod";
import { Id } from "../room/id.ts";
import { Refusal } from "../room/refusal.ts";
import { SeekerCommand } from "./matching/commands.ts";
import type { SeekerView } from "./matching/view.ts";

/** The shapes of the queue's socket, in the namespace `/practice`. Both ends are typed by them, and the server parses what comes in. */

/** What a browser says of itself: a secret that it made for this queue and keeps, by which it finds its place again. */
export const PracticeHandshake = z.object({
  browser: z
    .string()
    .min(20)
    .max(80)
    .regex(/^[\w-]+$/),
});

export const REPORT_LONGEST = 500;

/** A partner who must not go on: whoever runs the server is told, and the two never meet again. */
const Report = z.strictObject({
  type: z.literal("report"),
  pairId: Id,
  reason: z.enum(["rude", "harassing", "advertising", "other"]),
  text: z.string().max(REPORT_LONGEST),
});

export const PracticeCommand = z.union([SeekerCommand, Report]);
export type PracticeCommand = z.infer<typeof PracticeCommand>;

export const PracticeAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type PracticeAnswer = z.infer<typeof PracticeAnswer>;

/** What whoever looks for a partner may choose from, as they may not read the bank. */
export const PracticeTopics = z.strictObject({
  topics: z.array(z.strictObject({ id: z.string(), name: z.string() })).readonly(),
});
export type PracticeTopics = z.infer<typeof PracticeTopics>;

export interface PracticeClientEvents {
  command: (command: unknown, answer: (answer: PracticeAnswer) => void) => void;
  /** The server's time in milliseconds since 1970. */
  time: (answer: (now: number) => void) => void;
}

export interface PracticeServerEvents {
  /** `at` is the server's time, in milliseconds since 1970. */
  view: (view: SeekerView, at: number) => void;
  /** The connection is over, and why. */
  lost: (reason: Refusal) => void;
}
