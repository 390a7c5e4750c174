import { z } from "zod";
import { Id } from "../room/id.ts";

/** The documents of an ask: what is written in it, and what is drawn. */
export const DocumentPart = z.enum(["text", "board"]);
export type DocumentPart = z.infer<typeof DocumentPart>;

/** Names one document of a room. */
export const DocumentName = z.strictObject({ askId: Id, part: DocumentPart });
export type DocumentName = z.infer<typeof DocumentName>;

/** The name as one string. */
export const documentKey = ({ askId, part }: DocumentName): string => `${askId}/${part}`;

/** The document that has that key. */
export function documentNamed(key: string): DocumentName {
  const [askId, part] = key.split("/");
  return DocumentName.parse({ askId, part });
}
