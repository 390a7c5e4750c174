import type * as Y from "yjs";
import { spliceBetween } from "../text.ts";
import { Language } from "./language.ts";

/** What stands in a document, by the names of its types: the text, and what it is written in. */

export const TEXT = "text";
export const META = "meta";
export const LANGUAGE = "language";

export const textOf = (document: Y.Doc): Y.Text => document.getText(TEXT);

/** What the document is written in; plain text where nobody has said. */
export function languageOf(document: Y.Doc): Language {
  const language = Language.safeParse(document.getMap(META).get(LANGUAGE));
  return language.success ? language.data : "text";
}

/** Makes the document's text this one, by the smallest single change. */
export function writeOver(document: Y.Doc, after: string, origin: unknown = null): void {
  const text = textOf(document);
  const { at, remove, insert } = spliceBetween(text.toString(), after);
  document.transact(() => {
    if (remove > 0) text.delete(at, remove);
    if (insert !== "") text.insert(at, insert);
  }, origin);
}

/** What the document begins with: the language and the text that its question brings. */
export function begin(
  document: Y.Doc,
  { language, starter }: { readonly language: Language; readonly starter: string },
): void {
  document.transact(() => {
    document.getMap(META).set(LANGUAGE, language);
    textOf(document).insert(0, starter);
  });
}
