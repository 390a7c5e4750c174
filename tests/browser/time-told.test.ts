import { afterAll, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { clockWhenHeard, listenTo } from "../support/hearing.ts";

/**
 * Whoever cannot see the clock is told when the time is nearly over: at five minutes, at one, and when it is up, and not again. The server's
 * time is moved to just before each of them, which a page learns when it comes. Each test goes on where the one before ended.
 */

let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead });
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const people = [candidate, host];
for (const { context } of people) await listenTo(context);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const MINUTES = 45;
/** As long as a page takes to be there and to be looked at, with room to spare. */
const BEFORE_MS = 8_000;
let startedAt = 0;

const toldOfTime = ({ page }: Person): Promise<string[]> =>
  page.evaluate(() => window.heard.filter((text) => /\b(?:left|time is up)\b/i.test(text)));

/** Moves the time to a little before so much of it is left, and lets both pages come anew. */
async function comeJustBefore(leftMinutes: number): Promise<void> {
  ahead = startedAt + (MINUTES - leftMinutes) * 60_000 - BEFORE_MS - Date.now();
  await Promise.all(people.map(({ page }) => page.reload()));
}

it("an interview is under way, and nothing is told of its time", async () => {
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  startedAt = Date.now();
  await shown(candidate.page.getByText("45 minutes left"));
  for (const person of people) expect(await toldOfTime(person)).toEqual([]);
});

it.each([
  [5, "6 minutes left", "Five minutes are left.", "5 minutes left", /^Interview (?:40:0\d) of 45:00/],
  [1, "2 minutes left", "One minute is left.", "1 minute left", /^Interview (?:44:0\d) of 45:00/],
  [
    0,
    "1 minute left",
    "The time is up.",
    "Time is up; take the moment that you need",
    /^Interview (?:45:0\d) of 45:00/,
  ],
] as const)("at %i minutes, to the candidate and to the panel, once", async (left, before, words, shows, panel) => {
  await comeJustBefore(left);
  await shown(candidate.page.getByText(before));
  for (const person of people) expect(await toldOfTime(person)).toEqual([]);
  expect(await clockWhenHeard(candidate.page, words)).toBe(shows);
  expect(await clockWhenHeard(host.page, words)).toMatch(panel);
  for (const person of people) expect(await toldOfTime(person)).toEqual([words]);
});

it("nobody who comes later is told again what was told", async () => {
  await Promise.all(people.map(({ page }) => page.reload()));
  await shown(candidate.page.getByText("Time is up; take the moment that you need"));
  await shown(host.page.getByText(/^45:\d\d$/));
  for (const person of people) expect(await toldOfTime(person)).toEqual([]);
});

it("a time that was made longer is told of anew", async () => {
  await host.page.getByRole("button", { name: "Extend by +5 interview minutes" }).click();
  await shown(candidate.page.getByText("5 minutes left"));
  for (const person of people) expect(await toldOfTime(person)).toEqual([]);
  startedAt += 5 * 60_000;
  await comeJustBefore(1);
  await shown(candidate.page.getByText("2 minutes left"));
  expect(await clockWhenHeard(candidate.page, "One minute is left.")).toBe("1 minute left");
});
