import { cp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  allSaved,
  CLIENT_DIST,
  gone,
  launchBrowser,
  openRoom,
  Person,
  realBank,
  type Site,
  shown,
  startSite,
  there,
} from "../support/browser.ts";
import { startServer, temporaryFolder } from "../support/server.ts";

/** Parts of the page that have files of their own: their requests get lost, and files go when another build is put in place of theirs. */

const NEW_VERSION = "There is a new version of this page";
const QUESTION = "/bank/questions/vanishing-gradients";
const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** A mark that a page loses when it is loaded anew. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { isMarked: true }));
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => "isMarked" in window);

/** Loses the first so many requests for such a file; what is returned says how many were made. */
async function lose(context: BrowserContext, files: string, most: number): Promise<() => number> {
  let asked = 0;
  await context.route(files, (route) => (++asked > most ? route.continue() : route.abort("connectionreset")));
  return () => asked;
}

/** The host of a room that has just ended. */
async function endedRoom(at: Site): Promise<Person> {
  const { secrets } = await openRoom(at);
  const host = await Person.arrive(browser, "Jonas Dahl");
  const candidate = await Person.arrive(browser, "Maya Lindqvist");
  await host.enterAsHost(at, secrets.host);
  await candidate.join(at, secrets.candidate);
  const { page } = host;
  await page.getByRole("button", { name: "Admit and start" }).click();
  await page.getByRole("button", { name: "End the interview", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
  await shown(page.getByRole("textbox", { name: "Summary" }));
  await candidate.leave();
  return host;
}

describe("a part whose request is lost", () => {
  it("comes all the same, and the maths is typeset", async () => {
    const reader = await Person.arrive(browser, "A reader");
    const { page, context } = reader;
    const asked = await lose(context, "**/assets/MathMarkdown-*.js", 2);
    await page.goto(site.url + QUESTION);
    await mark(page);
    await shown(page.locator(".katex").first());
    expect(asked()).toBeGreaterThan(2);
    expect(await isMarked(page)).toBe(true);
    expect(await page.getByText(NEW_VERSION).count()).toBe(0);
    await reader.leave();
  });

  it("comes with its style sheet where only that was lost", async () => {
    const reader = await Person.arrive(browser, "A reader");
    const { page, context } = reader;
    const asked = await lose(context, "**/assets/BankPage-*.css", 2);
    await page.goto(site.url);
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByRole("searchbox"));
    expect(asked()).toBe(3);
    const sheets = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(({ sheet }) => sheet !== null),
    );
    expect(sheets.length).toBeGreaterThan(1);
    expect(sheets).not.toContain(false);
    await reader.leave();
  });

  it("leaves maths as its text where it never comes, and the candidate's page alive", async () => {
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    const candidate = await Person.arrive(browser, "Maya Lindqvist");
    await lose(candidate.context, "**/assets/MathMarkdown-*", Number.POSITIVE_INFINITY);
    const asked = await lose(host.context, "**/assets/MathMarkdown-*.js", 1);
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("/");
    await host.page.getByRole("button", { name: "Type a question of your own" }).click();
    await host.page.getByLabel("Your question").fill("How many weights has $W \\in R^{20 \\times 64}$?");
    await shown(host.page.getByRole("dialog").locator(".katex").first());
    await host.page.getByRole("dialog").getByRole("button", { name: "Ask now" }).click();
    await shown(candidate.page.getByText("How many weights has $W \\in R^{20 \\times 64}$?").first());
    await candidate.page.getByRole("textbox").fill("20 × 64 weights");
    await shown(host.page.getByTestId("answer").getByText("20 × 64 weights"));
    await shown(host.page.locator(".katex").first());
    expect(asked()).toBeGreaterThan(1);
    await candidate.shots("parts-maths-as-text");
    await candidate.leave();
    await host.leave();
  });

  it("says so in its own place where it never comes, and is fetched when one tries again", async () => {
    const host = await endedRoom(site);
    const { page, context } = host;
    const summary = page.getByRole("textbox", { name: "Summary" });
    await lose(context, "**/assets/Debrief-*.js", Number.POSITIVE_INFINITY);
    await summary.fill("Typed just before");
    await page.getByRole("tab", { name: "Debrief" }).click();
    const missing = page.getByRole("alert").filter({ hasText: "This part of the page is missing" });
    await shown(missing);
    await shown(missing.getByText("It was lost on its way here"));
    await host.shots("parts-lost");
    expect(await page.getByText(NEW_VERSION).count()).toBe(0);
    await page.getByRole("tab", { name: "Your scorecard" }).click();
    expect(await summary.inputValue()).toBe("Typed just before");
    await page.getByRole("tab", { name: "Debrief" }).click();
    await context.unroute("**/assets/Debrief-*.js");
    await missing.getByRole("button", { name: "Try again" }).click();
    await shown(page.getByText("The debrief is not open to you"));
    await host.leave();
  });
});

