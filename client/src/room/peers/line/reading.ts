import type { LineView } from "@whetstone/shared/room/view/peers";

/** What of the line somebody has read, and what is read out to them. */

/** How many entries of others came after the one that was read last; all of theirs where none was, or where that is gone. */
export function unreadIn(line: readonly LineView[], ownSeatId: string, readId: string | null): number {
  const read = line.findIndex(({ lineId }) => lineId === readId);
  return line.slice(read + 1).filter(({ seatId }) => seatId !== ownSeatId).length;
}

/** The newest entry of another that came after `since`, which is the newest one that was there when the page was opened, or null. */
export function newestOf(line: readonly LineView[], ownSeatId: string, since: string | null): LineView | null {
  const from = line.findIndex(({ lineId }) => lineId === since) + 1;
  return line.slice(from).findLast(({ seatId }) => seatId !== ownSeatId) ?? null;
}

/** Within which what one person says belongs together. */
const TOGETHER_MS = 2 * 60_000;

/** Whether an entry needs no name above it, as the one before it is of the same person and of the same moment. */
export function isContinued(before: LineView | undefined, entry: LineView): boolean {
  if (before?.seatId !== entry.seatId) return false;
  return before.at === null || entry.at === null || entry.at - before.at < TOGETHER_MS;
}
