import { plainWords } from "@whetstone/shared/plain-text";

const LENGTH = 140;
/** So much of a prompt is looked at; a table or code at its beginning is skipped first. */
const LOOKED_AT = 1_000;

/**
 * The beginning of a Markdown text as one line of plain text, cut at a word. Code blocks and tables say nothing on one
 * line.
 */
export function excerptOf(markdown: string): string {
  const prose = withoutBlocks(markdown);
  const text = plainWords((prose.trim() ? prose : markdown).slice(0, LOOKED_AT), readable)
    .replace(/\s+/g, " ")
    .trim();
  return cut(text);
}

const FENCED = /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n[\s\S]*?(?:^ {0,3}\1[^\n]*$|(?![\s\S]))/gm;
const TABLE_ROW = /^ {0,3}\|.*$/gm;
const LINE_MARK = /^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|(?:[-*_][ \t]*){3,}$)?/gm;

const withoutBlocks = (markdown: string): string =>
  markdown.replace(/\r\n?/g, "\n").replace(FENCED, "").replace(TABLE_ROW, "").replace(LINE_MARK, "");

/** A formula as it can be read in plain text; one that needs typesetting is left out. */
const readable = (formula: string): string => (formula.includes("\\") ? "…" : formula);

function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= LENGTH) return text;
  const beginning = characters.slice(0, LENGTH).join("");
  const lastSpace = beginning.lastIndexOf(" ");
  return `${(lastSpace > 0 ? beginning.slice(0, lastSpace) : beginning).replace(/[\s.,;:–-]+$/, "")}…`;
}
