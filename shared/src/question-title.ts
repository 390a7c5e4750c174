import type { AskedQuestion } from "./bank.ts";
import { plainTextOf } from "./plain-text.ts";

/** How much of a prompt is looked at for its title, in UTF-16 code units. */
const LOOKED_AT = 1_000;

/**
 * What an asked question is called: the bank's title, else the beginning of its prompt in plain words. What a room has stored of a typed
 * question is its first line as it was written, with all marks.
 */
export const titleOf = ({ bankId, title, prompt }: Pick<AskedQuestion, "bankId" | "title" | "prompt">): string =>
  bankId === null ? beginningOf(prompt) || title : title;

/** The first line of Markdown that says something, in plain words, cut at a word where it has more than `longest` characters. */
export function beginningOf(markdown: string, longest = 60): string {
  const [line = ""] = plainTextOf(markdown.trimStart().slice(0, LOOKED_AT)).trimStart().split("\n", 1);
  return cutAtWord(line.replace(/^\d{1,9}[.)]\s/, "").trim(), longest);
}

function cutAtWord(line: string, longest: number): string {
  const characters = [...line];
  if (characters.length <= longest) return line;
  const kept = characters.slice(0, longest - 1).join("");
  const space = characters[longest - 1] === " " ? kept.length : kept.lastIndexOf(" ");
  return `${(space > longest / 2 ? kept.slice(0, space) : kept).trimEnd()}…`;
}
