import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { allSaved, launchBrowser, Person, shown, startSite } from "../support/browser.ts";
import { wordsWritten } from "../support/documents.ts";
import { wordsOn } from "../support/looking.ts";

/** What happens to people who practise with each other beside what is meant: everything at once, in the wrong tab, with the wrong clock. */

const MINUTE = 60_000;
let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead });
const browser = await launchBrowser();

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).first();
const heading = (page: Page, name: string | RegExp) => shown(page.getByRole("heading", { name }));
const sheet = (page: Page) => page.getByLabel(/Your answer sheet/);
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const everywhere = async (pages: readonly Page[], doThis: (page: Page) => Promise<unknown>): Promise<void> => {
  await Promise.all(pages.map(doThis));
};

/** Opens a room for two by the form, and gives the link for the other. */
async function openFor(page: Page, own: string, other: string): Promise<string> {
  await page.goto(`${site.url}/practice`);
  await page.getByLabel("Your name").fill(own);
  await page.getByLabel("Who you practise with").fill(other);
  await button(page, "Open the room").click();
  await button(page, /link for/).click();
  return copied(page);
}

/** Follows a link that was sent, and sits down. */
async function comeBy(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await button(page, "Join").click();
  await heading(page, /^What you ask/);
}

async function say(page: Page, text: string): Promise<void> {
  const line = page.getByRole("textbox", { name: "Write a message" });
  if (!(await line.isVisible())) await button(page, /^Messages/).click();
  await line.fill(text);
  await page.keyboard.press("Enter");
}

/** Time passes on the server; whoever is in a room notices with the next thing that happens there. */
async function pass(page: Page, minutes: number): Promise<void> {
  ahead += minutes * MINUTE;
  await say(page, `After ${minutes} minutes`);
}

