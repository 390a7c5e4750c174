import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { gone, launchBrowser, openRoom, Person, shown, startSite, there } from "../support/browser.ts";
import { ownSheet, wordsOn } from "../support/looking.ts";

/** The answer sheet, in which several write at once. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const arrive = async (name: string): Promise<Person> => {
  const person = await Person.arrive(browser, name);
  onTestFinished(() => person.leave());
  return person;
};

/** A room that runs, with the first question asked; everybody on a page of their own. */
async function interview() {
  const { secrets } = await openRoom(site);
  const host = await arrive("Jonas Dahl");
  const maya = await arrive("Maya Lindqvist");
  const otto = await arrive("Otto Observer");
  await host.enterAsHost(site, secrets.host);
  await maya.join(site, secrets.candidate);
  await otto.join(site, secrets.observer);
  await host.page.getByRole("button", { name: "Admit", exact: true }).click();
  await host.page.getByRole("button", { name: "Start the interview" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  const sheet = ownSheet(maya.page);
  await shown(sheet);
  return { host, maya, otto, sheet, ofHost: paneSheet(host), ofObserver: paneSheet(otto), secrets };
}

const paneSheet = ({ page }: Person): Locator => page.getByTestId("answer").getByRole("textbox");
const saved = ({ page }: Person): Promise<void> => shown(page.getByText("Everything you write is saved"));

describe("the answer sheet", () => {
  it("is written by candidate and host at once, and read by whoever observes", async () => {
    const { host, maya, otto, sheet, ofHost, ofObserver } = await interview();
    await sheet.fill("first\nlast");
    await shown(ofHost.getByText("last"));
    await sheet.press("ControlOrMeta+End");
    await ofHost.press("ControlOrMeta+Home");
    await Promise.all([
      maya.page.keyboard.type(", and the candidate goes on", { delay: 20 }),
      host.page.keyboard.type("# the host: ", { delay: 30 }),
    ]);
    const whole = "# the host: first\nlast, and the candidate goes on";
    for (const of of [sheet, ofHost, ofObserver]) {
      await expect.poll(() => wordsOn(of)).toBe(whole);
    }
    await saved(maya);
    expect(await ofObserver.getAttribute("aria-readonly")).toBe("true");
    await ofObserver.press("ControlOrMeta+End");
    await otto.page.keyboard.type("not mine to write");
    expect(await wordsOn(ofObserver)).toBe(whole);
    await maya.shots("sheet-candidate");
    await host.shots("sheet-host");
    await otto.shots("sheet-observer");
  });

  it("says who else is in it, by the names that the room knows", async () => {
    const { host, maya, sheet, ofHost } = await interview();
    await sheet.fill("here I am");
    await shown(ofHost.getByText("here I am"));
    await ofHost.press("ControlOrMeta+Home");
    await host.page.keyboard.type("and I. ");
    await shown(host.page.getByTestId("answer").getByRole("button", { name: "Maya Lindqvist", exact: true }));
    await shown(maya.page.getByRole("button", { name: "Jonas Dahl", exact: true }));
    await host.page.close();
    await gone(maya.page.getByRole("button", { name: "Jonas Dahl", exact: true }));
  });

  it("is the candidate's alone once the host says so, and the panel's too again", async () => {
    const { host, maya, sheet, ofHost } = await interview();
    await sheet.fill("mine");
    await shown(ofHost.getByText("mine"));
    await host.page.getByRole("button", { name: /^People/ }).click();
    const mayWrite = host.page.getByRole("switch", { name: "The panel may write on the answer sheet" });
    await mayWrite.click();
    await shown(host.page.locator('[data-testid="answer"] [aria-readonly="true"]'));
    await ofHost.press("ControlOrMeta+End");
    await host.page.keyboard.type("x");
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type(" alone");
    await shown(ofHost.getByText("mine alone", { exact: true }));
    await mayWrite.click();
    await shown(host.page.locator('[data-testid="answer"] [aria-readonly="false"]'));
    await ofHost.press("ControlOrMeta+End");
    await host.page.keyboard.type(", no more");
    await shown(sheet.getByText("mine alone, no more", { exact: true }));
  });

  it("sends what was written without a network from the next page, though the question is closed by then", async () => {
    const { host, maya, sheet, ofHost, secrets } = await interview();
    await sheet.fill("before");
    await saved(maya);
    await shown(ofHost.getByText("before"));
    await maya.context.setOffline(true);
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type(", and without a network");
    await maya.page.close();
    await host.page.keyboard.press("a");
    await expect.poll(() => wordsOn(ofHost)).toBe("");
    await maya.context.setOffline(false);
    const next = await maya.context.newPage();
    await next.goto(`${site.url}/join#${secrets.candidate}`);
    await next.getByRole("button", { name: "Go to your seat" }).click();
    await shown(next.getByText("Everything you write is saved"));
    await host.page
      .getByRole("navigation", { name: "Plan" })
      .getByRole("button", { name: /, asked$/ })
      .click();
    await there(host.page.getByText("before, and without a network"));
  });
});
