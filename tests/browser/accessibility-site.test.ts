import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Every page outside of rooms, and every way into one, as axe, a reader of headings, a keyboard and forced colours find it. */

const site = await startSite({ peerQueue: true });
const browser = await launchBrowser();
const visitor = await Person.arrive(browser, "Visitor", { bypassCSP: true });
const { page } = visitor;

afterAll(async () => {
  await browser.close();
  await site.close();
});

const visit = async (path: string, heading: string | RegExp) => {
  await page.goto(`${site.url}${path}`);
  await shown(page.getByRole("heading", { level: 1, name: heading }));
};

describe("the site", () => {
  it.each([
    ["/", "Your rooms"],
    ["/compare", "Compare candidates"],
    ["/bank/coverage", "What the bank covers"],
    ["/bank/own", "Your questions"],
    ["/bank/import", /Import/],
    ["/kits", "Kits"],
    ["/practice/history", "Your practice"],
    ["/practice/find", "Find a partner"],
    ["/no/such/page", "There is nothing at this address"],
    ["/feedback", /./],
    ["/feedback#nothing", /./],
    ["/join", "This link is not whole"],
    ["/room/r_000000000001", "This tab has no seat in the room"],
  ])("%s", async (path, heading) => {
    await visit(path, heading);
    await page.waitForLoadState("networkidle");
    await areSound(page);
  });

  it("the bank, with its results, a filter and the chosen questions", async () => {
    await visit("/bank", "Question bank");
    await shown(page.getByRole("heading", { name: /question/ }).first());
    await areSound(page);
    await page.locator("label:has(input[type=checkbox])").first().click();
    await areSound(page);
    await visit("/bank?q=nothinghasthis", "Question bank");
    await shown(page.getByRole("heading", { name: "No question fits" }));
    await areSound(page);
  });

  it("a question, on a wide and on a narrow window, and how it was used", async () => {
    await visit("/bank/questions/vanishing-gradients", /./);
    await areSound(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await areSound(page);
    await page.setViewportSize({ width: 1280, height: 720 });
    await visit("/bank/questions/vanishing-gradients/use", /./);
    await page.waitForLoadState("networkidle");
    await areSound(page);
    await page.goto(`${site.url}/bank/questions/no-such-question`);
    await shown(page.getByRole("alert"));
    await areSound(page);
  });

  it("writing a question, with what is missing in it, beside its preview and on a narrow window", async () => {
    await visit("/bank/own/new", /./);
    await areSound(page);
    await page.getByLabel("Title").first().fill("Why **this** fails");
    await page.getByRole("button", { name: "Publish" }).click();
    await shown(page.getByRole("alert").first());
    await areSound(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await areSound(page);
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${site.url}/bank/own`);
    await shown(page.getByText("Why **this** fails").or(page.getByText("Why this fails")).first());
    await areSound(page);
  });

  it("a kit of a pack, and one that is being written", async () => {
    await visit("/kits/ml-engineer-screen", /./);
    await areSound(page);
    await visit("/kits/new", /./);
    await areSound(page);
    await page.goto(`${site.url}/kits/no-such-kit`);
    await page.waitForLoadState("networkidle");
    await areSound(page);
  });

  it("the form that opens a room, with a kit and at the width of a telephone", async () => {
    await visit("/new?kit=ml-engineer-screen", "Open a room");
    await areSound(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await areSound(page);
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});

describe("the ways into a room", async () => {
  const { roomId, secrets } = await openRoom(site);

  it("the greeting of each role", async () => {
    for (const secret of [secrets.candidate, secrets.interviewer, secrets.observer]) {
      await page.goto(`${site.url}/join#${secret}`);
      await shown(page.getByLabel("Your name"));
      await areSound(page);
      await page.getByLabel("Your name").fill("");
      await page.getByRole("button", { name: "Join" }).click();
      await shown(page.getByText("Write the name that the others should see."));
      await areSound(page);
    }
  });

  it("waiting to be let in, coming back, holding another's link, and a seat that is open elsewhere", async () => {
    const guest = await Person.arrive(browser, "Amara Okafor", { bypassCSP: true });
    await guest.join(site, secrets.interviewer);
    await shown(guest.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
    await areSound(guest.page);
    const second = await guest.context.newPage();
    await second.goto(`${site.url}/room/${roomId}`);
    await shown(second.getByRole("heading", { name: "Go on in this tab?" }));
    await areSound(second);
    await second.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(second.getByRole("heading", { name: /^You are in this room as/ }));
    await areSound(second);
    await second.goto(`${site.url}/join#${secrets.interviewer}`);
    await shown(second.getByRole("heading", { name: /^Continue as Amara Okafor/ }));
    await areSound(second);
    await second.getByRole("button", { name: "Continue as Amara Okafor" }).click();
    await shown(guest.page.getByRole("heading", { name: "Your seat is open somewhere else" }));
    await areSound(guest.page);
    await guest.leave();
    expect(guest.faults).toEqual([]);
  });
});
