import type { PracticeRecord } from "./record.ts";

/** The entries in at most so many characters of JSON, as far as that is possible by compacting the oldest. None goes. */
export function compactEntries(entries: readonly PracticeRecord[], most: number): PracticeRecord[] {
  const whole = entries.map(lengthOf);
  let length = whole.reduce((sum, own) => sum + own, 0);
  const oldestFirst = entries.map((_, index) => index).sort((one, other) => atOf(entries, one) - atOf(entries, other));
  const compact = [...entries];
  for (const index of oldestFirst) {
    if (length <= most) break;
    const entry = entries[index];
    if (entry === undefined || entry.compacted) continue;
    const shorter = withoutDetails(entry);
    length -= (whole[index] ?? 0) - lengthOf(shorter);
    compact[index] = shorter;
  }
  return compact;
}

export const isWithin = (entries: readonly PracticeRecord[], most: number): boolean =>
  entries.reduce((sum, entry) => sum + lengthOf(entry), 0) <= most;

const atOf = (entries: readonly PracticeRecord[], index: number): number => entries[index]?.at ?? 0;

/** With the comma that follows it. */
const lengthOf = (entry: PracticeRecord): number => JSON.stringify(entry).length + 1;

/** What every picture is made of stays: the question, when, and each level. */
function withoutDetails(entry: PracticeRecord): PracticeRecord {
  const ratings = entry.ratings.map(({ criterionId, level }) => ({ criterionId, name: "", level }));
  return { ...entry, ratings, partnerName: null, heard: [], missed: [], compacted: true };
}
