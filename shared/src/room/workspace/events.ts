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

/** From here on nobody but the candidate receives anything of the workspace, for so many minutes of the interview at the most. */
export const QuietBegan = z.strictObject({
  type: z.literal("quietBegan"),
  roundId: RoundId,
  askId: Id,
  candidateId: Id,
  minutes: z.int(),
});

/** By whoever did it, by what closed its question, or by the server when its time was over. */
export const QuietEnded = z.strictObject({ type: z.literal("quietEnded"), roundId: RoundId, askId: Id });
export type QuietEnded = z.infer<typeof QuietEnded>;
export type QuietEvent = z.infer<typeof QuietBegan> | QuietEnded;
/** The candidate pasted much, left the page or came back to it, in a room that notes this. */
export const Marked = z.strictObject({
  type: z.literal("marked"),
  roundId: RoundId,
  askId: Id,
  at: z.int().describe("Milliseconds since 1970."),
  mark: Mark,
});
export type Marked = z.infer<typeof Marked>;
