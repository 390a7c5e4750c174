/**
 * The words of a text as the index, the vocabulary and a request all know them: lower-case, without accents,
 * typographic forms as plain letters. A word that hyphens join stays one: `back-propagation`.
 */
export function wordsOf(text: string): string[] {
  const folded = text.normalize("NFKD").replace(IGNORED, "").toLowerCase();
  return folded.match(WORD)?.map((word) => word.replaceAll(HYPHEN, "-")) ?? [];
}

const HYPHEN = "\u2010";
const SOFT_HYPHEN = "\u00ad";
const IGNORED = new RegExp(`[\\p{M}${SOFT_HYPHEN}]+`, "gu");
const WORD = new RegExp(`[\\p{L}\\p{N}]+(?:[-${HYPHEN}][\\p{L}\\p{N}]+)*`, "gu");

/** What hyphens join in a word; a word without any is its only part. */
export const partsOf = (word: string): string[] => word.split("-");

/** The word without its hyphens. */
export const joined = (word: string): string => word.replaceAll("-", "");

/**
 * What a text is found by. A hyphened word is found by its parts, and written as one: hyphens are a matter of taste.
 */
export const termsOf = (text: string): string[] =>
  wordsOf(text).flatMap((word) => (word.includes("-") ? [...partsOf(word), joined(word)] : [word]));

/** A term in British and in American spelling: the bank has the one, papers have the other, and people type either. */
export function spellingsOf(term: string): string[] {
  if (term.length < 5) return [term];
  const british = term.replace(/(?<=[iy])z(?=[aei]|$)/g, "s");
  const american = term.replace(/(?<=[iy])s(?=[aei]|$)/g, "z");
  return [...new Set([term, british, american])];
}
