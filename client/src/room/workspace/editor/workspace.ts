import type { Awareness } from "y-protocols/awareness";
import type { Doc, Map as YMap, Text as YText } from "yjs";
import { z } from "zod";

/** An ask's document as it lies open in this page, whoever brings its updates. */
export interface Workspace {
  readonly doc: Doc;
  /** Who else is in it, and where. What brings updates has set `user` of the own state; the editor sets `cursor`. */
  readonly awareness: Awareness;
}

export const Language = z.enum(["text", "markdown", "python", "javascript", "typescript", "sql"]);
export type Language = z.infer<typeof Language>;

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  text: "Plain text",
  markdown: "Markdown",
  python: "Python",
  javascript: "JavaScript",
  typescript: "TypeScript",
  sql: "SQL",
};

/** Whether lines are sentences, which wrap, go in their own direction and have no numbers. */
export const isProse = (language: Language): boolean => language === "text" || language === "markdown";

export const textOf = ({ doc }: Workspace): YText => doc.getText("text");

const metaOf = ({ doc }: Workspace): YMap<unknown> => doc.getMap("meta");

/** In which language a document is written; a document that does not say so, or says something unknown, is plain text. */
export const languageOf = (workspace: Workspace): Language =>
  Language.catch("text").parse(metaOf(workspace).get("language"));

/** Chooses the language for everybody. */
export function chooseLanguage(workspace: Workspace, language: Language): void {
  metaOf(workspace).set("language", language);
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
