import { LANGUAGE, languageOf as languageIn, META, textOf as textIn } from "@whetstone/shared/workspace/document";
import { isRun, type Language } from "@whetstone/shared/workspace/language";
import type { Awareness } from "y-protocols/awareness";
import type { Doc, Map as YMap, Text as YText } from "yjs";

/** An ask's document as it lies open in this page, whoever brings its updates. */
export interface Workspace {
  readonly doc: Doc;
  /** Who else is in it, and where. What brings updates has set `user` of the own state; the editor sets `cursor`. */
  readonly awareness: Awareness;
}

/** Whether lines are sentences, which wrap, go in their own direction and have no numbers. */
export const isProse = (language: Language): boolean => !isRun(language);

export const textOf = ({ doc }: Workspace): YText => textIn(doc);

const metaOf = ({ doc }: Workspace): YMap<unknown> => doc.getMap(META);

export const languageOf = ({ doc }: Workspace): Language => languageIn(doc);

/** Chooses the language for everybody. */
export function chooseLanguage(workspace: Workspace, language: Language): void {
  metaOf(workspace).set(LANGUAGE, language);
}

export function onLanguage(workspace: Workspace, listener: () => void): () => void {
  const meta = metaOf(workspace);
  meta.observe(listener);
  return () => meta.unobserve(listener);
}

export function onText(workspace: Workspace, listener: () => void): () => void {
  const text = textOf(workspace);
  text.observe(listener);
  return () => text.unobserve(listener);
}
