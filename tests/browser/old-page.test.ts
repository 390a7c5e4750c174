import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, BrowserContext } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { keptPages } from "../kept/kept.ts";
import { allSaved, launchBrowser, MortalSite, openRoom, Person, shown } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** Tabs with the page of an earlier version, which stay open while the server under them is upgraded. */

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const SOCKETS = "**/socket.io/**";

/** Serves an earlier version's page to this browser; the function that this gives puts today's in its place. */
async function servePage(context: BrowserContext, archive: string): Promise<() => Promise<void>> {
  const files = unzipSync(readFileSync(archive));
  const isOfPage = ({ pathname }: URL) => !/^\/(api|socket\.io)\//.test(pathname);
  await context.route(isOfPage, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const name = path in files ? path : path.startsWith("assets/") ? null : "index.html";
    const file = name === null ? undefined : files[name];
    return name !== null && file
      ? route.fulfill({ body: Buffer.from(file), contentType: TYPES[extname(name)] ?? "application/octet-stream" })
      : route.fulfill({ status: 404 });
  });
  return () => context.unroute(isOfPage);
}

/** A room whose host and candidate sit before the pages of one version. */
interface Old {
  readonly version: number;
  readonly host: Person;
  readonly candidate: Person;
  readonly upgrade: () => Promise<unknown>;
}

async function openOld(site: MortalSite, browser: Browser, version: number, archive: string): Promise<Old> {
  const { secrets } = await openRoom(site);
  const host = await Person.arrive(browser, "Jonas Dahl");
  const candidate = await Person.arrive(browser, "Maya Lindqvist");
  const upgrades = [await servePage(host.context, archive), await servePage(candidate.context, archive)];
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  return { version, host, candidate, upgrade: () => Promise.all(upgrades.map((upgrade) => upgrade())) };
}

const sheetOf = ({ candidate }: Old) => candidate.page.getByRole("textbox");
const answerOf = ({ host }: Old) => host.page.getByTestId("answer");
const noteOf = ({ host }: Old) => host.page.getByRole("textbox", { name: "New note" });

// All at once, so that one server is killed and started for all versions.
describe(`open pages of the versions ${keptPages().map(([version]) => version)}`, () => {
  it("go on while the server is upgraded, and leave no word behind when they are loaded anew", async () => {
    const site = await MortalSite.start();
    const browser = await launchBrowser();
    onTestFinished(async () => {
      await browser.close();
      await site.close();
    });
    const pages: Old[] = [];
    for (const [version, archive] of keptPages()) pages.push(await openOld(site, browser, version, archive));
    for (const old of pages) {
      await sheetOf(old).fill("Before");
      await shown(answerOf(old).getByText("Before"));
    }

    await site.kill();
    for (const old of pages) {
      await sheetOf(old).fill("Before, and while the server was away");
      await old.host.page.keyboard.press("3");
      await noteOf(old).fill("noted while the server was away");
      await old.upgrade();
    }
    await site.startAgain();
    for (const old of pages) {
      await shown(answerOf(old).getByText("Before, and while the server was away"));
      await allSaved(old.host.page);
      await old.candidate.shot(`50-old-page-${old.version}`);
    }

    // Nothing more gets out of the old pages.
    for (const { host, candidate } of pages)
      for (const { context } of [host, candidate]) await context.route(SOCKETS, (route) => route.abort());
    await site.kill();
    for (const old of pages) {
      await sheetOf(old).fill("Before, while the server was away, and last");
      await noteOf(old).fill("noted while the server was away, and last");
    }
    await site.startAgain();
    for (const old of pages) {
      const { host, candidate } = old;
      for (const { context, page } of [candidate, host]) {
        await context.unroute(SOCKETS);
        await page.reload();
      }
      await shown(answerOf(old).getByText("Before, while the server was away, and last"));
      expect(await wordsOn(sheetOf(old))).toBe("Before, while the server was away, and last");
      await allSaved(host.page);
      await shown(host.page.getByText("noted while the server was away, and last"));
      await shown(host.page.locator('[data-level="3"][aria-checked="true"]').first());
    }
    const faults = pages.map(({ version, host, candidate }) => [version, ...host.faults, ...candidate.faults]);
    expect(faults).toEqual(pages.map(({ version }) => [version]));
  });
});
