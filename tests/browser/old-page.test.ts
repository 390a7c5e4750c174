import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { unzipSync } from "fflate";
import type { BrowserContext } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { keptPages } from "../kept/kept.ts";
import { allSaved, launchBrowser, MortalSite, openRoom, Person, shown } from "../support/browser.ts";

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

describe.each(keptPages())("an open page of version %i", (_version, archive) => {
  it("goes on while the server is upgraded, and leaves no word behind when it is loaded anew", async () => {
    const site = await MortalSite.start();
    const browser = await launchBrowser();
    onTestFinished(async () => {
      await browser.close();
      await site.close();
    });
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    const candidate = await Person.arrive(browser, "Maya Lindqvist");
    const upgrades = [await servePage(host.context, archive), await servePage(candidate.context, archive)];
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("a");
    const sheet = candidate.page.getByRole("textbox");
    const answer = host.page.getByTestId("answer");
    const note = host.page.getByRole("textbox", { name: "New note" });
    await sheet.fill("Before");
    await shown(answer.getByText("Before"));

    await site.kill();
    await sheet.fill("Before, and while the server was away");
    await host.page.keyboard.press("3");
    await note.fill("noted while the server was away");
    for (const upgrade of upgrades) await upgrade();
    await site.startAgain();
    await shown(answer.getByText("Before, and while the server was away"));
    await allSaved(host.page);
    await candidate.shot("50-old-page");

    // Nothing more gets out of the old pages.
    for (const { context } of [host, candidate]) await context.route(SOCKETS, (route) => route.abort());
    await site.kill();
    await sheet.fill("Before, while the server was away, and last");
    await note.fill("noted while the server was away, and last");
    await site.startAgain();
    for (const { context, page } of [candidate, host]) {
      await context.unroute(SOCKETS);
      await page.reload();
    }
    await shown(answer.getByText("Before, while the server was away, and last"));
    expect(await sheet.inputValue()).toBe("Before, while the server was away, and last");
    await allSaved(host.page);
    await shown(host.page.getByText("noted while the server was away, and last"));
    await shown(host.page.locator('[data-level="3"][aria-pressed="true"]').first());
    expect([...host.faults, ...candidate.faults]).toEqual([]);
  });
});
