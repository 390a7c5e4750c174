import type { Level } from "@whetstone/shared/bank";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";

/** Histories of practice for tests. */

export const DAY = 86_400_000;
/** A day in November 2023, as all of a test's history is counted from it. */
export const FIRST_DAY = 1_700_000_000_000;

/** Levels on criteria `c1`, `c2` and so on. */
export const rated = (...levels: readonly (Level | null)[]): PracticeRecord["ratings"] =>
  levels.map((level, index) => ({ criterionId: `c${index + 1}`, name: `Criterion ${index + 1}`, level }));

/** An entry about a question that a partner asked on the first day. */
export function practiced(entryId: string, fields: Partial<PracticeRecord> = {}): PracticeRecord {
  const at = fields.at ?? FIRST_DAY;
  return {
    entryId,
    roomId: "r_000000000001",
    at,
    changedAt: at,
    kind: "asked",
    questionId: "vanishing-gradients",
    title: "Why gradients vanish",
    topic: "Optimisation",
    level: "working",
    minutes: 8,
    ratings: rated(2, 3),
    partnerName: "Noor Haddad",
    heard: ["The product of derivatives"],
    missed: ["Residual connections"],
    redoOf: null,
    ...fields,
  };
}
