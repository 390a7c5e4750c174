import { z } from "zod";

export const Language = z.enum(["text", "markdown", "python", "javascript", "typescript", "sql"]);
/** What a workspace is written in. Text and Markdown are read and never run. */
export type Language = z.infer<typeof Language>;

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  text: "Plain text",
  markdown: "Markdown",
  python: "Python",
  javascript: "JavaScript",
  typescript: "TypeScript",
  sql: "SQL",
};

/** Those in which a program can be run. */
export const Runnable = Language.exclude(["text", "markdown"]);
export type Runnable = z.infer<typeof Runnable>;

export const isRun = (language: Language): language is Runnable => language !== "text" && language !== "markdown";
