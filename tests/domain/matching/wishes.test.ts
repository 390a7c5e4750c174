import { admits, fit as fitOf, WIDENED_AFTER, widened } from "@whetstone/shared/practice/matching/fit";
import { isOpen, openingsOf, openTime } from "@whetstone/shared/practice/matching/hours";
import { hourOfWeek, usualWaits } from "@whetstone/shared/practice/matching/usual";
import { WIDENINGS, Wishes } from "@whetstone/shared/practice/matching/wishes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../support/courses.ts";
import { MINUTE, OPENED_AT, whens, wishes, wishesFor } from "../../support/queue.ts";

const DAY = 1_440 * MINUTE;

describe("a fit", () => {
  test("is the same for both, from 0 to 1, and whole for two who wish for the same", () => {
    fc.assert(
      fc.property(wishes, wishes, (one, other) => {
        const found = fitOf(one, other);
        expect(found).toEqual(fitOf(other, one));
        expect(found.total).toBeGreaterThanOrEqual(0);
        expect(found.total).toBeLessThanOrEqual(1);
        expect(fitOf(one, one).total).toBeCloseTo(1);
        if (one.language !== other.language) expect(found.total).toBe(0);
      }),
      propertyRuns(300),
    );
  });

  test("says by what it is less than whole", () => {
    const of = (one: Partial<Wishes>, other: Partial<Wishes>) => fitOf(wishesFor(one), wishesFor(other));
    expect(of({}, { levels: ["advanced"] })).toMatchObject({ levels: 0.5, topics: 1, minutes: 1 });
    expect(of({}, { levels: ["research"] }).total).toBe(0);
    expect(of({ topics: ["a", "b"] }, { topics: ["b", "c", "d"] })).toMatchObject({ topics: 0.5 });
    expect(of({ topics: ["a"] }, { topics: ["b"] })).toMatchObject({ topics: 0, levels: 1 });
    expect(of({}, { minutes: [40] })).toMatchObject({ minutes: 0 });
    expect(of({}, { minutes: [40] }).total).toBeCloseTo(0.8);
  });
});

describe("widening", () => {
  test("only ever widens with the time waited and by hand", () => {
    const times = fc.integer({ min: 0, max: 20 * MINUTE });
    fc.assert(
      fc.property(wishes, wishes, fc.subarray([...WIDENINGS]), times, times, (one, other, byHand, waited, more) => {
        const found = fitOf(one, other);
        const now = widened(byHand, waited);
        const later = widened(byHand, waited + more);
        expect(later).toEqual(expect.arrayContaining([...now]));
        if (admits(found, widened([], waited))) expect(admits(found, now)).toBe(true);
        if (admits(found, now)) expect(admits(found, later)).toBe(true);
      }),
      propertyRuns(300),
    );
  });

  test("lets go of one wish after the other, and of the language never", () => {
    expect(WIDENINGS.map((one) => widened([], WIDENED_AFTER[one]).length)).toEqual([1, 2, 3]);
    expect(widened([], WIDENED_AFTER.levels - 1)).toEqual([]);
    expect(admits(fitOf(wishesFor(), wishesFor({ language: "de" })), WIDENINGS)).toBe(false);
    expect(admits(fitOf(wishesFor(), wishesFor({ minutes: [40] })), ["levels", "topics"])).toBe(false);
    expect(admits(fitOf(wishesFor(), wishesFor({ minutes: [40] })), ["minutes"])).toBe(true);
  });
});

