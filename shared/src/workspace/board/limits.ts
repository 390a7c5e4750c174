/** What a board may hold. Whoever opens one draws all of it, so each bound keeps a page from standing still. */
export const BOARD_LIMITS = {
  /** All of it, in bytes: some six hundred shapes, or as many strokes of handwriting. */
  bytes: 300_000,
  /** One element, in UTF-16 code units of its JSON. */
  element: 60_000,
  points: 4_000,
  text: 5_000,
  link: 2_000,
  /** How far from the middle something may lie, and how large it may be, in units of the board. */
  far: 100_000,
  /** Elements that were taken off and are remembered, so that nobody who comes back puts them there again unawares. */
  takenOff: 200,
  /** By how much an element's version may go up at once: more often nobody changes one, however long they had no network. */
  versions: 1_000_000,
  /** Lines by which one shape is hatched. */
  hatching: 2_500,
} as const;

/** What an element takes beside its JSON, in bytes: its key, and what Yjs keeps of it. */
export const ENTRY_BYTES = 80;
