import type { Beside } from "./beside.ts";
import { WriteTurns } from "./write-turns.ts";

/** How what is appended to one database comes there. */
export interface Writing {
  /** Told how many rows each append brought. Never throws. */
  readonly onAppended: (rows: number) => void;
  /** Shared by all who write in the database. */
  readonly turns: WriteTurns;
  /** Appends what would keep others waiting; null where nothing does. It is closed with the log. */
  readonly beside: Beside | null;
  /** Milliseconds of a clock that nobody sets; it only measures. */
  readonly steady: () => number;
}

/** The given, and for the rest what somebody needs who writes alone. */
export const writingBy = (given: Partial<Writing>): Writing => ({
  onAppended: () => undefined,
  turns: new WriteTurns(),
  beside: null,
  steady: () => performance.now(),
  ...given,
});
