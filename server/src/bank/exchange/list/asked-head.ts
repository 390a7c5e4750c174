import { askingOf, isBroken } from "./asking.ts";

/** What of a question's first sentence is certainly asked, where no mark says where it ends: answers stand behind signs and in brackets. */
export interface AskedHead {
  readonly head: string;
  /** What may be its answer, for the panel. */
  readonly behind: readonly string[];
}

/** Signs behind which an answer may begin: a colon, a dash, an arrow, a wide gap, what hides a text or opens a comment. */
const SEPARATOR =
  /;(?=\s)|(?:\*\*|__)?[:：](?:\*\*|__)?(?=\s)|::+|(?<=\s)(?:[-–—=]{1,3}>?|→|⇒|➜|\/\/|\||\.\.\.|…)(?=\s)|\|\||>!|==|%%|<!--|\^\[|(?<=\s)\{|\t|\n|(?<=\S) {3}(?=\S| )|\p{Extended_Pictographic}/gu;
/** What holds such signs and ends nothing. */
const WITHIN = /`[^`\n]*`|\$[^$\n]*\$|!?\[[^\][\n]*\]\([^()\n]*\)|https?:\/\/\S+/g;

/** A text with letters in place of what holds signs that end nothing. */
const mask = (text: string): string => text.replace(WITHIN, (inner) => "x".repeat(inner.length));

/** An order without what stands in brackets, and that. */
export function bracketsApart(text: string): AskedHead {
  const { head, brackets } = withoutBrackets(text, mask(text));
  return { head, behind: brackets };
}

export function askedHead(text: string): AskedHead {
  if (/[?？؟]/.test(text)) return { head: text, behind: [] };
  const masked = mask(text);
  const end = endOfAsked(masked);
  const [asked, rest] = end === null ? withoutDefinition(text) : [text.slice(0, end), text.slice(end)];
  const { head, brackets } = withoutBrackets(asked, masked);
  return { head: withoutEmphasis(head), behind: [...brackets, rest] };
}

/** Where the last of the parts ends that ask, behind the first that does; `null` where none does. */
function endOfAsked(text: string): number | null {
  let from = 0;
  let end: number | null = null;
  for (const { index, length } of [...separatorsIn(text), { index: text.length, length: 0 }]) {
    const part = text.slice(from, index).replace(EMPHASIS, "");
    from = index + length;
    if (part.trim() === "") continue;
    const isAsking = askingOf(part) !== null || CLAIMED.test(part);
    if (end !== null && !isAsking) break;
    // An order of one word needs what comes next.
    if (isAsking && !(index < text.length && isOneWord(part))) end = index;
    else if (isAsking) return endOfNext(text, from);
  }
  return end;
}

const separatorsIn = (text: string): { index: number; length: number }[] =>
  [...signsIn(text), ...emphasisIn(text)].toSorted((one, other) => one.index - other.index);

const EMPHASIS = /^(?:\*\*|__|\*|_|<(?:b|strong|i|em|u)>)/i;
const CLOSING: Readonly<Record<string, string>> = {
  "<b>": "</b>",
  "<strong>": "</strong>",
  "<i>": "</i>",
  "<em>": "</em>",
  "<u>": "</u>",
};

/** Where the emphasis ends with which a text begins and something comes behind it. */
function emphasisIn(text: string): { index: number; length: number }[] {
  const opening = EMPHASIS.exec(text)?.[0].toLowerCase();
  if (opening === undefined) return [];
  const closing = CLOSING[opening] ?? opening;
  const end = text.toLowerCase().indexOf(closing, opening.length);
  const index = end + closing.length;
  return end > opening.length && /[\p{L}\p{N}]/u.test(text.slice(index)) ? [{ index, length: 0 }] : [];
}

/** A text without the emphasis around all of it. */
function withoutEmphasis(text: string): string {
  const opening = EMPHASIS.exec(text)?.[0] ?? "";
  const closing = CLOSING[opening.toLowerCase()] ?? opening;
  const isAround =
    opening !== "" && text.toLowerCase().indexOf(closing, opening.length) === text.length - closing.length;
  return isAround ? text.slice(opening.length, text.length - closing.length).trim() : text;
}

const signsIn = (text: string): { index: number; length: number }[] =>
  [...text.matchAll(SEPARATOR)].flatMap(({ 0: sign, index }) =>
    sign === "\n" && isWithinSentence(text, index) ? [] : [{ index, length: sign.length }],
  );

/** Whether the end of a line is none of its sentence. */
const isWithinSentence = (text: string, end: number): boolean =>
  isBroken(text.slice(text.lastIndexOf("\n", end - 1) + 1, end)) || GOES_ON_FROM.test(text.slice(end, end + 60));

/** Words with which no answer begins, but the rest of a sentence. */
const GOES_ON_FROM =
  /^\s*(?:that|which|who|whose|and|or|of|than|between|und|oder|dass|zwischen|que|qui|et|ou|entre|y|o|e|и|или|между|которы\p{L}*)\s/iu;

function endOfNext(text: string, from: number): number {
  const next = separatorsIn(text).find(({ index }) => index > from && text.slice(from, index).trim() !== "");
  return next?.index ?? text.length;
}

/** How an order speaks of what is listed behind it. */
const POINTS_ON =
  /\b(?:following|these|below)\b|folgende|suivant|siguiente|seguinte|seguent|следующ|наступн|następując|poniższ|aşağıdaki|下面|以下|下列|如下|次の|다음|아래|التالي|الآتي|הבא|निम्न/iu;

const isOneWord = (part: string): boolean => !/\S\s+\S/.test(part.trim()) || POINTS_ON.test(part) || CLAIMED.test(part);

/** What a claim is put behind, which is then a part of the question. */
const CLAIMED =
  /^[*_\s]*(?:true(?: or |\/)false|t\/f|vrai ou faux|(?:richtig|wahr) oder falsch|verdadero o falso|verdadeiro ou falso|vero o falso|правда или ложь|верно или нет|правда чи ні|prawda czy fałsz|doğru mu,? yanlış mı|判断题?|正误|○か×か)[*_\s]*$/iu;

const BRACKETS =
  /(?<=\s)(?:\([^()]{3,}\)|（[^（）]{2,}）|\[[^\][]{3,}\]|【[^【】]{2,}】)|（[^（）]{2,}）|【[^【】]{2,}】/gu;

/** Takes out what stands in brackets, but for a short name of what stands before them. */
function withoutBrackets(text: string, masked: string): { head: string; brackets: string[] } {
  const brackets: string[] = [];
  let head = "";
  let from = 0;
  for (const { 0: bracket, index } of masked.slice(0, text.length).matchAll(BRACKETS)) {
    const own = text.slice(index, index + bracket.length);
    if (isShortName(own.slice(1, -1), text.slice(0, index))) continue;
    brackets.push(own);
    head += text.slice(from, index).trimEnd();
    from = index + bracket.length;
  }
  return { head: (head + text.slice(from)).trim(), brackets };
}

/** `(TDD)` behind test-driven development: the first letters of the words before it. */
function isShortName(inner: string, before: string): boolean {
  if (!/^\p{Lu}{2,6}s?$/u.test(inner)) return false;
  const letters = inner.replace(/s$/, "").toLowerCase();
  const words =
    before
      .slice(-200)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = words
    .slice(-letters.length)
    .map(([letter]) => letter)
    .join("");
  return first === letters;
}

/** How long a term may be that something explains behind it, in UTF-16 code units. */
const TERM = 80;

/** A term and what explains it: `Slag: waste of smelting`. What asks stays whole. */
function withoutDefinition(text: string): [term: string, definition: string] {
  const line = separatorsIn(text).find(({ index, length }) => text.slice(index, index + length) === "\n");
  const begin = text.slice(0, Math.min(TERM, line?.index ?? TERM));
  const found = /(?<=[^\s:])(?:(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s|\s+(?:[-–—=]|→|=>)\s)(?=\s*\S)/u.exec(begin);
  const [emphasis] = emphasisIn(text);
  if (!found && emphasis) return [text.slice(0, emphasis.index), text.slice(emphasis.index)];
  if (!found && line) return [text.slice(0, line.index), text.slice(line.index)];
  if (!found) return [text, ""];
  const definition = text.slice(found.index + found[0].length);
  const term = text.slice(0, found.index);
  return askingOf(term) !== null || askingOf(definition) !== null ? [text, ""] : [term, definition];
}
