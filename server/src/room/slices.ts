import { setImmediate as nextTurn } from "node:timers/promises";

/** Milliseconds for which one piece of long work may keep everybody else waiting. */
const SLICE_MS = 4;

/**
 * Cuts long work on the main thread into slices: called after each small step of it, it gives something to wait for once that a slice is
 * over, and null before. `now` is in milliseconds and only measures.
 */
export function slices(now: () => number = performance.now.bind(performance)): () => Promise<void> | null {
  let began = now();
  const turn = async (): Promise<void> => {
    await nextTurn();
    began = now();
  };
  return () => (now() - began >= SLICE_MS ? turn() : null);
}
