import { z } from "zod";
import { Id } from "../room/id.ts";
import { Refusal } from "../room/refusal.ts";
import { asLine } from "../visible.ts";

/** What travels of captions beside a room's views: what is said, as text, line by line. Nothing of it is kept anywhere. */

export const CAPTION_LIMITS = {
  /** One line, in UTF-16 code units: some seventy words. */
  text: 500,
  /** Messages of one seat in a second that are always taken in: a line is sent again for each few words that come to it. */
  perSecond: 10,
} as const;

/** A line as it is by now; one that is sent again under its name takes its own place. */
export const CaptionMessage = z.strictObject({
  lineId: Id,
  text: z.string().max(CAPTION_LIMITS.text).overwrite(asLine),
  isFinal: z.boolean().describe("Nothing more comes to it, unless it is corrected."),
  speakerId: Id.nullable()
    .optional()
    .describe("Who is speaking, where somebody captions others; null for somebody whom they do not know."),
});
export type CaptionMessage = z.infer<typeof CaptionMessage>;

export const CaptionAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type CaptionAnswer = z.infer<typeof CaptionAnswer>;

/** A line as others are shown it. */
export interface Caption {
  readonly lineId: string;
  readonly text: string;
  readonly isFinal: boolean;
  /** By whom it was captioned: by the speaker's own device, or by somebody who types. */
  readonly writerId: string;
  /** Who is speaking; null where it is not known, or nobody whom the reader sees. */
  readonly speakerId: string | null;
}