describe("the hours of a week", () => {
  const eveningsIn = (zone: string) => ({
    kind: "hours" as const,
    zone,
    hours: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 18 * 60, to: 20 * 60 })),
  });
  const shownIn = (zone: string, moment: number) =>
    new Date(moment).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

  test.each(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"])(
    "stay the same on the clocks of %s through a whole year",
    (zone) => {
      const from = Date.UTC(2026, 0, 1);
      const openings = openingsOf(eveningsIn(zone), from, from + 365 * DAY) ?? [];
      expect(openings.length).toBeGreaterThan(363);
      const whole = openings.slice(1, -1);
      expect(new Set(whole.map((one) => shownIn(zone, one.from)))).toEqual(new Set(["18:00"]));
      expect(new Set(whole.map((one) => shownIn(zone, one.to)))).toEqual(new Set(["20:00"]));
    },
  );

  test("leave out the hour that summer time leaves out, and have the one twice that comes twice", () => {
    const nights = { kind: "hours" as const, zone: "Europe/Berlin", hours: [{ day: 6, from: 60, to: 180 }] };
    const lengths = (from: number) =>
      (openingsOf(nights, from, from + DAY) ?? []).map((one) => (one.to - one.from) / MINUTE);
    expect(lengths(Date.UTC(2026, 2, 28, 12))).toEqual([60]);
    expect(lengths(Date.UTC(2026, 9, 24, 12))).toEqual([180]);
    expect(lengths(Date.UTC(2026, 5, 6, 12))).toEqual([120]);
    // What is shown twice opens when it is shown first, and closes when it is shown last.
    const shownTwice = { ...nights, hours: [{ day: 6, from: 150, to: 165 }] };
    const [opening] = openingsOf(shownTwice, Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 25, 12)) ?? [];
    expect(opening).toEqual({ from: Date.UTC(2026, 9, 25, 0, 30), to: Date.UTC(2026, 9, 25, 1, 45) });
    const inTheGap = { ...nights, hours: [{ day: 6, from: 125, to: 170 }] };
    expect(openingsOf(inTheGap, Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 29, 12))).toEqual([]);
  });

  test("lie apart and in order within what was asked for, and count as waited time", () => {
    fc.assert(
      fc.property(whens, fc.integer({ min: 0, max: 400 }), (when, days) => {
        const from = OPENED_AT + days * DAY;
        const openings = openingsOf(when, from, from + 14 * DAY);
        expect(openings === null).toBe(when.kind === "now");
        if (openings === null) return;
        let before = from - 1;
        for (const one of openings) {
          expect(one.from).toBeGreaterThan(before);
          expect(one.to).toBeGreaterThan(one.from);
          before = one.to;
          expect([one.from - 1, one.from, one.to - 1, one.to].map((moment) => isOpen(openings, moment))).toEqual([
            false,
            true,
            true,
            false,
          ]);
        }
        expect(before).toBeLessThanOrEqual(from + 14 * DAY);
        const sum = openings.reduce((all, one) => all + one.to - one.from, 0);
        expect(openTime(openings, from, from + 14 * DAY)).toBe(sum);
      }),
      propertyRuns(150),
    );
  });

  test("that overlap or meet at midnight are one stretch", () => {
    const hours = [
      { day: 0, from: 1_380, to: 1_440 },
      { day: 1, from: 0, to: 60 },
      { day: 1, from: 30, to: 90 },
    ];
    const openings = openingsOf({ kind: "hours", zone: "UTC", hours }, OPENED_AT, OPENED_AT + 2 * DAY) ?? [];
    expect(openings.map(({ from, to }) => (to - from) / MINUTE)).toEqual([150]);
  });

  test("of no zone, or that end before they begin, are no wishes", () => {
    const of = (zone: string, from: number, to: number) =>
      Wishes.safeParse(wishesFor({ when: { kind: "hours", zone, hours: [{ day: 0, from, to }] } })).success;
    expect([of("Europe/Berlin", 60, 120), of("Europe/Atlantis", 60, 120), of("Europe/Berlin", 120, 60)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the usual wait", () => {
  test("is the median by hour of the week, and nothing where fewer than five found a partner", () => {
    const monday = Date.UTC(2026, 0, 5);
    expect([hourOfWeek(monday), hourOfWeek(monday + DAY), hourOfWeek(monday - 1)]).toEqual([0, 24, 167]);
    const five = [4, 1, 3, 9, 2].map((minutes) => ({ at: monday + 5 * MINUTE, waitedMs: minutes * MINUTE }));
    const four = five.slice(1).map((one) => ({ ...one, at: monday + DAY }));
    expect(usualWaits([...four, ...five])).toEqual([{ hour: 0, medianMs: 3 * MINUTE, people: 5 }]);
  });
});
