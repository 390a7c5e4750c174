import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JoinResponse } from "@whetstone/shared/links-wire";
import type { Browser, Page, WebSocket } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { launchBrowser, openRoom, Person, type Site, startSite } from "./browser.ts";
import { buildPage } from "./built-page.ts";

/** A page that captions by a model, of a seat in a room, under the policy of the real server. */

const PAGE = fileURLToPath(new URL("captions", import.meta.url));

interface CaptionsPage {
  readonly page: Page;
  /** The method and address of every request, of the page's worker too. */
  readonly asked: string[];
  readonly sockets: WebSocket[];
  readonly complaints: readonly string[];
}

export interface CaptionsSite extends Site {
  /** The data directory. */
  readonly folder: string;
  open(): Promise<CaptionsPage>;
}

/** The browser and the built page for the tests of a file; each gets a server of its own. */
export function captionsSites(): () => Promise<CaptionsSite> {
  let browser: Browser;
  let built: string;
  beforeAll(async () => {
    built = await mkdtemp(join(tmpdir(), "whetstone-captions-"));
    browser = await launchBrowser(["--autoplay-policy=no-user-gesture-required"]);
    await buildPage(PAGE, built);
  });
  afterAll(async () => {
    await browser.close();
    await rm(built, { recursive: true, force: true });
  });
  return async () => {
    const site = await startSite({ built });
    onTestFinished(() => site.close());
    return { ...site, open: () => openIn(browser, site) };
  };
}

async function openIn(browser: Browser, site: Site): Promise<CaptionsPage> {
  const { roomId, secrets } = await openRoom(site);
  const joined = await fetch(`${site.url}/api/links/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret: secrets.interviewer, name: "Ines Interviewer" }),
  });
  const { token } = JoinResponse.parse(await joined.json());
  const person = await Person.arrive(browser, "Ines Interviewer");
  onTestFinished(() => person.leave());
  const { page, context, complaints } = person;
  const asked: string[] = [];
  const sockets: WebSocket[] = [];
  context.on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  page.on("websocket", (socket) => sockets.push(socket));
  await context.addInitScript(([key, seat]) => sessionStorage.setItem(key, seat), [
    `whetstone.seat.${roomId}`,
    JSON.stringify({ token, role: "interviewer" }),
  ] as const);
  await page.goto(`${site.url}/room/${roomId}`);
  await page.waitForFunction(() => "captions" in window);
  return { page, asked, sockets, complaints };
}
