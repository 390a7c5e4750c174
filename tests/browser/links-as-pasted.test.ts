import { afterAll, describe, it } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Links as mail and chat pass them on, with something behind them, in a real browser. */

const site = await startSite();
const browser = await launchBrowser();
const { roomId, secrets } = await openRoom(site);
const candidate = await Person.arrive(browser, "Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

describe("a candidate's invitation", () => {
  it.each([".", ",", ")", "%20", ").%E2%80%8B", "。", "”"])("opens with %s behind it", async (behind) => {
    // Each is opened as by somebody who comes from elsewhere: another fragment alone loads no page.
    await candidate.page.goto("about:blank");
    await candidate.page.goto(`${site.url}/join#${secrets.candidate}${behind}`);
    await shown(candidate.page.getByLabel("Your name"));
    await shown(candidate.page.getByRole("button", { name: "Join", exact: true }));
  });
});

describe("the address of a room", () => {
  it("leads back to one's seat in it with a full stop behind it", async () => {
    await candidate.join(site, secrets.candidate);
    for (const behind of [".", ")", "%20", "%E2%80%8B"]) {
      await candidate.page.goto(`${site.url}/room/${roomId}${behind}`);
      await shown(candidate.page.getByText("Jonas Dahl knows that you are here").first());
    }
  });
});
