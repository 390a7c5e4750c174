import type { Page } from "playwright-core";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** What happens to open pages when another version of the server and of the page is put in their place. */

const served = vi.hoisted(() => ({ protocol: 1 }));
vi.mock("@whetstone/shared/protocol", async (original) => ({
  ...(await original<object>()),
  get PROTOCOL() {
    return served.protocol;
  },
}));

const NEW_VERSION = "There is a new version of this page";
const site = await startSite();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));
await host.page.keyboard.press("a");
await shown(candidate.page.getByText("A bank wants to predict").first());

afterEach(() => {
  served.protocol = 1;
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const sheet = candidate.page.getByRole("textbox");
const answer = host.page.getByTestId("answer");
const note = host.page.getByRole("textbox", { name: "New note" });

/** The server that this page was connected to gives way to one that speaks another version. */
async function upgrade({ context, page }: Person, protocol: number): Promise<void> {
  await context.setOffline(true);
  await shown(page.getByText("Reconnecting…"));
  served.protocol = protocol;
  await context.setOffline(false);
}

/** A mark that a page loses when it is loaded anew. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { isMarked: true }));
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => "isMarked" in window);

describe("a page whose server speaks another version", () => {
  it.each([
    ["a newer one", 2],
    ["an older one, after a rollback", 0],
  ])(
    "(%s) says so, keeps what is typed, and loses no word by the reload that its reader makes",
    async (when, protocol) => {
      await mark(candidate.page);
      await sheet.fill(`before ${when}`);
      await shown(answer.getByText(`before ${when}`));
      await upgrade(candidate, protocol);
      await shown(candidate.page.getByText(NEW_VERSION));
      await gone(candidate.page.getByText("Reconnecting…"));
      await shown(candidate.page.getByText("Not connected"));
      await sheet.focus();
      await candidate.page.keyboard.press("End");
      await candidate.page.keyboard.type(", and every word typed on");
      expect(await wordsOn(sheet)).toBe(`before ${when}, and every word typed on`);
      await candidate.shot(`44-new-version-${protocol}`);
      expect(await isMarked(candidate.page)).toBe(true);

      // What the new server serves is a page of its own version.
      served.protocol = 1;
      await candidate.page.getByRole("button", { name: "Reload" }).click();
      await shown(answer.getByText(`before ${when}, and every word typed on`));
      expect(await wordsOn(sheet)).toBe(`before ${when}, and every word typed on`);
      expect(await isMarked(candidate.page)).toBe(false);
      expect(await candidate.page.getByText(NEW_VERSION).count()).toBe(0);
    },
  );

  it("lets the panel write on, and brings their ratings and notes over", async () => {
    await upgrade(host, 2);
    await shown(host.page.getByText(NEW_VERSION));
    await host.page.keyboard.press("3");
    await note.fill("noted on the old page");
    await shown(host.page.getByText(/Not connected, \d unsaved/));
    await host.shot("45-new-version-host");
    served.protocol = 1;
    await host.page.getByRole("button", { name: "Reload" }).click();
    await allSaved(host.page);
    await shown(host.page.getByText("noted on the old page"));
    await shown(host.page.locator('[data-level="3"][aria-checked="true"]').first());
  });

  it("says so before it has shown anything, where it is opened like that", async () => {
    served.protocol = 2;
    await candidate.page.reload();
    await shown(candidate.page.getByRole("heading", { name: NEW_VERSION }));
    served.protocol = 1;
    await candidate.page.getByRole("button", { name: "Reload" }).click();
    await shown(sheet);
  });
});

describe("what another version of the page left in the browser", () => {
  it("is shown as text to copy, and stays until it is let go", async () => {
    const { page, context } = candidate;
    const room = page.url();
    await context.setOffline(true);
    await shown(page.getByText("Not connected"));
    const before = await wordsOn(sheet);
    await sheet.press("ControlOrMeta+End");
    await page.keyboard.type(" Written by this version");
    const key = await page.evaluate(() => {
      const kept = Object.keys(localStorage).find((name) => /^whetstone\.document\.[^.]+\.[^.]+$/.test(name)) ?? "";
      return kept.replace("document", "outbox");
    });
    const askId = await sheet.getAttribute("data-sheet");
    await context.setOffline(false);
    await shown(answer.getByText("Written by this version"));
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await page.evaluate(
      ([key, askId, before]) => {
        const text = `${before} Written by this version. Kept, and readable`;
        const command = { type: "writeAnswer", askId, text };
        const entry = {
          commandId: "c_leftbyanearlierpage",
          command,
          sent: false,
          begunAt: Date.now(),
          dueAt: Date.now(),
        };
        localStorage.setItem(key ?? "", JSON.stringify([{ form: 9, words: "Drawn with another version" }, entry]));
      },
      [key, askId, before],
    );
    await page.goto(room);
    await shown(answer.getByText("Kept, and readable"));
    await shown(sheet.getByText("Kept, and readable"));
    const left = candidate.page.getByRole("alert").filter({ hasText: "Drawn with another version" });
    await shown(left);
    await candidate.shot("46-unread");
    await left.getByRole("button", { name: "Copy my text" }).click();
    await shown(left.getByText("Copied"));
    expect(await candidate.page.evaluate(() => navigator.clipboard.readText())).toBe("Drawn with another version");

    await sheet.fill("Saved, readable, and typed on");
    await shown(answer.getByText("Saved, readable, and typed on"));
    await candidate.page.reload();
    await shown(left);
    await left.getByRole("button", { name: "Dismiss" }).click();
    await gone(left);
    await candidate.page.reload();
    await shown(sheet);
    expect(await candidate.page.evaluate((name) => localStorage.getItem(name), key)).toBeNull();
  });
});

describe("a browser that forbids its storage", () => {
  it("leads a candidate into the room and lets them write", async () => {
    const opened = await openRoom(site);
    const wary = await Person.arrive(browser, "Maya Lindqvist");
    await wary.context.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("The operation is insecure.", "SecurityError");
          },
        });
      }
    });
    await wary.join(site, opened.secrets.candidate);
    await shown(wary.page.getByText("You are here as Maya Lindqvist"));
    const leading = await Person.arrive(browser, "Jonas Dahl");
    await leading.enterAsHost(site, opened.secrets.host);
    await leading.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(leading.page.getByText("Nothing is asked yet"));
    await leading.page.keyboard.press("a");
    await wary.page.getByRole("textbox").fill("written without a storage");
    await shown(leading.page.getByTestId("answer").getByText("written without a storage"));

    await upgrade(wary, 2);
    await shown(wary.page.getByText(NEW_VERSION));
    await wary.page.getByRole("textbox").fill("written without a storage, and to be copied");
    await shown(wary.page.getByText("This browser keeps nothing over a reload"));
    await wary.page.getByRole("button", { name: "Copy my text" }).click();
    expect(await wary.page.evaluate(() => navigator.clipboard.readText())).toBe(
      "written without a storage, and to be copied",
    );
    expect(wary.faults).toEqual([]);
    await wary.leave();
    await leading.leave();
  });
});

describe("a part of the page that is gone after a deployment", () => {
  it("says that there is a new version where it should stand, and leaves everything around it", async () => {
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    const summary = host.page.getByRole("textbox", { name: "Summary" });
    await shown(summary);
    await host.page.route("**/assets/Debrief-*.js", (route) => route.fulfill({ status: 404 }));
    await mark(host.page);
    await summary.fill("Typed just before");
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByText(NEW_VERSION).first());
    expect(await isMarked(host.page)).toBe(true);
    await host.shot("47-part-gone");
    await host.page.getByRole("tab", { name: "Your scorecard" }).click();
    expect(await summary.inputValue()).toBe("Typed just before");
    await summary.fill("Typed just before, and after");
    await allSaved(host.page);

    await host.page.unroute("**/assets/Debrief-*.js");
    await host.page.getByRole("button", { name: "Reload" }).first().click();
    await shown(summary);
    expect(await isMarked(host.page)).toBe(false);
    expect(await summary.inputValue()).toBe("Typed just before, and after");
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByText("The debrief is not open to you"));
    expect(await host.page.getByText(NEW_VERSION).count()).toBe(0);
  });

  it("is said on a page of its own where it is the page, which is not reloaded by itself", async () => {
    const reader = await Person.arrive(browser, "A reader");
    const { page } = reader;
    await page.goto(site.url);
    await mark(page);
    await page.route("**/assets/BankPage-*", (route) => route.fulfill({ status: 404 }));
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByRole("heading", { name: NEW_VERSION }));
    expect(await isMarked(page)).toBe(true);
    await reader.shot("48-page-gone");
    await page.unroute("**/assets/BankPage-*");
    await page.getByRole("button", { name: "Reload" }).click();
    await shown(page.getByRole("searchbox"));
    await reader.leave();
  });

  it("is fetched again on demand where only the network was away", async () => {
    const reader = await Person.arrive(browser, "A reader");
    const { page, context } = reader;
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await context.setOffline(true);
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByText("the server cannot be reached"));
    expect(await page.getByText(NEW_VERSION).count()).toBe(0);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try again" }).click();
    await shown(page.getByRole("searchbox"));
    await reader.leave();
  });

  it("leaves formulas as they were written where only their typesetting is gone", async () => {
    const reader = await Person.arrive(browser, "A reader");
    const { page } = reader;
    await page.route("**/assets/MathMarkdown-*", (route) => route.fulfill({ status: 404 }));
    await page.goto(`${site.url}/bank/questions/vanishing-gradients`);
    await shown(page.getByText(NEW_VERSION));
    await shown(page.getByText(/\$.*\$/).first());
    await reader.shot("49-typesetting-gone");
    await reader.leave();
  });
});

describe("all along", () => {
  it("no browser complained about anything but what was taken from it", () => {
    for (const { faults } of [host, candidate])
      expect(faults.filter((fault) => !/A part of this page is gone/.test(fault))).toEqual([]);
  });
});
