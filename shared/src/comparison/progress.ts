import { z } from "zod";
import { Refusal } from "../room/refusal.ts";

/**
 * The answer of a request that reads many rooms comes in lines, each one JSON: how far it is, now and then, and at last
 * what was asked for, or why that failed.
 */
const ReadingProgress = z.strictObject({
  kind: z.literal("reading"),
  read: z.int().describe("Rooms that were read."),
  of: z.int(),
});
export type ReadingProgress = z.infer<typeof ReadingProgress>;

const ReadingFailed = z.strictObject({ kind: z.literal("failed"), refusal: Refusal });

/** A line of an answer whose last one holds a `Result`. */
export const lineOf = <Result extends z.ZodType>(result: Result) =>
  z.discriminatedUnion("kind", [ReadingProgress, ReadingFailed, z.strictObject({ kind: z.literal("done"), result })]);

export type ReadingLine<Result> =
  | ReadingProgress
  | z.infer<typeof ReadingFailed>
  | { readonly kind: "done"; readonly result: Result };
