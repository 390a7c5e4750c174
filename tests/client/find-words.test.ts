import { Wishes } from "@whetstone/shared/practice/matching/wishes";
import { describe, expect, it } from "vitest";
import { rowsOf, weeklyHours } from "../../client/src/practice/find/hours.ts";
import {
  firstLanguage,
  LANGUAGES,
  languageName,
  localHour,
  waitingText,
  waitText,
} from "../../client/src/practice/find/words.ts";

const HOUR = 60;

describe("hours of the week as a person writes them", () => {
  it("are those of each day, and go on the next day where they end before they begin", () => {
    expect(weeklyHours([{ days: [0, 6], from: "22:00", to: "01:30" }])).toEqual({
      hours: [
        { day: 0, from: 22 * HOUR, to: 24 * HOUR },
        { day: 1, from: 0, to: 90 },
        { day: 6, from: 22 * HOUR, to: 24 * HOUR },
        { day: 0, from: 0, to: 90 },
      ],
    });
    expect(weeklyHours([{ days: [2], from: "20:00", to: "00:00" }])).toEqual({
      hours: [{ day: 2, from: 20 * HOUR, to: 24 * HOUR }],
    });
  });

  it.each([
    ["without a time", { days: [0], from: "", to: "20:00" }],
    ["of no day", { days: [], from: "18:00", to: "20:00" }],
    ["that end when they begin", { days: [0], from: "18:00", to: "18:00" }],
    ["past the end of the day", { days: [0], from: "25:00", to: "26:00" }],
  ])("%s are told", (_, row) => {
    expect(weeklyHours([row])).toHaveProperty("problem");
  });

  it("are as many as the queue takes, and said when they are more", () => {
    const everyDay = { days: [0, 1, 2, 3, 4, 5, 6], from: "22:00", to: "02:00" };
    const twice = weeklyHours([everyDay, { ...everyDay, from: "10:00", to: "09:00" }]);
    const wishes = { levels: ["working"], topics: [], minutes: [25], language: "en" };
    const hours = "hours" in twice ? twice.hours : [];
    expect(Wishes.safeParse({ ...wishes, when: { kind: "hours", zone: "UTC", hours } }).success).toBe(true);
    expect(weeklyHours([everyDay, everyDay, everyDay])).toHaveProperty("problem");
  });

  it("are shown again as they were written, days with the same hours together", () => {
    const rows = [
      { days: [0, 2], from: "18:00", to: "20:00" },
      { days: [5], from: "09:30", to: "00:00" },
    ];
    const read = weeklyHours(rows);
    expect("hours" in read && rowsOf(read.hours)).toEqual(rows);
  });
});

describe("an hour of the week", () => {
  it("falls on another day and hour on the clock of another zone, summer time and half hours included", () => {
    const winter = Date.UTC(2026, 0, 7);
    const summer = Date.UTC(2026, 6, 8);
    expect(localHour(0, "UTC", winter)).toEqual({ day: 0, hour: 0 });
    expect(localHour(0, "America/New_York", winter)).toEqual({ day: 6, hour: 19 });
    expect(localHour(0, "America/New_York", summer)).toEqual({ day: 6, hour: 20 });
    expect(localHour(167, "Asia/Kolkata", winter)).toEqual({ day: 0, hour: 4 });
  });
});

describe("the words of the page", () => {
  it("offer every language by its own name, and begin with the browser's", () => {
    expect(languageName("de")).toBe("Deutsch");
    expect(new Set(LANGUAGES.map(languageName)).size).toBe(LANGUAGES.length);
    expect(firstLanguage(["tlh", "pt-BR", "en"])).toBe("pt");
    expect(firstLanguage([])).toBe("en");
  });

  it("say honestly who waits, and for how long people do", () => {
    expect(waitingText([])).toMatch(/^Nobody waits/);
    expect(waitingText([{ language: "en", people: 1 }])).toBe("One person waits just now: 1 in English.");
    expect(
      waitingText([
        { language: "en", people: 2 },
        { language: "de", people: 1 },
      ]),
    ).toBe("3 people wait just now: 2 in English, 1 in Deutsch.");
    expect(waitText(20_000)).toBe("less than a minute");
    expect(waitText(150_000)).toBe("about 3 minutes");
  });
});
