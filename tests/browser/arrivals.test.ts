import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** Whoever comes to another page begins to read at its heading, by whatever way they came, and is never torn from what they write. */

const site = await startSite();
const browser = await launchBrowser();

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Waits until the focus stands on the page's heading. */
const arrivesAt = ({ page }: Person, heading: string) =>
  page.waitForFunction((text) => {
    const { activeElement } = document;
    return activeElement?.tagName === "H1" && activeElement.textContent === text;
  }, heading);
const focused = ({ page }: Person): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName ?? "");

describe("outside of rooms", () => {
  it("the first page leaves the focus where the browser has it, each further one leads to its heading and gives the title", async () => {
    const visitor = await Person.arrive(browser, "Visitor");
    const { page } = visitor;
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await page.waitForLoadState("networkidle");
    expect(await focused(visitor)).toBe("BODY");
    for (const [link, heading, title] of [
      ["Kits", "Kits", "Kits"],
      ["Coverage", "What the bank covers", "Coverage"],
      ["Compare", "Compare candidates", "Compare"],
      ["Rooms", "Your rooms", "rooms"],
    ] as const) {
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: link }).click();
      await arrivesAt(visitor, heading);
      expect((await page.title()).toLowerCase()).toContain(title.toLowerCase());
    }
    await page.goBack();
    await arrivesAt(visitor, "Compare candidates");
    await visitor.leave();
  });

  it("a page that has chosen its field keeps it", async () => {
    const visitor = await Person.arrive(browser, "Visitor");
    const { page } = visitor;
    await page.goto(site.url);
    await page
      .getByRole("link", { name: /Open a room/ })
      .first()
      .click();
    await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
    await shown(page.getByRole("heading", { name: "Open a room" }));
    expect(await focused(visitor)).toBe("INPUT");
    await visitor.leave();
  });
});

describe("in a room", async () => {
  const { secrets } = await openRoom(site);
  const host = await Person.arrive(browser, "Jonas Dahl");
  const interviewer = await Person.arrive(browser, "Amara Okafor");
  const candidate = await Person.arrive(browser, "Maya Lindqvist");

  it("joining leads to the heading of who waits, and being let in to that of the room", async () => {
    await host.enterAsHost(site, secrets.host);
    await interviewer.join(site, secrets.interviewer);
    await arrivesAt(interviewer, "Waiting for Jonas Dahl");
    await host.letIn(interviewer);
    await arrivesAt(interviewer, "Maya Lindqvist");
    await candidate.join(site, secrets.candidate);
    await arrivesAt(candidate, "Waiting for Jonas Dahl");
  });

  it("the beginning leads everybody to what is there now", async () => {
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await arrivesAt(host, "Maya Lindqvist");
    await arrivesAt(candidate, "You are talking");
    await arrivesAt(interviewer, "Maya Lindqvist");
  });

  it("nobody who writes is led away, by a question, a pause or the end", async () => {
    await host.page.keyboard.press("a");
    const sheet = candidate.page.getByLabel(/^Your answer sheet/);
    await sheet.click();
    await candidate.page.keyboard.type("I would ");
    await interviewer.page.keyboard.press("n");
    await interviewer.page.keyboard.type("half of a no");
    await host.page.keyboard.press("p");
    for (const { page } of [interviewer, candidate]) await shown(page.getByText("Paused").first());
    await host.page.keyboard.press("p");
    await shown(host.page.getByRole("button", { name: /^Pause/ }));
    await interviewer.page.keyboard.type("te");
    await candidate.page.keyboard.type("begin");
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await arrivesAt(host, "Maya Lindqvist");
    await shown(candidate.page.getByRole("heading", { name: "The interview is over" }));
    await candidate.page.keyboard.type(" here");
    await shown(interviewer.page.getByText("half of a note"));
    expect(await wordsOn(sheet)).toBe("I would begin here");
  });

  it("whoever is through with writing is at the heading of the end", async () => {
    await candidate.page.getByRole("button", { name: "Done" }).click();
    await arrivesAt(candidate, "The interview is over");
    await arrivesAt(interviewer, "Maya Lindqvist");
  });
});
