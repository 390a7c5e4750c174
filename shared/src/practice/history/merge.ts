import type { PracticeRecord } from "./record.ts";

/**
 * Everything that two histories hold, the oldest first. Of two states of one entry the newer stands; of two that are as new, one that was
 * not compacted, and else the one that any two browsers would take. So merging twice, or the other way round, gives the same.
 */
export function mergeEntries(one: readonly PracticeRecord[], other: readonly PracticeRecord[]): PracticeRecord[] {
  const merged = new Map<string, PracticeRecord>();
  for (const entry of [...one, ...other]) {
    const known = merged.get(entry.entryId);
    if (known === undefined || isNewer(entry, known)) merged.set(entry.entryId, entry);
  }
  return [...merged.values()].sort(inTime);
}

/** By when it was asked; at the same moment by name, so that every browser has the same order. */
const inTime = (one: PracticeRecord, other: PracticeRecord): number =>
  one.at - other.at || (one.entryId < other.entryId ? -1 : 1);

function isNewer(entry: PracticeRecord, known: PracticeRecord): boolean {
  if (entry.changedAt !== known.changedAt) return entry.changedAt > known.changedAt;
  if (entry.compacted !== known.compacted) return entry.compacted === undefined;
  return canonical(entry) > canonical(known);
}

/** The same text for the same value, in whatever order its fields were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const fields = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${fields
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .sort()
    .join()}}`;
}

/** The questions of the bank that were had: whoever has asked one has read its strong answer, and has had it too. */
export const questionsSeen = (entries: readonly PracticeRecord[]): string[] => [
  ...new Set(entries.flatMap(({ questionId }) => questionId ?? [])),
];
