import { z } from "zod";
import { Splice } from "../../text.ts";
import { Id, RoundId } from "../id.ts";
import { Mark } from "./marks.ts";

/** The answer is what the ask's document says by now. */
export const AnswerFolded = z.strictObject({
  type: z.literal("answerFolded"),
  roundId: RoundId,
  askId: Id,
  edit: Splice,
});
export type AnswerFolded = z.infer<typeof AnswerFolded>;

/** Whether the panel may write in documents, from here on. */
export const EditingLet = z.strictObject({ type: z.literal("editingLet"), panel: z.boolean() });

/** The candidate pasted much, left the page or came back to it, in a room that notes this. */
export const Marked = z.strictObject({
  type: z.literal("marked"),
  roundId: RoundId,
  askId: Id,
  at: z.int().describe("Milliseconds since 1970."),
  mark: Mark,
});
export type Marked = z.infer<typeof Marked>;
