/** A kind of work that is done in a thread, and what one piece of it may take. */
export interface Kind {
  /** Its file's path under `dist`. */
  readonly file: string;
  /** How long it may be at work before it is ended, in milliseconds. */
  readonly ms: number;
  /** How much of that may pass until it has read what it was given, in milliseconds. */
  readonly readingMs?: number;
  /** The memory that its thread may use before it dies of it, in MiB. */
  readonly memory: number;
  /** How many of the kind are at work at once. */
  readonly most: number;
}

const MINUTE_MS = 60_000;
const ANY = Number.POSITIVE_INFINITY;

/** What takes long or much memory is done one at a time, so that a thread is left for a page or a figure that somebody waits for. */
export const WORK = {
  import: { file: "bank/exchange/import-thread.js", ms: MINUTE_MS, readingMs: 10_000, memory: 1_024, most: 1 },
  figures: { file: "room/figures-thread.js", ms: MINUTE_MS, memory: 512, most: ANY },
  pdf: { file: "export/pdf-thread.js", ms: MINUTE_MS, memory: 512, most: ANY },
  practice: { file: "export/peers/practice-thread.js", ms: MINUTE_MS, memory: 512, most: ANY },
  workbook: { file: "export/xlsx-thread.js", ms: MINUTE_MS, memory: 512, most: ANY },
  record: { file: "export/record-thread.js", ms: MINUTE_MS, memory: 512, most: 1 },
  zip: { file: "export/zip-thread.js", ms: 20 * MINUTE_MS, memory: 512, most: 1 },
  // Of a size of its own, so that its thread is never one of those that wait for the rooms.
  checkpoint: { file: "sqlite/checkpoint-thread.js", ms: MINUTE_MS, memory: 128, most: 1 },
  backup: { file: "data/backup-thread.js", ms: 60 * MINUTE_MS, memory: 256, most: 1 },
} as const satisfies Record<string, Kind>;
