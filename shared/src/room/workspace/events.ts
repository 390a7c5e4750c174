import { z } from "zod";
import { Splice } from "../../text.ts";
import { Id, RoundId } from "../id.ts";

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
