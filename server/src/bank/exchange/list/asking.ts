import {
  AMBIGUOUS,
  ASKS_ON,
  BEGINS_UNSPACED,
  BEHIND_AMBIGUOUS,
  ENDS_ASKING,
  ENGLISH_QUESTION,
  QUESTION_WORDS,
  TELLING,
  TURKISH_STEMS,
  WORKING,
} from "./asking-words.ts";

/**
 * Whether a text asks something of whoever reads it. What is not certainly the question is the panel's alone, so what is said here decides
 * what a candidate may see.
 */

/** By its mark; by a word that asks for words; by a word that asks for work. Only the first is certain: answers begin with the others, too. */
export type Asking = "mark" | "words" | "work";

const MARK = /[?？؟⁇‽][\s"'”’»)\]*_]*$/u;

/** How a sentence asks, or null where nothing says that it does. */
export function askingOf(sentence: string): Asking | null {
  const text = plain(sentence);
  if (MARK.test(text)) return "mark";
  const ordered = orderIn(text);
  if (ordered !== null) return ordered;
  const [first, second] = firstWords(text);
  if (ENGLISH_QUESTION[0].has(first) && ENGLISH_QUESTION[1].has(second)) return "words";
  if (QUESTION_WORDS.has(first) && second !== "") return "words";
  if (TURKISH_STEMS.some((stem) => first.startsWith(stem))) return "words";
  return BEGINS_UNSPACED.test(text) || ENDS_ASKING.test(withoutStop(text)) ? "words" : null;
}

/** What a sentence orders, by the verb that it begins with; null where it orders nothing. */
function orderIn(text: string): "words" | "work" | null {
  const [first, second, third] = firstWords(text);
  const [verb, next] = POLITE.has(first) ? [second, third] : [first, second];
  if (AMBIGUOUS.has(verb) && !BEHIND_AMBIGUOUS.has(next)) return null;
  const bare = verb.replace(/-(?:moi|nous|vous|me|mi|nos)$/, "");
  if (TELLING.has(bare)) return "words";
  return WORKING.has(bare) ? "work" : null;
}

/** Whether a sentence asks for all that it wants although it has no mark. */
const isWhole = (text: string): boolean =>
  !MARK.test(text) && (orderIn(text) !== null || BEGINS_UNSPACED.test(text) || ENDS_ASKING.test(withoutStop(text)));

/** Whether a sentence only begins to tell a case. */
const tellsCase = (text: string): boolean => /^\W*imagine\b/i.test(text);

/** A sentence without the signs that end it. */
function withoutStop(text: string): string {
  let end = text.length;
  while (end > 0 && " \t.。!！:：".includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

const POLITE = new Set([
  "please",
  "bitte",
  "пожалуйста",
  "proszę",
  "lütfen",
  "briefly",
  "can",
  "could",
  "kurz",
  "now",
  "then",
]);

/** Its first words, without the one that says who is asked. */
function firstWords(text: string): [first: string, second: string, third: string] {
  const found =
    text
      .slice(0, 120)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? [];
  const [first = "", second = "", third = ""] = found.filter(
    (word, at) => at !== 1 || (word !== "you" && word !== "sie"),
  );
  return [first, second, third];
}

/** Whether a text asks anywhere: in any of its sentences. */
export const asks = (text: string): boolean => sentencesIn(text).some((sentence) => askingOf(sentence) !== null);

/** Whether it ends with a mark, whatever decorates it. */
export const asksByMark = (text: string): boolean => MARK.test(plain(text));

/** What is around a sentence and no part of it: emphasis, numbers, signs, links and labels in brackets at its ends. */
function plain(text: string): string {
  const [, kept = ""] = withoutDecoration(text.replace(/^(?:[\s*_"'“„«(¿¡#>]|\[[^\][]{0,40}\](?!\()\s)+/u, ""));
  return kept;
}

/** A link, a picture or something in brackets at the end, signs, and emphasis around them. */
const DECORATION =
  /(?:\s|\*\*|__|\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}]|\u200d|\ufe0f|!?\[{1,2}[^\][]{0,200}\]\([^()]{0,400}\)\]?|\((?:easy|medium|hard|basic|advanced|beginner|intermediate|junior|senior|mid|\d{1,3}(?: ?(?:points?|pts?|marks?|min(?:utes)?))?|[^()\s]{1,3})\)|:[a-z_]{2,30}:|[★☆⭐✦→↑⬆↗¶])$/iu;

/** A text without what decorates its end, and that decoration. Only what stands behind a mark is taken off. */
function withoutDecoration(text: string): [decoration: string, kept: string] {
  let kept = text;
  for (let taken = 0; taken < 20; taken++) {
    // What matches is no longer than this, and the pattern looks at no more.
    const end = kept.slice(-700);
    const found = DECORATION.exec(end)?.[0];
    if (found === undefined || found === "") break;
    kept = kept.slice(0, kept.length - found.length);
  }
  return MARK.test(kept) ? [text.slice(kept.length), kept] : ["", text.trimEnd()];
}

/** Whether each of its sentences ends with a mark. */
export const isAllAsked = (text: string): boolean => sentencesIn(text).every(asksByMark);

/** Whether it begins with a sentence that ends with a mark. */
export const beginsAsked = (text: string): boolean => asksByMark(sentencesIn(text)[0] ?? "");

/** What begins with a sign or a label in the same line may be an answer, although it ends with a mark. */
const BEGINS_ANEW = /^\s*(?:[-–—=→⇒>•*|(]+\s|[-–—=]+>|\p{L}[\p{L}\p{M} ]{0,30}[:：]\s)/u;

export interface Asked {
  /** What is certainly the question: from its beginning up to what asks. */
  readonly asked: string;
  /** What stands behind it, and may be its answer. */
  readonly rest: string;
  /** What decorates it: links, badges, emoji. */
  readonly decoration: string;
}

/**
 * The part of a question's own text that is certainly the question. Before its first mark all of it is, as people tell a case first; behind a mark
 * only what asks by a mark too, or for more of the same. Without a mark, and where it begins with an order, it is the first sentence.
 */
export function askedIn(text: string): Asked {
  const sentences = sentencesIn(text);
  let end = 0;
  let isAsked = false;
  const isOrder = isWhole(plain(sentences[0] ?? "")) && !tellsCase(text);
  const firstMark = isOrder ? 0 : sentences.findIndex((sentence) => asksByMark(sentence));
  for (const [index, sentence] of sentences.entries()) {
    const isAnew = BEGINS_ANEW.test(sentence.slice(0, 60)) && !sentences[index - 1]?.endsWith("\n");
    const asksOn = isAsked && ((asksByMark(sentence) && !isAnew) || ASKS_ON.test(sentence.trimStart()));
    if (index > Math.max(firstMark, 0) && !asksOn) break;
    end += sentence.length;
    isAsked = true;
  }
  const [before, kept] = withoutDecoration(text.slice(0, end).trimEnd());
  const behind = text.slice(end);
  const isDecoration = behind.trim() !== "" && withoutDecoration(`?${behind.trimEnd()}`)[1] === "?";
  return {
    asked: kept.trim(),
    rest: isDecoration ? "" : behind.trim(),
    decoration: `${before} ${isDecoration ? behind : ""}`.trim(),
  };
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
/** An abbreviation ends no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:vs|e\.g|i\.e|etc|cf|dr|mr|mrs|ms|prof|fig|eq|no|resp|approx|incl|bzw|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ej|т\.\s?е|т\.\s?п|np|tzn)\.\s*$/iu;
/** Behind a mark a sentence is over, whatever sign comes next. */
const BEHIND_MARK = /(?<=[?？؟⁇‽]["'”’»)\]*_]{0,4})(?=\s*[^\s?？؟⁇‽"'”’»)\]*_.,;!…])(?<!\s)/u;
/** Behind a stop, too, where a dash or an arrow comes next, which the rules of Unicode take for more of the sentence. */
const BEFORE_DASH = /(?<=[.!…]["'”’»)\]*_]{0,4}\s{1,4})(?=[-–—=→•*])/u;
/** A line that begins with a dash, an arrow or a bullet says something of its own. */
const DASHED = /^\s*(?:[-–—=]+>|[→⇒➜•]|[-–—*]\s)/u;
/** What holds signs that end no sentence: code, maths, links, addresses. */
const WITHIN = /`[^`\n]*`|\$[^$\n]*\$|!?\[[^\][\n]*\](?:\([^()\n]*\))?|https?:\/\/\S+/g;
/** A line that is not shorter than this is one that was broken where it became too long. */
export const BROKEN_LINE = 60;

/** The sentences of a text, which together are the text. What stands in code, in a link or between signs of maths ends none. */
export function sentencesIn(text: string): string[] {
  // Most are one, and to look for more of them takes long.
  if (!/[.?!？。！؟।⁇‽…\n]/u.test(text.trimEnd().slice(0, -1))) return [text];
  const masked = text.replace(WITHIN, (inner) => "x".repeat(inner.length));
  const sentences: string[] = [];
  let open = "";
  for (const line of linesOfSentences(masked).flatMap((part) =>
    part.split(BEHIND_MARK).flatMap((one) => one.split(BEFORE_DASH)),
  )) {
    for (const { segment } of segmenter.segment(line.replaceAll("\n", " "))) {
      const last = sentences.pop();
      // Signs alone belong to what they stand behind.
      if (open === "" && last !== undefined && !/[\p{L}\p{N}]/u.test(segment)) sentences.push(last + segment);
      else {
        if (last !== undefined) sentences.push(last);
        open += segment;
        if (ABBREVIATED.test(segment.slice(-20))) continue;
        sentences.push(open);
        open = "";
      }
    }
  }
  if (open !== "") sentences.push(open);
  let from = 0;
  return sentences.map(({ length }) => {
    from += length;
    return text.slice(from - length, from);
  });
}

/** Words behind which no sentence ends, in English, German, French, Spanish, Portuguese, Italian, Russian. */
const GOES_ON =
  /(?:(?:^|\s)(?:and|or|vs\.?|the|an?|of|in|to|for|between|with|from|by|on|at|as|how|that|which|when|if|und|oder|der|die|das|den|dem|von|zwischen|mit|für|zu|im|wie|et|ou|de|du|des|la|le|les|un|une|entre|en|avec|pour|y|o|el|los|las|del|con|para|e|do|da|os|com|di|il|gli|tra|fra|и|или|между|в|с|на|к)|[,;(–-])$/iu;

/** Whether a line was broken where it became too long, or in the middle of its sentence. */
export const isBroken = (line: string): boolean =>
  line.length >= BROKEN_LINE || GOES_ON.test(line.trimEnd().slice(-20));

/** Whether a line goes on with the one before it, which was broken where it became too long. */
const goesOn = (last = "", line: string): boolean =>
  !DASHED.test(line) && (isBroken(last) || !/^\s*[^\p{Ll}\s(]/u.test(line));

/** Lines that end a sentence although no sign does: short ones behind which a line begins anew. */
function linesOfSentences(text: string): string[] {
  const parts: string[] = [];
  let open = "";
  for (const line of text.split(/(?<=\n)/)) {
    const last = open.slice(open.lastIndexOf("\n", open.length - 2) + 1);
    if (open !== "" && !goesOn(last, line)) {
      parts.push(open);
      open = "";
    }
    open += line;
  }
  return [...parts, open];
}
