import { z } from "zod";

/** One edit of a text, in UTF-16 code units: at `at`, `remove` units go and `insert` comes. */
export const Splice = z.strictObject({ at: z.int().min(0), remove: z.int().min(0), insert: z.string() });
export type Splice = z.infer<typeof Splice>;

/** How a text that somebody wrote leads back to the one that they wrote it on, which is at most so long; pages of earlier builds do not say. */
export const writtenBase = (most: number) =>
  Splice.extend({ insert: z.string().max(most) })
    .optional()
    .describe("Applied to the text, it gives the one that was there when the writing began.");

/** The smallest single splice that turns `before` into `after`. */
export function spliceBetween(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < shorter - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++;
  }
  return { at: head, remove: before.length - head - tail, insert: after.slice(head, after.length - tail) };
}

export function applySplice(text: string, { at, remove, insert }: Splice): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}
