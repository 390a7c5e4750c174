/** What models write where nobody says a word: what they were taught to call noises, and signs alone. */
const NOISE = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|<\|[^|]*\|>|[♪♫]/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
/** The same words over and over, as a model that lost its way writes them: a few of them are one too many. */
const LOOP = /((?:\S+\s+){0,7}\S+)(?:\s+\1){3,}/giu;

/** What was said of what a model wrote down; empty where nothing was. */
export function wordsOf(written: string): string {
  const words = written.replaceAll(NOISE, " ").replaceAll(LOOP, "$1").replaceAll(/\s+/g, " ").trim();
  return SAYS_SOMETHING.test(words) ? words : "";
}
