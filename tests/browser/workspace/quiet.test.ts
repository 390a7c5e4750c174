import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import { gone, launchBrowser, openRoom, Person, shown, startSite, there } from "../../support/browser.ts";
import { heardUpTo, listenTo } from "../../support/hearing.ts";
import { beyondWindow, hidden, misfits, ownSheet, wordsOn } from "../../support/looking.ts";

/** Quiet time on everybody's screen: the candidate writes, and the others see what stood before until it ends. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const arrive = async (name: string): Promise<Person> => {
  const person = await Person.arrive(browser, name, { bypassCSP: true });
  await listenTo(person.context);
  onTestFinished(() => person.leave());
  return person;
};

/** A room that runs, with a question open on whose sheet something is written; everybody on a page of their own. */
async function interview() {
  const { secrets } = await openRoom(site);
  const host = await arrive("Jonas Dahl");
  const ines = await arrive("Ines Interviewer");
  const maya = await arrive("Maya Lindqvist");
  const otto = await arrive("Otto Observer");
  await host.enterAsHost(site, secrets.host);
  await maya.join(site, secrets.candidate);
  await ines.join(site, secrets.interviewer);
  await otto.join(site, secrets.observer);
  await host.letIn(ines);
  await host.page.getByRole("button", { name: "Admit", exact: true }).click();
  await host.page.getByRole("button", { name: "Start the interview" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  const sheet = ownSheet(maya.page);
  await shown(sheet);
  await sheet.fill("before");
  const panel = [host, ines, otto];
  for (const person of panel) await shown(paneSheet(person).getByText("before", { exact: true }));
  return { host, ines, maya, otto, panel, all: [maya, ...panel], sheet };
}

const paneSheet = ({ page }: Person): Locator => page.getByTestId("answer").getByRole("textbox");
const banner = ({ page }: Person): Locator => page.getByRole("region", { name: "Quiet time" });
const quietButton = ({ page }: Person): Locator => page.getByRole("button", { name: "Quiet time", exact: true });
const beginButton = ({ page }: Person): Locator => page.getByRole("button", { name: "Begin", exact: true });
const endButton = (person: Person): Locator => banner(person).getByRole("button", { name: "End quiet time" });
const focused = (locator: Locator) =>
  expect.poll(() => locator.evaluate((element) => element === document.activeElement)).toBe(true);
/** Frames of documents among what came to a page. */
const ofDocuments = ({ received }: Person): number => received.filter((frame) => frame.includes('["document"')).length;

/** Begins quiet time by keyboard alone. */
async function beginByKeys(person: Person): Promise<void> {
  const { page } = person;
  await quietButton(person).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.matches("select"))).toBe(true);
  await page.keyboard.press("Tab");
  await focused(beginButton(person));
  await page.keyboard.press("Enter");
}

