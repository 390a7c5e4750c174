import { z } from "zod";

/** What a document is written in. */
export const Language = z.enum(["text", "markdown", "python", "javascript", "typescript", "sql"]);
export type Language = z.infer<typeof Language>;
