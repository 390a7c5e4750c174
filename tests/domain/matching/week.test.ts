import type { QueueState } from "@whetstone/shared/practice/matching/state";
import { expect, test } from "vitest";
import { play, weekOf } from "../../support/matching-week.mjs";
import { fittingIn } from "../../support/queue.ts";

test("in a seeded week of arrivals nobody is in two pairs, nobody is lost, and nobody leaves while somebody fits", () => {
  const arrivals = weekOf(7, 700);
  const starved: string[] = [];
  const HOUR = 3_600_000;
  const course = play(arrivals, 8, {
    onEvents: (before: QueueState, events, now) => {
      for (const event of events) {
        const seeker = event.type === "left" ? before.seekers.get(event.seekerId) : undefined;
        if (!seeker || seeker.pairId !== null || seeker.offerId !== null || seeker.since > now - HOUR) continue;
        if (seeker.openings === null && fittingIn(before, seeker.seekerId, now).length > 0)
          starved.push(seeker.seekerId);
      }
    },
  });
  expect(arrivals.length).toBeGreaterThan(650);
  expect(course.pairs.length).toBeGreaterThan(100);
  expect(course.inTwo).toBe(0);
  expect(course.state.seekers.size).toBe(0);
  expect(course.left.size).toBe(arrivals.length);
  expect(starved).toEqual([]);
  for (const { both, at } of course.pairs) {
    for (const one of both) {
      expect(one.isNoShow).toBe(false);
      expect(at).toBeGreaterThanOrEqual(one.at);
    }
  }
  // Nobody is sent away as a no-show who answers.
  expect([...course.left].filter(([one, why]) => why === "no_show" && !one.isNoShow)).toEqual([]);
});
