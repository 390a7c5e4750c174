/** What models write where nobody says a word: what they were taught to call noises, and signs alone. */
const NOISE = /\[[^[\]]*\]|\([^()]*\)|\*[^*]*\*|<\|[^|<]*\|>|[♪♫]/gu;
const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

/** The same words so often in a row, up to so many of them, are written by a model that lost its way. */
const LOOP = { times: 4, words: 8 };

/** What was said of what a model wrote down; empty where nothing was. */
export function wordsOf(written: string): string {
  const words = written
    .replaceAll(NOISE, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  const said = withoutLoops(words).join(" ");
  return SAYS_SOMETHING.test(said) ? said : "";
}

/** The words with one of each that is said over and over, as a few of them are one too many. */
function withoutLoops(words: readonly string[]): readonly string[] {
  const alike = words.map((word) => word.toLowerCase());
  const kept: string[] = [];
  for (let at = 0; at < words.length; ) {
    const length = loopAt(alike, at);
    kept.push(...words.slice(at, at + (length ?? 1)));
    at += length === null ? 1 : length * timesAt(alike, at, length);
  }
  return kept;
}

/** How many words are said over and over from a place on; null where none are. */
function loopAt(words: readonly string[], at: number): number | null {
  for (let length = 1; length <= LOOP.words; length += 1) {
    if (timesAt(words, at, length, LOOP.times) === LOOP.times) return length;
  }
  return null;
}

/** How often so many words stand there in a row, counted up to `most`. */
function timesAt(words: readonly string[], at: number, length: number, most = Number.POSITIVE_INFINITY): number {
  let end = at + length;
  // Each word is the one that stands so many before it.
  while (end < words.length && end < at + length * most && words[end] === words[end - length]) end += 1;
  return Math.floor((end - at) / length);
}
