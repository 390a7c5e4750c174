/** What of written lines somebody has read, and what is read out to them. */

/** What is written, as far as reading it goes. */
export interface Line {
  readonly lineId: string;
  readonly seatId: string;
  /** Milliseconds since 1970; null while it is on its way to the server. */
  readonly at: number | null;
}

/** How many lines of others came after the one that was read last; all of theirs where none was, or where that is gone. */
export function unreadIn(lines: readonly Line[], ownSeatId: string, readId: string | null): number {
  const read = lines.findIndex(({ lineId }) => lineId === readId);
  return lines.slice(read + 1).filter(({ seatId }) => seatId !== ownSeatId).length;
}

/** The newest line of another that came after `since`, which is the newest one that was there when the page was opened, or null. */
export function newestOf<L extends Line>(lines: readonly L[], ownSeatId: string, since: string | null): L | null {
  const from = lines.findIndex(({ lineId }) => lineId === since) + 1;
  return lines.slice(from).findLast(({ seatId }) => seatId !== ownSeatId) ?? null;
}

/** Within which what one person says belongs together. */
const TOGETHER_MS = 2 * 60_000;

/** Whether a line needs no name above it, as the one before it is of the same person and of the same moment. */
export function isContinued(before: Line | undefined, line: Line): boolean {
  if (before?.seatId !== line.seatId) return false;
  return before.at === null || line.at === null || line.at - before.at < TOGETHER_MS;
}