// Builds

/** A folder with the built client, and a function that puts another build of it in the place of the first, under other names. */
async function twoBuilds() {
  const directory = join(await temporaryFolder(), "client");
  await cp(CLIENT_DIST, directory, { recursive: true });
  const assets = join(directory, "assets");
  const compressed = (await readdir(directory, { recursive: true })).filter((name) => /\.(br|gz)$/.test(name));
  await Promise.all(compressed.map((name) => rm(join(directory, name))));
  const upgrade = async () => {
    const names = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name));
    const anew = new Map(names.map((name) => [name, name.replace(/(\.\w+)$/, "2$1")]));
    const texts = [join(directory, "index.html"), ...names.map((name) => join(assets, name))];
    for (const text of texts.filter((name) => [".html", ".js"].includes(extname(name)))) {
      const content = await readFile(text, "utf8");
      await writeFile(
        text,
        content.replace(/[\w-]+\.(?:js|css)\b/g, (name) => anew.get(name) ?? name),
      );
    }
    for (const [name, other] of anew) await rename(join(assets, name), join(assets, other));
  };
  return { directory, upgrade };
}

describe("after another build was put in place, a page", () => {
  it("that cannot go on loads anew by itself, once, and is whole", async () => {
    const { directory, upgrade } = await twoBuilds();
    const { url } = await startServer({ clientDirectory: directory, bank: await realBank() });
    const reader = await Person.arrive(browser, "A reader");
    const { page } = reader;
    await page.goto(url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await mark(page);
    await upgrade();
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByRole("searchbox"));
    expect(await isMarked(page)).toBe(false);
    expect(new URL(page.url()).pathname).toBe("/bank");
    expect(await page.getByText(NEW_VERSION).count()).toBe(0);
    await reader.leave();
  });

  it("never does so twice for a build, whatever is served", async () => {
    const { directory, upgrade } = await twoBuilds();
    const { url } = await startServer({ clientDirectory: directory, bank: await realBank() });
    const reader = await Person.arrive(browser, "A reader");
    const { page } = reader;
    let loads = 0;
    page.on("load", () => loads++);
    await page.goto(url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    // Something between keeps the old page for ever, and the scripts of it but for one.
    const [old, assets] = [await readFile(join(directory, "index.html"), "utf8"), new Map<string, string>()];
    for (const name of await readdir(join(directory, "assets")))
      if (/\.(js|css)$/.test(name)) assets.set(name, await readFile(join(directory, "assets", name), "utf8"));
    await upgrade();
    await page.route("**/bank", (route) => route.fulfill({ body: old, contentType: "text/html" }));
    await page.route("**/assets/*", (route) => {
      const name = new URL(route.request().url()).pathname.slice("/assets/".length);
      const body = name.startsWith("BankPage-") ? undefined : assets.get(name);
      const contentType = name.endsWith(".css") ? "text/css" : "text/javascript";
      return body === undefined ? route.continue() : route.fulfill({ body, contentType });
    });
    await page.getByRole("link", { name: "Bank", exact: true }).click();
    await shown(page.getByRole("heading", { name: NEW_VERSION }));
    expect(loads).toBe(2);
    await reader.shots("parts-new-version");
    await reader.leave();
  });

  it("in which typed words stand is left to its reader, and loses none", async () => {
    const { directory, upgrade } = await twoBuilds();
    const server = await startServer({ clientDirectory: directory, bank: await realBank() });
    const served = { url: server.url, close: server.close };
    const host = await endedRoom(served);
    const { page } = host;
    const summary = page.getByRole("textbox", { name: "Summary" });
    await summary.fill("Typed just before");
    await upgrade();
    await mark(page);
    // Both stand there until another tab is chosen, and the words are in none but the first.
    await page.evaluate(() => {
      const field = document.createElement("textarea");
      document.body.append(field);
      field.value = "Words that are kept nowhere";
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await page.getByRole("tab", { name: "Debrief" }).click();
    await shown(page.getByText(NEW_VERSION).first());
    expect(await isMarked(page)).toBe(true);
    await page.evaluate(() => document.body.querySelector(":scope > textarea")?.remove());
    await page.getByRole("tab", { name: "Your scorecard" }).click();
    await allSaved(page);
    await page.getByRole("button", { name: "Reload" }).first().click();
    await there(summary);
    await gone(page.getByText(NEW_VERSION).first());
    expect(await summary.inputValue()).toBe("Typed just before");
    expect(await isMarked(page)).toBe(false);
    await host.leave();
  });
});
