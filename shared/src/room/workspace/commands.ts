import { z } from "zod";
import { Id } from "../id.ts";
import { LIMITS } from "../limits.ts";

export const workspaceCommands = [
  z.strictObject({
    type: z.literal("letEdit"),
    panel: z.boolean().describe("Whether the panel may write in documents."),
  }),
  z.strictObject({ type: z.literal("beginQuiet"), askId: Id, minutes: z.int().min(1).max(LIMITS.quietMinutes) }),
  z.strictObject({ type: z.literal("endQuiet"), askId: Id }),
] as const;

/** They come by the documents' channel, or from the server itself. */
export const workspaceRequests = [
  z.strictObject({ type: z.literal("editDocument"), askId: Id }),
  z.strictObject({ type: z.literal("quietOver") }),
  z.strictObject({
    type: z.literal("foldAnswer"),
    askId: Id,
    text: z.string().max(LIMITS.answer),
    onto: z.string().describe("The answer that the document holds already."),
  }),
] as const;
