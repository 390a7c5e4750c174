import { distance } from "fastest-levenshtein";
import { joined, partsOf, spellingsOf } from "./words.ts";

/**
 * Every term of the index, with how many questions hold it. FTS5's own table of terms would do, but counts them anew at
 * each reading, which alone takes longer than a search may.
 */
export class Vocabulary {
  readonly #questions = new Map<string, number>();

  /** Counts one more question that holds these terms. */
  add(terms: ReadonlySet<string>): void {
    for (const term of terms) this.#questions.set(term, (this.#questions.get(term) ?? 0) + 1);
  }

  /** Counts one question less that holds these terms. */
  remove(terms: ReadonlySet<string>): void {
    for (const term of terms) {
      const left = (this.#questions.get(term) ?? 0) - 1;
      if (left > 0) this.#questions.set(term, left);
      else this.#questions.delete(term);
    }
  }

  /**
   * The words with each that no term begins with replaced by the nearest one, or null where there is nothing to replace
   * it by.
   */
  correct(words: readonly string[]): string[] | null {
    const unknown = new Set(words.filter((word) => !this.#knows(word)));
    if (unknown.size > MOST_CORRECTED) return null;
    const corrected: string[] = [];
    for (const word of words) {
      const known = unknown.has(word) ? this.#correctWord(word) : word;
      if (known === null) return null;
      corrected.push(known);
    }
    return corrected;
  }

  #knows(word: string): boolean {
    return this.#begins(joined(word)) || partsOf(word).every((part) => this.#begins(part));
  }

  #begins(start: string): boolean {
    const starts = spellingsOf(start);
    for (const term of this.#questions.keys()) if (starts.some((spelling) => term.startsWith(spelling))) return true;
    return false;
  }

  #correctWord(word: string): string | null {
    const parts = partsOf(word).map((part) => (this.#begins(part) ? part : this.#nearest(part)));
    return parts.every((part) => part !== null) ? parts.join("-") : this.#nearest(joined(word));
  }

  /** The term that is nearest to a word, or the beginning of one, as the word may still be being typed. */
  #nearest(word: string): string | null {
    const limit = slipsAllowed(word);
    if (limit === 0) return null;
    let best: Candidate | null = null;
    const slips = new Map<string, number>();
    for (const [term, questions] of this.#questions) {
      const longest = Math.min(term.length, word.length + limit);
      for (let length = Math.max(SHORTEST, word.length - limit); length <= longest; length++) {
        const text = term.slice(0, length);
        const known = slips.get(text) ?? slipsBetween(word, text);
        slips.set(text, known);
        if (known > (best?.slips ?? limit)) continue;
        const candidate = { text, slips: known, whole: length === term.length, questions };
        if (best === null || isBetter(candidate, best)) best = candidate;
      }
    }
    return best?.text ?? null;
  }
}

/** Each takes milliseconds, and a text with more is in another language rather than mistyped. */
const MOST_CORRECTED = 4;

/** Shorter words are too near to too many others. */
const SHORTEST = 4;

/** How many letters of a word may be wrong. A number is right or another one. */
function slipsAllowed(word: string): number {
  if (word.length < SHORTEST || !/\p{L}/u.test(word)) return 0;
  return word.length < 7 ? 1 : 2;
}

/** How many letters are missing, too many or wrong; two neighbours that changed places are one slip of the fingers. */
function slipsBetween(typed: string, term: string): number {
  return areNeighboursSwapped(typed, term) ? 1 : distance(typed, term);
}

function areNeighboursSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

interface Candidate {
  readonly text: string;
  readonly slips: number;
  readonly whole: boolean;
  readonly questions: number;
}

/**
 * The fewest slips, then a whole word before a beginning, then what most questions hold; the alphabet decides the rest.
 */
function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.slips !== b.slips) return a.slips < b.slips;
  if (a.whole !== b.whole) return a.whole;
  if (a.questions !== b.questions) return a.questions > b.questions;
  return a.text < b.text;
}
