import { bracketsApart } from "../list/asked-head.ts";
import { askedIn, asksByMark, sentencesIn } from "../list/asking.ts";
import { asksToChoose, lettered } from "../list/choices.ts";
import { pointsBelow } from "../list/code-below.ts";
import { isAnswerName } from "./column-names.ts";

/** What of a text is certainly the question, and what stands behind it and may be the answer. */
export interface AskedPart {
  readonly asked: string;
  /** For the panel only; empty where there is none. */
  readonly rest: string;
}

/** What of a cell is certainly asked. Only `isSure` where nothing but signs of an answer divide it. */
interface AskedCell extends AskedPart {
  readonly isSure: boolean;
}

/**
 * Divides a cell that holds a question. What stands behind the mark is certainly a part of it only where it asks too, is what can be chosen, or the
 * code that it speaks of; what stands there else may be its answer.
 */
export function askedCell(text: string): AskedCell {
  const { asked, rest } = askedPart(text);
  const whole = { asked, rest, isSure: true };
  const sentences = sentencesIn(asked);
  if (!sentences.some(asksByMark)) return isOrder(text, sentences) ? orderApart(whole) : whole;
  const found = askedIn(asked);
  const behind = found.rest;
  const decoration = /\p{L}/u.test(found.decoration) ? found.decoration.trim() : "";
  if (behind === "" && decoration === "") return whole;
  if (behind.startsWith("```") && pointsBelow(found.asked)) return whole;
  const choices = lettered(linesOf(behind));
  const isChosen = choices !== null && (choices.right.length > 0 || asksToChoose(found.asked));
  const shown = isChosen ? `${found.asked}\n\n${choices.text}` : found.asked;
  const hidden = [decoration, ...(isChosen ? choices.right : [behind]), rest].filter((part) => part !== "");
  return { asked: shown, rest: hidden.join("\n\n"), isSure: isChosen };
}

/** A card's gaps stand in brackets, too. */
const isOrder = (text: string, sentences: readonly string[]): boolean =>
  sentences.length === 1 && !text.includes("\n") && !text.includes("{{c");

/** Of an order in one sentence, what stands in brackets may be its answer. */
function orderApart(whole: AskedCell): AskedCell {
  const { head, behind } = bracketsApart(whole.asked);
  if (behind.length === 0 || head === "") return whole;
  return { asked: head, rest: [...behind, whole.rest].filter((part) => part !== "").join("\n\n"), isSure: false };
}

/** Its lines; those that begin with a letter may stand behind each other. */
const linesOf = (text: string): string[] =>
  text
    .split(/\n|\s(?=\(?[B-H]\s?[.):：]\s)/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** `{{c1::copper::a metal}}`: a gap of a card, what it hides, and what is said of it. */
const GAP = /\{\{c\d+::((?:[^{}:]|:(?!:)|\{(?!\{)|\}(?!\}))*)(?:::((?:[^{}]|\}(?!\}))*))?\}\}/g;

/** Divides the text of a question at the first sign of an answer in it. A card's gaps are emptied, and its full text is the rest. */
export function askedPart(text: string): AskedPart {
  const start = answerStart(text);
  const asked = text.slice(0, start).trimEnd();
  const rest = text.slice(start).trim();
  if (!asked.includes("{{c")) return { asked, rest };
  const open = asked.replace(GAP, (_, _hidden: string, said?: string) => (said ? `[${said}]` : "[…]"));
  const full = asked.replace(GAP, (_, hidden: string) => hidden);
  // What is no gap as it should be may still hide an answer.
  const broken = open.indexOf("{{c");
  if (broken >= 0) return { asked: open.slice(0, broken).trimEnd(), rest: text };
  return { asked: open, rest: [full, rest].filter((part) => part !== "").join("\n\n") };
}

const FOLDED = /<details\b|<!--|\[spoiler|<span[^<>]*(?:display:\s*none|hidden|spoiler)/i;
/** At a line's beginning or behind a sentence's end, up to three words and a colon. */
const LABEL =
  /(?:^|(?<=[\n.?!…。？！؟।)\]>:：]))[*_#>\-\u2022 \t\u3000(（[【「]{0,8}(\p{L}[\p{L}\p{M}']*(?: \p{L}[\p{L}\p{M}']*){0,2})[*_)\]】」]{0,4} ?[:：]/gu;

/** A word with a capital and a colon, wherever it stands. */
const CAPITAL = /(?<![\p{L}\p{M}'’])\p{Lu}[\p{L}\p{M}']* ?[:：]/gu;
/** Words before a noun, which then belongs to the sentence: of English, and of German, where every noun has a capital. */
const ARTICLE =
  /(?:^|\s)(?:the|an?|your|this|der|die|das|den|dem|des|eine?|eine[mnrs]|keine?|jede[mnrs]?|diese[mnrs]?|(?:m|d|s)eine?|ihre?|zur|zum|und|oder)\s+$/i;
const LONGEST_ARTICLE = 12;

/** Where the first answer in a text begins; its length where there is none. */
function answerStart(text: string): number {
  const folded = text.search(FOLDED);
  const end = folded < 0 ? text.length : folded;
  const shown = text.slice(0, end);
  const labels = [...shown.matchAll(LABEL)].filter(([, name = ""]) => isAnswerName(name));
  const words = [...shown.matchAll(CAPITAL)].filter(
    ({ 0: word, index }) =>
      isAnswerName(word.replace(/ ?[:：]$/, "")) &&
      !ARTICLE.test(text.slice(Math.max(0, index - LONGEST_ARTICLE), index)),
  );
  return Math.min(end, labels[0]?.index ?? end, words[0]?.index ?? end, letterStart(shown) ?? end);
}

/** Where an answer begins behind `A:`; `null` where that is the first of several choices. */
function letterStart(text: string): number | null {
  const found = /(?<=[?？؟]\s{0,4})A ?[:：]/u.exec(text);
  return found && !/(?:^|[\s(])B ?[.:：)]/u.test(text.slice(found.index)) ? found.index : null;
}
