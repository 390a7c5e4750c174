import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { interviewed } from "../support/interviewed.ts";
import { hidden, misfits } from "../support/looking.ts";

/** On every page outside of rooms, at every width: no control lies over another, runs past the window or is too narrow to be used. */

const site = await startSite({ peerQueue: true });
const browser = await launchBrowser();
const visitor = await Person.arrive(browser, "Visitor");
const { page } = visitor;
const { secrets } = await openRoom(site, {
  title: "A room with an unusually long title that goes on and on, for the forecasting team",
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** The widths of telephones, of a tablet at 200 % and on its side, and of desks. */
const WIDTHS = [320, 390, 640, 768, 853, 1024, 1280, 1366, 1920];

async function atEachWidth(): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await misfits(page)).map((problem) => `${width}: ${problem}`));
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  return found;
}

describe("controls fit", () => {
  it.each([
    "/",
    "/new",
    "/practice",
    "/practice/alone",
    "/practice/find",
    "/practice/history",
    "/bank",
    "/bank/questions/self-attention-code-review",
    "/bank/coverage",
    "/bank/own",
    "/bank/import",
    "/kits",
    "/kits/ml-engineer-screen",
    "/kits/new",
    "/compare",
    "/nowhere",
    `/join#${secrets.candidate}`,
    `/join#${secrets.interviewer}`,
  ])("on %s", async (path) => {
    await page.goto(site.url + path, { waitUntil: "networkidle" });
    await shown(page.getByRole("heading", { level: 1 }).first());
    expect(await atEachWidth()).toEqual([]);
  });

  it("in the form that opens a room, with all that is wrong in it", async () => {
    await page.goto(`${site.url}/new`, { waitUntil: "networkidle" });
    await page.getByLabel("Your name").fill("");
    await page.getByRole("button", { name: "Open the room" }).click();
    await shown(page.getByText("Give the room a title."));
    expect(await atEachWidth()).toEqual([]);
  });

  it("in a question that is written, with all that is missing in it and a line of each list", async () => {
    await page.goto(`${site.url}/bank/own/new`);
    await page.getByLabel("Title").first().fill("A title that is long enough to fill a line and a bit of the next one");
    await page.getByRole("button", { name: "Publish" }).click();
    await shown(page.getByText(/cannot be published yet/));
    expect(await atEachWidth()).toEqual([]);
    for (const add of await page.getByRole("button", { name: /^Add an? / }).all()) await add.click();
    await visitor.shots("controls-fit-question");
    expect(await atEachWidth()).toEqual([]);
  });

  it("in a debrief, where how far the raters are apart is in sight", async () => {
    const host = await Person.arrive(browser, "Jonas Dahl");
    await host.enterAsHost(site, (await interviewed(site, "Maya Lindqvist", [4, 2])).hostSecret);
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByRole("heading", { name: /Where you differ/ }));
    for (const width of [720, ...WIDTHS.filter((wide) => wide > 720)]) {
      await host.page.setViewportSize({ width, height: 900 });
      const apart = host.page.getByText("2 apart").filter({ visible: true });
      expect(await apart.count(), `${width}`).toBeGreaterThan(0);
      await apart.first().evaluate((element) => element.scrollIntoView({ block: "center", inline: "nearest" }));
      const scrolled = await apart.first().evaluate((element) => {
        for (let at = element.parentElement; at; at = at.parentElement) if (at.scrollLeft > 0) return at.className;
        return "";
      });
      expect(scrolled, `${width}`).toBe("");
      expect(await hidden(apart)).toEqual([]);
      expect(await misfits(host.page)).toEqual([]);
    }
    await host.leave();
  });

  it("in a kit that is written, with a question in it", async () => {
    await page.goto(`${site.url}/kits/new`);
    await page.getByRole("searchbox", { name: "Search the bank to add questions" }).fill("attention");
    await page.getByRole("button", { name: /Add$/ }).first().click();
    expect(await atEachWidth()).toEqual([]);
    await visitor.shots("controls-fit-kit");
  });
});