/** The seconds that a countdown shows. */
async function secondsLeft(page: Page): Promise<number> {
  const text = (await page.getByRole("timer").textContent()) ?? "";
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

describe("two whose clocks are two hours apart, and who press everything at once", async () => {
  const ana = await Person.arrive(browser, "Ana", { clockAheadMs: 60 * MINUTE });
  const bo = await Person.arrive(browser, "Bo", { clockAheadMs: -60 * MINUTE });
  const pages = [ana.page, bo.page];
  let link = "";

  it("swap a question each", async () => {
    link = await openFor(ana.page, "Ana", "Bo");
    await comeBy(bo.page, link);
    await heading(ana.page, /^What you ask Bo/);
    await everywhere(pages, (page) => button(page, /^Swap/).click());
    await everywhere(pages, (page) => shown(page.getByText("One was swapped, and one is all that can be.")));
  });

  it("leave a third who opens the link before a page that says what is, and names nobody", async () => {
    const eve = await Person.arrive(browser, "Eve");
    await eve.page.goto(link);
    await heading(eve.page, "This place is taken");
    await shown(eve.page.getByText(/Somebody has taken this place already/));
    expect(await eve.page.locator("body").innerText()).not.toMatch(/\b(Ana|Bo)\b/);
    expect(eve.received.join("\n")).not.toMatch(/\b(Ana|Bo)\b/);
    await eve.shot("peers-third");
    await eve.page.setViewportSize({ width: 390, height: 844 });
    await eve.shot("peers-third-390");
    await eve.leave();
  });

  it("begin one round, with as much time for both, also where one reloads while it begins", async () => {
    await everywhere(pages, (page) => button(page, "I am ready").click());
    await bo.page.reload();
    await shown(ana.page.getByText("Nothing is asked yet"));
    await shown(bo.page.getByText(/^2[45] minutes left$/));
    await shown(ana.page.getByText(/of 25:00/));
    await ana.page.keyboard.press("a");
    await sheet(bo.page).fill("I would begin with an example.");
    await shown(ana.page.getByText("I would begin with an example."));
  });

  it("breathe for as long, and begin the other round once where both are ready at once and reload at once", async () => {
    await pass(ana.page, 25);
    await everywhere(pages, (page) => heading(page, "A breath"));
    // A page asks for the server's time now and then, and here that was moved on under its feet.
    await everywhere(pages, (page) => page.reload());
    await everywhere(pages, (page) => heading(page, "A breath"));
    for (const page of pages) {
      const seconds = await secondsLeft(page);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(90);
    }
    await everywhere(pages, async (page) => {
      await button(page, "I am ready").click();
      await page.reload();
    });
    await shown(bo.page.getByText("Nothing is asked yet"));
    await shown(ana.page.getByText(/^2[45] minutes left$/));
    await heading(ana.page, "Bo is about to ask");
  });

  it("are done at once, let go at once, and read at once what they were given", async () => {
    await everywhere(pages, (page) => button(page, "Done").click());
    await everywhere(pages, (page) => heading(page, "What you say of each other"));
    await ana.page.getByLabel("One thing that went well").fill("kingfisher");
    await everywhere(pages, (page) => allSaved(page));
    await everywhere(pages, (page) => button(page, "Give it").click());
    await everywhere(pages, (page) => heading(page, "What you were given"));
    await shown(bo.page.getByText("kingfisher"));
  });

  it("lose all of it when one of them erases it, and whoever opened the room reads who had it", async () => {
    await button(bo.page, /^Erase what was written/).click();
    await button(bo.page, "Erase it for ever").click();
    await everywhere(pages, (page) => heading(page, "What was written here has been erased"));
    await shown(ana.page.getByText("You opened the room"));
    await shown(ana.page.getByRole("listitem").filter({ hasText: /A partner \w{4}\s+erased what was written in it/ }));
    await ana.shot("peers-erased");
    await ana.page.setViewportSize({ width: 390, height: 844 });
    await ana.shot("peers-erased-390");
    expect(await bo.page.getByText("Who had it").count()).toBe(0);
    expect([...ana.faults, ...bo.faults]).toEqual([]);
  });
});

describe("one person in both seats, in two tabs of one browser", async () => {
  const flo = await Person.arrive(browser, "Flo");
  const one = flo.page;
  let two = await flo.context.newPage();
  const sentBy = new Map<Page, string[]>();
  const watch = (page: Page): void => {
    const sent: string[] = [];
    sentBy.set(page, sent);
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  };
  let link = "";

  it("has the seat of each tab in that tab, also after a reload", async () => {
    watch(one);
    watch(two);
    link = await openFor(one, "Flo", "Flora");
    await comeBy(two, link);
    await everywhere([one, two], (page) => button(page, "I am ready").click());
    await shown(one.getByText("Nothing is asked yet"));
    await one.keyboard.press("a");
    await sheet(two).fill("Flora answers.");
    await shown(one.getByText("Flora answers."));
    await everywhere([one, two], (page) => page.reload());
    await shown(one.getByText("Flora answers."));
    expect(await wordsOn(sheet(two))).toBe("Flora answers.");
  });

  it("has what was not sent by the one tab sent under its own seat alone, by whichever page comes back to that", async () => {
    await flo.context.setOffline(true);
    await one.getByPlaceholder(/^Note/).fill("Flo's own note");
    await one.keyboard.press("Enter");
    await sheet(two).fill("Flora answers. And goes on while she is away.");
    await shown(two.getByText("Not connected"));
    await shown(one.getByText(/^Reconnecting, \d+ unsaved$/));
    await two.close();
    await flo.context.setOffline(false);
    await allSaved(one);
    await shown(one.getByText("Flora answers.", { exact: true }));
    const sentByOne = sentBy.get(one)?.join("\n") ?? "";
    expect(sentByOne).toContain("Flo's own note");
    expect(sentByOne).not.toContain('"write"');

    two = await flo.context.newPage();
    watch(two);
    await two.goto(link);
    await heading(two, "Welcome back, Flora");
    await button(two, "Go to your seat").click();
    await shown(one.getByText("Flora answers. And goes on while she is away."));
    const sentByTwo = sentBy.get(two)?.join("\n") ?? "";
    expect(wordsWritten(sentByTwo)).toContain("And goes on while she is away.");
    expect(sentByTwo).not.toContain("Flo's own note");
    expect(await two.getByText("Flo's own note").count()).toBe(0);
  });

  it("has in the history what was given in the one and what was received in the other", async () => {
    await one.locator('button[data-level="2"]').first().click();
    await allSaved(one);
    for (let round = 1; round <= 2; round++) {
      await everywhere([one, two], (page) => button(page, "Done").click());
      if (round === 2) break;
      await everywhere([one, two], (page) => heading(page, "A breath"));
      await everywhere([one, two], (page) => button(page, "I am ready").click());
      await shown(two.getByText("Nothing is asked yet"));
    }
    await everywhere([one, two], (page) => button(page, "Give it").click());
    await everywhere([one, two], (page) => heading(page, "What you were given"));
    const kept = await one.evaluate(() => localStorage.getItem("whetstone.practice"));
    const entries: { kind: string; partnerName: string }[] = JSON.parse(kept ?? "[]");
    expect(entries.map(({ kind, partnerName }) => `${kind} ${partnerName}`).sort()).toEqual([
      "asked Flo",
      "given Flora",
    ]);
    expect(flo.faults).toEqual([]);
  });
});

describe("a browser that lost its storage in the middle", async () => {
  const cy = await Person.arrive(browser, "Cy");
  const di = await Person.arrive(browser, "Di");
  const forget = (page: Page) =>
    page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });

  it("is led back by its way back, and by that alone, to everything that it wrote and scored", async () => {
    const link = await openFor(cy.page, "Cy", "Di");
    await comeBy(di.page, link);
    const waysBack: string[] = [];
    for (const { page } of [cy, di]) {
      await button(page, "Copy my way back").click();
      waysBack.push(await copied(page));
    }
    const [ofCy = "", ofDi = ""] = waysBack;
    await everywhere([cy.page, di.page], (page) => button(page, "I am ready").click());
    await shown(cy.page.getByText("Nothing is asked yet"));
    await cy.page.keyboard.press("a");
    await sheet(di.page).fill("Di answers.");
    await shown(cy.page.getByText("Di answers."));
    await cy.page.locator('button[data-level="3"]').first().click();
    await allSaved(cy.page);

    await everywhere([cy.page, di.page], forget);
    await di.page.reload();
    await heading(di.page, "This tab has no seat in the room");
    await di.page.goto(link);
    await shown(di.page.getByText(/Somebody has taken this place already.*way back/));
    await di.page.goto(ofDi);
    await heading(di.page, "Welcome back, Di");
    await button(di.page, "Go to your seat").click();
    await shown(sheet(di.page));
    expect(await wordsOn(sheet(di.page))).toBe("Di answers.");
    await sheet(di.page).fill("Di answers on.");

    await cy.page.goto(ofCy);
    await shown(cy.page.getByText("Di answers on."));
    expect(await cy.page.locator("button[data-level][aria-checked=true]").count()).toBe(1);
    expect([...cy.faults, ...di.faults]).toEqual([]);
  });
});
