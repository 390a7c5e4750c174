import { keptUntil } from "@whetstone/shared/room/keeping/state";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../support/courses.ts";

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 5, 1);

describe("until when a room is kept", () => {
  test("is so many days after its end, and after now while it has not ended", () => {
    expect(keptUntil({ endedAt: NOW, before: null }, 1, NOW)).toBe(NOW + DAY);
    expect(keptUntil({ endedAt: null, before: null }, 30, NOW)).toBe(NOW + 30 * DAY);
    expect(keptUntil({ endedAt: null, before: NOW + 29 * DAY }, 30, NOW)).toBe(NOW + 30 * DAY);
    expect(keptUntil({ endedAt: NOW - 10 * DAY, before: NOW + 20 * DAY }, 365, NOW)).toBe(NOW + 355 * DAY);
  });

  test("is told a week ahead where it would be over already, or sooner than was promised", () => {
    expect(keptUntil({ endedAt: NOW - 400 * DAY, before: null }, 30, NOW)).toBe(NOW + 7 * DAY);
    expect(keptUntil({ endedAt: NOW - 29 * DAY, before: NOW + 336 * DAY }, 30, NOW)).toBe(NOW + 7 * DAY);
    // What was promised for tomorrow already is not put off.
    expect(keptUntil({ endedAt: NOW - 400 * DAY, before: NOW + DAY }, 30, NOW)).toBe(NOW + DAY);
  });

  test("is never moved up with less than a week's notice, and settles", () => {
    const moments = fc.integer({ min: -1000, max: 1000 }).map((days) => NOW + days * DAY);
    fc.assert(
      fc.property(
        fc.option(moments),
        fc.option(moments),
        fc.integer({ min: 1, max: 2000 }),
        (endedAt, before, days) => {
          const until = keptUntil({ endedAt, before }, days, NOW);
          expect(until).toBeGreaterThanOrEqual(Math.min(before ?? Number.POSITIVE_INFINITY, NOW + 7 * DAY, until));
          if (before === null || before > NOW) expect(until).toBeGreaterThan(NOW - 1);
          if (until < (before ?? 0)) expect(until).toBeGreaterThanOrEqual(Math.min(NOW + 7 * DAY, before ?? 0));
          expect(keptUntil({ endedAt, before: until }, days, NOW)).toBe(until);
        },
      ),
      propertyRuns(500),
    );
  });
});
