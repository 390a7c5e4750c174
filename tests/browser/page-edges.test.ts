import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** Where the content of a page begins: at the page's edge, as a column of text in the middle, or as a card on an empty page, and nowhere else. */

const site = await startSite();
const browser = await launchBrowser();
const { questions, kits } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const [question = ""] = questions.keys();
const [kit = ""] = kits.keys();
const PATHS = [
  ...[
    "/",
    "/new",
    "/practice",
    "/practice/alone",
    "/practice/find",
    "/practice/history",
    "/compare",
    "/join",
    "/nowhere",
  ],
  ...["/bank", "/bank/coverage", "/bank/own", "/bank/import", "/kits", "/room/r_nothing-here"],
  ...[`/bank/questions/${question}`, `/bank/questions/${question}/use`, `/kits/${kit}`],
];

/** The distance of a page's content from the window's left edge, in CSS pixels. */
async function leftOf({ page }: Person): Promise<number> {
  await shown(page.getByRole("main").getByRole("heading").first());
  return page.getByRole("main").evaluate((main) => Math.round(main.getBoundingClientRect().left));
}

/** By the width of the window: the page's edge, the column's and the card's. */
const MEANT = { 1280: [24, 272, 368], 390: [16] } as const;

describe.each([1280, 390] as const)("in a window of %i px", (width) => {
  it("content begins where the page's edge, the column or the card is", async () => {
    const lefts: Record<string, number> = {};
    await host.page.setViewportSize({ width, height: 800 });
    for (const path of PATHS) {
      // A page that is still fetching what it shows is another one.
      await host.page.goto(`${site.url}${path}`, { waitUntil: "networkidle" });
      lefts[path] = await leftOf(host);
    }
    await host.enterAsHost(site, secrets.host);
    await shown(host.page.getByRole("heading", { name: "Who is here" }));
    lefts.lobby = await leftOf(host);
    await candidate.page.setViewportSize({ width, height: 800 });
    if (width === 1280) await candidate.join(site, secrets.candidate);
    else await candidate.page.reload();
    const waiting = candidate.page.getByRole("heading", { name: "Waiting for Jonas Dahl" });
    await shown(waiting);
    await candidate.shots(`page-edges-waiting-${width}`);
    await host.shots(`page-edges-lobby-${width}`);
    lefts.waiting = await waiting.evaluate((heading) => Math.round(heading.getBoundingClientRect().left));
    const meant: readonly number[] = MEANT[width];
    expect(Object.entries(lefts).filter(([, left]) => !meant.includes(left))).toEqual([]);
    expect(new Set(Object.values(lefts)).size).toBeLessThanOrEqual(meant.length);
    expect(await host.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
