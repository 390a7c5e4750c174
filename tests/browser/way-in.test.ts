import type { BrowserContext, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** From a link into the room: what is asked for when, and what is seen where some of it is late or lost. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const name = (page: Page) => page.getByLabel("Your name");

/** Loses the first so many requests for such a file; what is returned says how many were made. */
async function lose(context: BrowserContext, files: string, most: number): Promise<() => number> {
  let asked = 0;
  await context.route(files, (route) => (++asked > most ? route.continue() : route.abort("connectionreset")));
  return () => asked;
}

describe("whoever opens a link", () => {
  it("has it looked at once, before the page has come", async () => {
    const { secrets } = await openRoom(site);
    const { page, context, ...candidate } = await Person.arrive(browser, "Maya Lindqvist");
    const looks: string[] = [];
    page.on("request", (request) => request.url().endsWith("/api/links/look") && looks.push(request.postData() ?? ""));
    // The page itself stays on its way until the link has been looked at.
    const looked = page.waitForRequest("**/api/links/look");
    await context.route("**/assets/base-*.js", async (route) => {
      await looked;
      await route.continue();
    });
    await page.goto(`${site.url}/join#${secrets.candidate}.`, { waitUntil: "commit" });
    await shown(name(page));
    expect(looks.map((body) => JSON.parse(body).secret)).toEqual([secrets.candidate]);
    await context.close();
    expect(candidate.name).toBe("Maya Lindqvist");
  });

  it("can try again where that look was lost", async () => {
    const { secrets } = await openRoom(site);
    const { page, context } = await Person.arrive(browser, "Maya Lindqvist");
    const asked = await lose(context, "**/api/links/look", 1);
    await page.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(page.getByRole("heading", { name: "This link does not open a room" }));
    await page.getByRole("button", { name: "Try again" }).click();
    await shown(name(page));
    expect(asked()).toBe(2);
    await context.close();
  });

  it("goes on to another link in the same tab, which is looked at anew", async () => {
    const { secrets } = await openRoom(site);
    const { page, context } = await Person.arrive(browser, "Maya Lindqvist");
    await page.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(page.getByText("will let you in when they are ready"));
    await page.goto(`${site.url}/join#${secrets.observer}`);
    await shown(page.getByText("asks you to watch"));
    await context.close();
  });

  it("waits in the room before it is connected, and is let in once it is", async () => {
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    const candidate = await Person.arrive(browser, "Maya Lindqvist");
    const { page, context } = candidate;
    let connect = () => {};
    const mayConnect = new Promise<void>((resolve) => {
      connect = resolve;
    });
    await context.routeWebSocket(/socket\.io/, async (socket) => {
      await mayConnect;
      socket.connectToServer();
    });
    await candidate.join(site, secrets.candidate);
    await shown(page.getByText("You are here as Maya Lindqvist"));
    await shown(page.getByRole("status").getByText("Connecting…"));
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const foot = document.querySelector("footer");
      new MutationObserver(() => said.push(foot?.textContent ?? "")).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    await host.enterAsHost(site, secrets.host);
    connect();
    await shown(page.getByText("Everything you write is saved"));
    // Nothing was saved, so nothing says that it is being saved.
    expect(await page.evaluate(() => String(Reflect.get(window, "said")))).not.toContain("Saving");
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(page.getByRole("timer"));
    // What was shown with the seat is not what a page begins with that is loaded anew.
    await page.reload();
    await shown(page.getByRole("timer"));
    await gone(page.getByText("You are here as"));
    await host.leave();
    await candidate.leave();
  });

  it("who sent a name twice because no answer came has one seat", async () => {
    const { secrets } = await openRoom(site);
    const host = await Person.arrive(browser, "Jonas Dahl");
    const candidate = await Person.arrive(browser, "Maya Lindqvist");
    const asked = await lose(candidate.context, "**/api/links/join", 2);
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await shown(candidate.page.getByText("You are here as Maya Lindqvist"));
    expect(asked()).toBe(3);
    await shown(host.page.getByText("Maya Lindqvist").first());
    await host.leave();
    await candidate.leave();
  });
});

describe("a file that the page begins with", () => {
  for (const files of ["base", "libraries", "start", "index"]) {
    it(`is asked for again where it was lost: ${files}`, async () => {
      const { secrets } = await openRoom(site);
      const { page, context } = await Person.arrive(browser, "Maya Lindqvist");
      const asked = await lose(context, `**/assets/${files}-*.js`, 1);
      await page.goto(`${site.url}/join#${secrets.candidate}`);
      await shown(name(page));
      expect(asked()).toBeGreaterThan(1);
      await context.close();
    });
  }

  it("is said to be lost where it does not come, and the page is not loaded anew for ever", async () => {
    const { page, context } = await Person.arrive(browser, "A reader");
    await context.route("**/assets/libraries-*.js", (route) => route.abort("connectionreset"));
    const loads: string[] = [];
    page.on("domcontentloaded", () => loads.push(page.url()));
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "This page did not come whole" }));
    expect(loads).toHaveLength(4);
    await context.unroute("**/assets/libraries-*.js");
    await page.getByRole("button", { name: "Load it again" }).click();
    await shown(page.getByRole("link", { name: "Bank", exact: true }));
    await context.close();
  });

  it("is said to be lost at once by a browser that keeps nothing", async () => {
    const { page, context } = await Person.arrive(browser, "A reader");
    await context.addInitScript(() => {
      Object.defineProperty(window, "sessionStorage", {
        get: () => {
          throw new DOMException("Denied", "SecurityError");
        },
      });
    });
    await context.route("**/assets/libraries-*.js", (route) => route.abort("connectionreset"));
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "This page did not come whole" }));
    await context.close();
  });
});