describe("quiet time", () => {
  it("is begun by the candidate's keys, known to everybody, ended by the host's, and loses nobody's focus", async () => {
    const { host, maya, otto, panel, all, sheet } = await interview();
    for (const { page } of all) await page.evaluate(() => window.heard.splice(0));
    await beginByKeys(maya);
    for (const person of all) await shown(banner(person));
    await focused(banner(maya));
    expect(await banner(maya).innerText()).toMatch(/5 minutes left/);
    expect(await banner(host).innerText()).toMatch(/Maya Lindqvist works unseen.*[45]:\d\d left/s);
    await shown(maya.page.getByText("Nobody else sees it in quiet time."));
    for (const { page } of all) {
      const heard = await heardUpTo(page, /Quiet time has begun/);
      expect(heard.filter((text) => /quiet time/i.test(text))).toHaveLength(1);
    }
    expect(await endButton(otto).count()).toBe(0);
    const before = panel.map(ofDocuments);
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type(", and nobody looks over my shoulder", { delay: 15 });
    await shown(maya.page.getByText("Everything you write is saved"));
    for (const person of panel) {
      expect(await paneSheet(person).getAttribute("aria-readonly")).toBe("true");
      expect(await wordsOn(paneSheet(person))).toBe("before");
    }
    expect(panel.map(ofDocuments)).toEqual(before);
    await maya.shots("quiet-candidate");
    await host.shots("quiet-host");
    await otto.shots("quiet-observer");
    await endButton(host).focus();
    await host.page.keyboard.press("Enter");
    const whole = "before, and nobody looks over my shoulder";
    for (const person of panel) {
      await gone(banner(person));
      await expect.poll(() => wordsOn(paneSheet(person))).toBe(whole);
    }
    await focused(host.page.getByRole("group", { name: "Quiet time" }));
    for (const { page } of all) {
      const heard = await heardUpTo(page, /Quiet time is over/);
      expect(heard.filter((text) => /quiet time/i.test(text))).toHaveLength(1);
    }
    // And what comes from here on as it comes.
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type("!");
    await expect.poll(() => wordsOn(paneSheet(host))).toBe(`${whole}!`);
    await paneSheet(host).press("ControlOrMeta+End");
    await host.page.keyboard.type("?");
    await expect.poll(() => wordsOn(sheet)).toBe(`${whole}!?`);
    for (const { faults } of all) expect(faults).toEqual([]);
  });

  it("is told of afterwards: the sheet plays how it came to be, for the candidate and for whoever listens", async () => {
    const { host, maya, otto, sheet } = await interview();
    const story = ({ page }: Person) => page.getByRole("tab", { name: "Story", exact: true });
    for (const person of [maya, host]) expect(await story(person).count()).toBe(0);
    await beginByKeys(maya);
    await shown(banner(host));
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type(", then a lookup table");
    await shown(maya.page.getByText("Everything you write is saved"));
    expect(await story(host).count()).toBe(0);
    await endButton(maya).click();
    const played = ({ page }: Person) => page.getByRole("region", { name: "How the answer to question 1 was written" });
    const then = ({ page }: Person) => page.getByRole("group", { name: "The sheet of question 1 at that moment" });
    await host.page.reload();
    for (const person of [maya, host, otto]) {
      await story(person).click();
      await shown(played(person));
      await played(person).getByRole("slider").press("End");
      await shown(then(person).getByText("before, then a lookup table"));
      await played(person).getByRole("slider").press("Home");
      await gone(then(person).getByText("lookup"));
    }
    await maya.shots("quiet-story-candidate");
    await host.shots("quiet-story-host");
    await areSound(maya.page, host.page);
    for (const [width, height] of [
      [320, 568],
      [512, 384],
    ] as const) {
      await maya.page.setViewportSize({ width, height });
      expect(await misfits(maya.page)).toEqual([]);
      await maya.shots(`quiet-story-${width}`);
    }
    // By its keys, and back at the text it is written on.
    await story(maya).press("ArrowRight");
    await shown(ownSheet(maya.page));
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type("!");
    await gone(played(maya));
    await host.page.getByRole("tab", { name: "Text", exact: true }).click();
    await shown(paneSheet(host).getByText("before, then a lookup table!"));
  });

  it("is begun by the host for as long as they choose, and ended by the candidate; whoever comes back meanwhile sees what stood before", async () => {
    const { host, ines, maya, sheet } = await interview();
    await quietButton(host).click();
    await host.page.getByLabel("How long quiet time is").selectOption("12");
    await beginButton(host).click();
    await shown(banner(maya).getByText("12 minutes left"));
    await sheet.press("ControlOrMeta+End");
    await maya.page.keyboard.type(" and after");
    await shown(maya.page.getByText("Everything you write is saved"));
    await ines.page.reload();
    await shown(banner(ines));
    await shown(ines.page.getByTestId("answer").getByText("before", { exact: true }).first());
    await maya.page.reload();
    await expect.poll(() => wordsOn(ownSheet(maya.page))).toBe("before and after");
    await endButton(maya).press("Enter");
    for (const person of [host, ines]) await expect.poll(() => wordsOn(paneSheet(person))).toBe("before and after");
    await focused(maya.page.getByRole("group", { name: "Quiet time" }));
  });

  it("keeps what the host wrote at that moment until it ends", async () => {
    const { host, maya } = await interview();
    await host.context.setOffline(true);
    await paneSheet(host).press("ControlOrMeta+End");
    await host.page.keyboard.type(", from the host");
    await beginByKeys(maya);
    await shown(banner(maya));
    await host.context.setOffline(false);
    await shown(banner(host));
    expect(await wordsOn(ownSheet(maya.page))).toBe("before");
    await endButton(maya).press("Enter");
    await expect.poll(() => wordsOn(ownSheet(maya.page))).toBe("before, from the host");
  });

  it("is sound to ear, keyboard and eye, in the narrowest window too", async () => {
    const { host, maya, otto, all } = await interview();
    await quietButton(maya).click();
    await quietButton(host).click();
    await there(beginButton(host));
    await areSound(maya.page, host.page);
    await maya.shots("quiet-choice-candidate");
    await host.shots("quiet-choice-host");
    for (const { page } of [maya, host, otto]) await page.setViewportSize({ width: 320, height: 640 });
    expect(await misfits(maya.page)).toEqual([]);
    for (const person of [maya, host]) expect(await hidden(beginButton(person))).toEqual([]);
    await maya.shots("quiet-choice-candidate-320");
    await host.shots("quiet-choice-host-320");
    await beginButton(maya).click();
    for (const person of all) await shown(banner(person));
    expect(await misfits(maya.page)).toEqual([]);
    for (const person of [maya, host]) expect(await hidden(endButton(person))).toEqual([]);
    for (const person of [maya, host, otto]) {
      expect(await hidden(banner(person))).toEqual([]);
      expect((await beyondWindow(person.page)).wide).toBe(0);
    }
    await maya.shots("quiet-candidate-320");
    await host.shots("quiet-host-320");
    await otto.shots("quiet-observer-320");
    await areSound(maya.page, host.page, otto.page);
    for (const { page } of all) await page.setViewportSize({ width: 1280, height: 720 });
    await areSound(maya.page, host.page, otto.page);
  });
});
