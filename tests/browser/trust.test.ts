import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite, there } from "../support/browser.ts";

/** What a browser lets a page of this server do, what maths can do to a page, and what one reads who is not served. */

const site = await startSite();
const browser = await launchBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

afterAll(async () => {
  await browser.close();
  await site.close();
});

declare global {
  interface Window {
    readonly axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

describe("the policy of a page", () => {
  it.each(["127.0.0.1", "localhost"])(
    "opened as %s lets it open this server's own socket, and no other",
    async (name) => {
      const visitor = await Person.arrive(browser, "Vera Visitor");
      const { page } = visitor;
      const { port } = new URL(site.url);
      await page.goto(`http://${name}:${port}/`);
      const tryOut = (address: string): Promise<string> =>
        page.evaluate(
          (url) =>
            new Promise<string>((resolve) => {
              document.addEventListener("securitypolicyviolation", (violation) =>
                resolve(violation.effectiveDirective),
              );
              const socket = new WebSocket(url);
              socket.onopen = () => resolve("open");
            }),
          address,
        );
      const path = "/socket.io/?EIO=4&transport=websocket";
      expect(await tryOut(`ws://${name}:${port}${path}`)).toBe("open");
      for (const other of ["ws://127.0.0.1:1", "wss://evil.example", `ws://127.0.0.2:${port}${path}`]) {
        expect(await tryOut(other)).toBe("connect-src");
      }
      await visitor.leave();
    },
  );
});

describe("maths that means harm", () => {
  const NEIGHBOUR = "Where the page goes on";

  it("covers nothing of the page, leads nowhere, and is shown as it was written where it would not end", async () => {
    const { secrets } = await openRoom(site, { kitId: null });
    const host = await Person.arrive(browser, "Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    const { page } = host;
    await page.getByRole("button", { name: "Question bank" }).click();
    await page.getByRole("button", { name: "Type a question of your own" }).click();
    const shownMaths = page.getByRole("dialog").locator(".katex");
    const type = (maths: string): Promise<void> => page.getByLabel("Your question").fill(`${NEIGHBOUR} $${maths}$`);

    await type("\\rule{900em}{900em}");
    await shown(shownMaths.locator(".rule"));
    const rule = await shownMaths.locator(".rule").boundingBox();
    expect(rule?.width).toBeGreaterThan(50);
    expect(Math.max(rule?.width ?? 0, rule?.height ?? 0)).toBeLessThan(300);
    await host.shots("95-maths-large");

    await type("\\kern{-30em}\\text{covering}");
    await there(shownMaths.getByText("covering").last());
    const [column, covering] = await Promise.all([
      page.getByRole("dialog").getByText(NEIGHBOUR).last().boundingBox(),
      shownMaths.getByText("covering").last().boundingBox(),
    ]);
    // It stands outside of its text, where nothing of it is painted and nothing can be met.
    expect(covering?.x).toBeLessThan(column?.x ?? 0);
    const met = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest(".katex") !== null, [
      (covering?.x ?? 0) + 2,
      (covering?.y ?? 0) + 5,
    ] as const);
    expect(met).toBe(false);
    await host.shots("95-maths-shifted");

    await type("\\href{https://evil.example}{x}\\htmlClass{y}{\\text{classy}}");
    await there(shownMaths.getByText("classy").last());
    expect(await shownMaths.locator("a").count()).toBe(0);

    await page.getByLabel("Your question").fill("$\\def\\a{\\a\\a}\\a$ is no end");
    await shown(page.getByRole("dialog").locator(".katex-error"));
    await host.leave();
  });
});

describe("who is not served", () => {
  it("reads why, and what is to be set, at every width and in both schemes", async () => {
    const stranger = await Person.arrive(browser, "Sam Stranger", { bypassCSP: true });
    const { page } = stranger;
    await page.setExtraHTTPHeaders({ via: "1.1 proxy" });
    const answer = await page.goto(`${site.url}/room/somewhere`);
    expect(answer?.status()).toBe(403);
    await shown(page.getByRole("heading", { name: "Whetstone does not answer here" }));
    await shown(page.getByText("set PUBLIC_URL to the address that people open"));
    await page.addScriptTag({ content: axe });
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 640 });
      await stranger.shots(`96-not-served-${width}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        expect(violations.map(({ id }) => id)).toEqual([]);
      }
    }
    await stranger.leave();
  });
});
