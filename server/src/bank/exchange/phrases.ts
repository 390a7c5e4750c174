import { fromMarkdown } from "mdast-util-from-markdown";
import { toString as plainText } from "mdast-util-to-string";

/** How people mark what a line of their list is: a question, an answer to it, a hint. */

/** What stands below a question, by the label that begins it. */
export type Section = "prompt" | "hints" | "followUps" | "strongAnswer" | "redFlags";

const LABELS: readonly (readonly [Exclude<Section, "prompt">, RegExp])[] = [
  [
    "strongAnswer",
    label("(?:(?:expected|strong|good|model|sample|ideal) )?answers?|solutions?|look for|key points?|a\\d{0,3}"),
  ],
  ["hints", label("hints?")],
  ["followUps", label("follow[- ]?ups?(?: questions?)?")],
  ["redFlags", label("red flags?")],
];

/** The words at the beginning of a line, with a colon behind them, bold or not. */
function label(words: string): RegExp {
  return new RegExp(`^(?:\\*\\*|__)?(?:${words})(?:\\*\\*|__)?\\s*(?:\\d+\\s*)?[:：](?:\\*\\*|__)?\\s*`, "i");
}

/** The section that a line opens, and the rest of the line; `null` where it opens none. */
export function labelled(line: string): { section: Exclude<Section, "prompt">; rest: string } | null {
  for (const [section, pattern] of LABELS) {
    const found = pattern.exec(line);
    if (found) return { section, rest: line.slice(found[0].length) };
  }
  return null;
}

/** `Q1:`, `Q1.`, `Q:`, `Question 3 -`; a "Q-learning" is none. */
const NUMBERING = new RegExp(
  "^(\\*\\*|__)?" +
    "(?:Q(?:uestion)?\\s*\\d{1,4}(?:\\s*[-:.)–—]+(?=[\\s*_])|(?=\\s))|Q(?:uestion)?\\s*[:.](?=[\\s*_]))" +
    "(\\*\\*|__)?\\s*",
  "i",
);

export const isNumbered = (line: string): boolean => NUMBERING.test(line);

/** A question as it is asked: without a number before it, and not bold as a whole. */
export function asAsked(text: string): string {
  const numbering = NUMBERING.exec(text);
  const isBoldThroughout = numbering?.[1] !== undefined && numbering[2] === undefined;
  const rest = numbering ? `${isBoldThroughout ? numbering[1] : ""}${text.slice(numbering[0].length)}` : text;
  const unnumbered = rest.replace(/^\d{1,3}[.)]\s+/, "");
  return /^(\*\*|__)(?!\s)((?:(?!\1).)+)\1$/s.exec(unnumbered)?.[2]?.trim() ?? unnumbered.trim();
}

export const endsAsQuestion = (text: string): boolean => /[?？؟][\s"'”’»)*_]*$/.test(text);

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
    .replace(/^(?:\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+)\s+/, "")
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
