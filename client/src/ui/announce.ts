import { useSyncExternalStore } from "react";

/** What is said to a screen reader beside what stands on the page: one place for all of it, so that nothing is said twice or all at once. */

/** What happens within so many milliseconds is said together, in one go. */
const TOGETHER_MS = 100;
/** What was said is not said again so soon, in milliseconds. */
const AGAIN_MS = 1_000;
/** Nobody listens to more than so much at once; what came last counts most. */
const MOST = 4;

export interface Said {
  /** Tells what is said from what was said before in the same words. */
  readonly turn: number;
  readonly sentences: readonly string[];
}

let said: Said = { turn: 0, sentences: [] };
let coming: string[] = [];
let isDue = false;
let spokenAt = Number.NEGATIVE_INFINITY;
const listeners = new Set<() => void>();

/** A sentence, or one that comes in the place of another: where that was not said yet, it is said no more. */
export type Sentence = string | { readonly text: string; readonly insteadOf: string };

/** Says a sentence politely: when the screen reader has finished what it reads. */
export function announce(sentence: Sentence): void {
  const { text: given, insteadOf } = typeof sentence === "string" ? { text: sentence, insteadOf: "" } : sentence;
  const text = given.trim();
  coming = coming.filter((other) => other !== insteadOf.trim());
  const wasJustSaid = performance.now() - spokenAt < AGAIN_MS && said.sentences.includes(text);
  if (text === "" || wasJustSaid || coming.includes(text)) return;
  coming = [...coming, text];
  if (!isDue) setTimeout(speak, TOGETHER_MS);
  isDue = true;
}

function speak(): void {
  isDue = false;
  // All of it was withdrawn meanwhile.
  if (coming.length === 0) return;
  said = { turn: said.turn + 1, sentences: coming.slice(-MOST) };
  coming = [];
  spokenAt = performance.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is being said. */
export const useSaid = (): Said => useSyncExternalStore(subscribe, () => said);
