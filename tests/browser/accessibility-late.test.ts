import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { interviewed } from "../support/interviewed.ts";
import { ownSheet } from "../support/looking.ts";

/** What is seen late or seldom, as axe, a reader of headings, a keyboard and forced colours find it: results, letters, what is lost, and ends. */

const site = await startSite();
const browser = await launchBrowser();
const options = { bypassCSP: true };

afterAll(async () => {
  await browser.close();
  await site.close();
});

const NARROW = { width: 390, height: 844 };
const USUAL = { width: 1280, height: 720 };

/** At the usual width and at a telephone's. */
async function areSoundAtBoth({ page }: Person): Promise<void> {
  await areSound(page);
  await page.setViewportSize(NARROW);
  await areSound(page);
  await page.setViewportSize(USUAL);
}

describe("after interviews", () => {
  it("candidates that are compared, one of them followed, some side by side, and how their question was used", async () => {
    const jonas = await Person.arrive(browser, "Jonas Dahl", options);
    const { page } = jonas;
    for (const [name, levels] of [
      ["Maya Lindqvist", [4, 3]],
      ["Omar Haddad", [2, 1]],
      ["Ana Lima", [3, 3]],
    ] as const)
      await jonas.enterAsHost(site, (await interviewed(site, name, levels)).hostSecret);
    await page.goto(`${site.url}/compare`);
    await shown(page.getByRole("cell", { name: "3.5", exact: true }));
    await areSoundAtBoth(jonas);
    await page.getByRole("list", { name: "Competencies" }).getByRole("button").first().click();
    await page.getByText("Export all of them").click();
    await areSoundAtBoth(jonas);
    for (const name of ["Maya Lindqvist", "Omar Haddad"]) await page.getByLabel(`Choose ${name}`).check();
    await areSoundAtBoth(jonas);
    await page.getByRole("button", { name: "Put 2 side by side" }).click();
    await shown(page.getByRole("link", { name: "All candidates" }));
    await areSoundAtBoth(jonas);
    await page.getByRole("table").getByRole("link").last().click();
    await page.waitForURL("**/use");
    await shown(page.getByText("3 of 3", { exact: true }));
    await areSoundAtBoth(jonas);
    await jonas.leave();
  });

  it("a letter that is published, one that is withdrawn, and the rooms of who wrote it", async () => {
    const jonas = await Person.arrive(browser, "Jonas Dahl", options);
    const maya = await Person.arrive(browser, "Maya Lindqvist", options);
    const { page } = jonas;
    await jonas.enterAsHost(site, (await interviewed(site, "Maya Lindqvist", [4, 3])).hostSecret);
    await page.getByRole("tab", { name: "Feedback for the candidate" }).click();
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Dear Maya,\n\nthank you.");
    await page.getByRole("button", { name: "Add a strength" }).click();
    await page.getByRole("textbox", { name: "What went well, 1" }).fill("You began with an example.");
    await page.getByText("List them, each with the panel's level").click();
    await allSaved(page);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await shown(page.getByText("Published", { exact: true }));
    await areSoundAtBoth(jonas);
    await page.getByRole("button", { name: "Copy link to the feedback" }).click();
    await shown(page.getByRole("button", { name: /^Copied/ }));
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await maya.page.goto(link);
    await shown(maya.page.getByText("You began with an example."));
    await areSoundAtBoth(maya);
    await page.getByRole("button", { name: "Withdraw" }).click();
    await areSound(page);
    await maya.leave();
    await jonas.leave();
  });

  it("the rooms that a browser holds", async () => {
    const jonas = await Person.arrive(browser, "Jonas Dahl", options);
    const { page } = jonas;
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Your name").fill(jonas.name);
    await page.getByLabel("Title").fill("A screen");
    await page.getByRole("button", { name: "Open the room" }).click();
    await shown(page.getByText("Who is here"));
    await page.goto(site.url);
    await shown(page.getByRole("link", { name: /A screen/ }).first());
    await areSoundAtBoth(jonas);
    await jonas.leave();
  });
});

describe("what is lost on its way", () => {
  it("a whole page", async () => {
    const reader = await Person.arrive(browser, "A reader", options);
    const { page, context } = reader;
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await context.route("**/assets/BankPage-*", (route) => route.abort("connectionreset"));
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByRole("heading", { name: "This part of the page is missing" }));
    await areSoundAtBoth(reader);
    await reader.leave();
  });

  it("a part of a page, and a connection, in a room and after it", async () => {
    const host = await Person.arrive(browser, "Jonas Dahl", options);
    const candidate = await Person.arrive(browser, "Maya Lindqvist", options);
    const observer = await Person.arrive(browser, "Wei Zhang", options);
    const { secrets } = await openRoom(site);
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await observer.join(site, secrets.observer);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("a");
    await ownSheet(candidate.page).focus();
    await candidate.page.keyboard.type("Half a sen");
    await shown(host.page.getByText("Half a sen"));
    await host.page.keyboard.press("a");
    await shown(candidate.page.getByRole("button", { name: "Go to question 2" }));
    await areSoundAtBoth(candidate);
    for (const person of [candidate, host]) {
      await person.context.setOffline(true);
      await shown(person.page.getByText("Reconnecting…"));
      await areSound(person.page);
      await person.context.setOffline(false);
      await gone(person.page.getByText("Reconnecting…"));
    }
    await host.context.route("**/assets/Debrief-*", (route) => route.abort("connectionreset"));
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await shown(observer.page.getByRole("heading", { name: "The interview is over" }));
    await areSoundAtBoth(observer);
    await shown(candidate.page.getByRole("heading", { name: "Your questions and answers" }));
    await areSoundAtBoth(candidate);
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByRole("alert").filter({ hasText: "This part of the page is missing" }));
    await areSoundAtBoth(host);
    for (const person of [candidate, observer]) expect(person.faults).toEqual([]);
    for (const person of [host, candidate, observer]) await person.leave();
  });
});
