/**
 * The sheet that is being written on, its text or its board. A question may change, close or end under its writer's hands; the sheet then stays under them until
 * they leave it.
 */

/** For how long after a key its writer is taken to be in the middle of something, in milliseconds. */
const STILL_WRITING_MS = 10_000;

let field: HTMLElement | null = null;
let lastKeyAt = Number.NEGATIVE_INFINITY;
let isComposing = false;
const left = new Set<() => void>();

/** Says that a sheet was written on. */
export function wroteIn(sheet: HTMLElement): void {
  field = sheet;
  lastKeyAt = performance.now();
}

export function composesIn(sheet: HTMLElement, now: boolean): void {
  wroteIn(sheet);
  isComposing = now;
}

/** Whether somebody is in the middle of writing on a sheet. */
export const isInHand = (): boolean =>
  field?.contains(document.activeElement) === true && (isComposing || performance.now() - lastKeyAt < STILL_WRITING_MS);

/** Says that the writer has left the sheet. */
export function leaveSheet(): void {
  field = null;
  isComposing = false;
  for (const listener of left) listener();
}

export function onSheetLeft(listener: () => void): () => void {
  left.add(listener);
  return () => left.delete(listener);
}
