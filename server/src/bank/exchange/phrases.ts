import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as plainText } from "mdast-util-to-string";

/** Names and titles made of what people wrote. */

/** The text of a line that is bold and nothing else, as some write headings. */
export function boldHeading(lines: readonly string[]): string | null {
  const [line = ""] = lines;
  const text = lines.length === 1 ? /^(\*\*|__)(?!\s)((?:(?!\1).)+)\1:?$/.exec(line)?.[2] : undefined;
  return text === undefined || /[.?？؟!]$/.test(text.trim()) ? null : text.trim();
}

/** A heading without the name for links, `{#name}`, that may end it. */
function withoutAnchor(text: string): string {
  const begin = text.endsWith("}") ? text.lastIndexOf("{#") : -1;
  return begin < 0 || text.indexOf("}", begin) < text.length - 1 ? text : text.slice(0, begin).trimEnd();
}

/** A heading's words without its number. */
export const headingName = (text: string): string =>
  inWords(withoutAnchor(text))
    .replace(/^(?:\d+(?:\.\d+)*[.)]\s+|\d+(?:\.\d+)+\s+|\p{Nd}+[、．]\s*)/u, "")
    .replace(/\s*:$/, "");

/** What is made a title or a topic of is no longer, in UTF-16 code units; what a parser does with more grows with its square. */
const WORDS_FROM = 1_000;

/** The beginning of Markdown as plain words in one line. Maths stays as it is written, as its underscores are no emphasis. */
export function inWords(markdown: string): string {
  const beginning = markdown.slice(0, WORDS_FROM);
  const isPlain = beginning.includes("$") || !MARKUP.test(beginning);
  return (isPlain ? beginning : plainText(fromMarkdown(beginning))).replace(/\s+/g, " ").trim();
}

/** Most titles have none of it, and parsing ten thousand of them takes seconds. */
const MARKUP = /[*_`[\]<>\\&#~]/;

/** The first sentence, in at most `length` UTF-16 code units. */
export function firstSentence(text: string, length: number): string {
  const sentence = /^.*?(?:[。？！]|[.?!…؟](?=["'”’»)]*(?:\s+[^\p{Ll}\s]|\s*$)))["'”’»)]*/su.exec(text)?.[0] ?? text;
  return shortened(sentence, length);
}

export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "");
  const words = kept.replace(/\s+\S*$/, "");
  return `${(words.length > length / 2 ? words : kept).trimEnd()}…`;
}
