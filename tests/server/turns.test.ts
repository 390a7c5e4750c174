import { describe, expect, test } from "vitest";
import { Turns } from "../../server/src/threads/turns.ts";
import { seededBy } from "../../shared/src/comparison/seeded.ts";

const ASKERS = ["Ann", "Bob", "Cem", "Dot"];
const SEEDS = Array.from({ length: 200 }, (_, seed) => `${seed}`);

/** One asker's pieces of work are begun one at a time; by asker, the work of whom was begun between each one's coming and its beginning. */
function waits(seed: string): { asker: string; between: string[] }[] {
  const random = seededBy([seed]);
  const turns = new Turns();
  const waiting: { asker: string; between: string[] }[] = [];
  const begun: typeof waiting = [];
  for (let left = 60; left > 0 || waiting.length > 0; ) {
    if (left > 0 && random() < 0.6) {
      left -= 1;
      // Ann asks for far more than the others.
      const asker = ASKERS[Math.floor(random() ** 3 * ASKERS.length)] ?? "Ann";
      waiting.push({ asker, between: [] });
      continue;
    }
    const next = turns.nextOf(waiting, ({ asker }) => [asker]);
    if (!next) continue;
    turns.took(next.asker);
    waiting.splice(waiting.indexOf(next), 1);
    for (const other of waiting) other.between.push(next.asker);
    begun.push(next);
  }
  return begun;
}

describe("turns", () => {
  test.each(SEEDS)("keep nobody's first waiting for more than one piece of another's work (seed %s)", (seed) => {
    const begun = waits(seed);
    expect(begun).toHaveLength(60);
    for (const { asker, between } of begun) {
      const firstOwn = between.indexOf(asker);
      const before = firstOwn < 0 ? between : between.slice(0, firstOwn);
      for (const other of ASKERS) {
        if (other === asker) continue;
        expect(before.filter((one) => one === other).length).toBeLessThanOrEqual(1);
      }
    }
  });

  test("go by what comes first of the ranks, and by order where all are the same", () => {
    const turns = new Turns();
    const ranks = (one: string) => [one.length, one];
    expect(turns.nextOf(["bb", "a", "c"], ranks)).toBe("a");
    turns.took("a");
    expect(turns.nextOf(["bb", "a", "c"], ranks)).toBe("c");
    expect(turns.nextOf([], ranks)).toBeUndefined();
  });
});
