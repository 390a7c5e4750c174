import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, link, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Bank } from "@whetstone/shared/bank";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { loadBank } from "../../server/src/bank/load.ts";
import type { IceOptions } from "../../server/src/call/ice-servers.ts";
import type { Config } from "../../server/src/config.ts";
import { createApp } from "../../server/src/http/app.ts";
import { KEY_HEADER } from "../../server/src/http/principal.ts";
import type { DocumentStore } from "../../server/src/room/documents/store.ts";
import type { RoomLog } from "../../server/src/room/log.ts";
import { noSnapshots } from "../../server/src/room/snapshots.ts";
import { openSqliteAccesses } from "../../server/src/sqlite/accesses.ts";
import { openSqliteAcquaintances } from "../../server/src/sqlite/acquaintances.ts";
import { openSqliteDocuments } from "../../server/src/sqlite/documents.ts";
import { openSqliteLog } from "../../server/src/sqlite/log.ts";
import { BROWSER_ARGUMENTS, findBrowser } from "./find-browser.mjs";
import { openKeys } from "./log.ts";
import { openLibrary, PatientPool } from "./server.ts";

/** A real server over the built client, and people who sit before real browsers. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SCREENS = join(ROOT, ".artifacts", "screens");
/** In continuous integration nobody looks at a screen, and each costs as much as a step of a test. */
const KEEPS_SCREENS = !process.env.CI;
export const CLIENT_DIST = join(ROOT, "client", "dist");

/** How long a page may take to come to what a test waits for, in milliseconds; generous, as it only bounds a failure. */
const PATIENCE_MS = 30_000;

// The server

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

interface SiteOptions {
  readonly now?: () => number;
  readonly wrapLog?: (log: RoomLog) => RoomLog;
  readonly wrapDocuments?: (store: DocumentStore) => DocumentStore;
  readonly keepDays?: number | null;
  readonly peerQueue?: boolean;
  readonly hostKey?: string | null;
  /** The built page that it serves. */
  readonly built?: string;
  /** What is asked from; the real bank where nothing is said. */
  readonly bank?: Bank;
  /** What helps browsers in a call to reach each other; nothing where nothing is said. */
  readonly ice?: IceOptions;
  /** What larger calls go through; nothing where nothing is said. */
  readonly media?: Config["media"];
}

/** The real bank, which the browser tests ask from. */
export async function realBank(): Promise<Bank> {
  const loaded = await loadBank(join(ROOT, "questions"));
  if ("problems" in loaded) throw new Error("The question bank is wrong.");
  return loaded.bank;
}

/**
 * A server in this process, with what it keeps in `folder`. It serves the built client, or another page that was built, from a folder of
 * its own, so that a build beside the tests does not disturb them.
 */
export async function startSite({
  now = Date.now,
  wrapLog = (log) => log,
  wrapDocuments = (store) => store,
  keepDays = null,
  peerQueue = false,
  hostKey = null,
  built = CLIENT_DIST,
  bank,
  ice = { urls: [], turnSecret: null },
  media = null,
}: SiteOptions = {}): Promise<Site & { readonly folder: string }> {
  if (!existsSync(join(built, "index.html"))) throw new Error("The client is not built. Run `npm run build` first.");
  const folder = await mkdtemp(join(tmpdir(), "whetstone-browser-"));
  const clientDirectory = join(folder, "client");
  await linkAll(built, clientDirectory);
  const dataFile = join(folder, "whetstone.sqlite");
  const keys = openKeys(dataFile);
  const app = await createApp({
    config: {
      publicUrl: null,
      trustedProxies: ["loopback"],
      proxyHops: 1,
      linkDays: 7,
      keepDays,
      roomBytes: 64 * 1024 * 1024,
      commandsPerSecond: 50,
      requestsPerMinute: 10_000,
      connectionsPerAddress: 200,
      meeting: null,
      ice,
      media,
      peerQueue,
      logLevel: "error",
    },
    hostKey,
    serverKey: Buffer.alloc(32, "the key of a test server"),
    log: wrapLog(openSqliteLog(dataFile, keys)),
    keys,
    documents: wrapDocuments(openSqliteDocuments(dataFile, keys)),
    accesses: openSqliteAccesses(dataFile),
    openAcquaintances: () => openSqliteAcquaintances(dataFile),
    snapshots: noSnapshots,
    library: await openLibrary(bank ?? (await realBank()), dataFile, now),
    exportsDirectory: join(folder, "exports"),
    pythonDirectory: join(folder, "python"),
    captionModelsDirectory: join(folder, "caption-models"),
    clientDirectory,
    pool: new PatientPool(),
    now,
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    folder,
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Links every file, as a copy of the client takes a second; a build removes what it replaces and writes into none of them. */
async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [there, here] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkAll(there, here);
    // No link leads to another disk.
    else await link(there, here).catch(() => copyFile(there, here));
  }
}

/** The built server as a process that can be killed and started again over the same data, at the same address. */
export class MortalSite implements Site {
  readonly url: string;
  readonly #folder: string;
  #child: ChildProcess;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#child = child;
  }

  static async start(): Promise<MortalSite> {
    const folder = await mkdtemp(join(tmpdir(), "whetstone-browser-"));
    const { child, url } = await startProcess(folder, "0");
    return new MortalSite(url, folder, child);
  }

  /** Kills the process without a word, and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  async startAgain(): Promise<void> {
    this.#child = (await startProcess(this.#folder, new URL(this.url).port)).child;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function startProcess(folder: string, port: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(ROOT, "server", "dist", "main.js")], {
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: port, DATA_DIR: folder, REQUESTS_PER_MINUTE: "10000" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk) => said.push(String(chunk)));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Whetstone is ready: (http:\/\/\S+?)\/?$/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return { child, url };
    }
    said.push(line);
  }
  throw new Error(`The server ended before it was ready:\n${said.join("\n")}`);
}

// The browser

/** `more` is what it is started with beside what all tests start it with. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    throw new Error("There is no Chromium. Install one, or run `npx playwright-core install chromium`.");
  }
  return chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS, ...more] });
}

export interface PersonOptions {
  /** Where the browser is, such as `Pacific/Auckland`. */
  readonly timezoneId?: string;
  readonly viewport?: { width: number; height: number };
  readonly colorScheme?: "light" | "dark";
  /** Whether there is a glass to touch. */
  readonly hasTouch?: boolean;
  /** Lets axe into the page, which the content security policy forbids. */
  readonly bypassCSP?: boolean;
  /** How far this person's computer is ahead of the true time, in milliseconds. */
  readonly clockAheadMs?: number;
}

/** One person with a browser of their own: nothing is shared with the others. Everything that happens in it is written down. */
export class Person {
  readonly name: string;
  readonly context: BrowserContext;
  /** The page that was opened first. */
  page: Page;
  /** The address of every request and WebSocket of this browser. */
  readonly requested: string[] = [];
  /** What came in: the text of every answer of the API and every WebSocket frame. */
  readonly received: string[] = [];
  /** Errors of the console, among them violations of the content security policy, and exceptions that nobody caught. */
  readonly complaints: string[] = [];

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.context = context;
    this.page = page;
    this.#watch(page);
    context.on("page", (opened) => this.#watch(opened));
  }

  static async arrive(browser: Browser, name: string, options: PersonOptions = {}): Promise<Person> {
    const {
      viewport = { width: 1280, height: 720 },
      colorScheme = "light",
      bypassCSP = false,
      hasTouch = false,
      clockAheadMs,
      timezoneId,
    } = options;
    const context = await browser.newContext({
      viewport,
      colorScheme,
      bypassCSP,
      hasTouch,
      reducedMotion: "reduce",
      ...(timezoneId && { timezoneId }),
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(PATIENCE_MS);
    if (clockAheadMs !== undefined) {
      await context.addInitScript((ahead) => {
        const trueNow = Date.now;
        Date.now = () => trueNow() + ahead;
        // A page that measures by the other clock counts from when it was opened, as this computer tells it.
        const { timeOrigin } = performance;
        Object.defineProperty(performance, "timeOrigin", { get: () => timeOrigin + ahead });
      }, clockAheadMs);
    }
    return new Person(name, context, await context.newPage());
  }

  /** Follows a link, gives the own name where it is asked for, and enters the room. */
  async join(site: Site, secret: string): Promise<void> {
    await this.page.goto(`${site.url}/join#${secret}`);
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByRole("button", { name: "Join" }).click();
    await this.page.waitForURL("**/room/*");
  }

  /** Lets in who waits by the interviewers' link for several, until their page waits no more; for a host in the lobby. */
  async letIn({ name, page }: Person): Promise<void> {
    await this.page.getByRole("button", { name: `Admit ${name}`, exact: true }).click();
    await gone(page.getByText("This page goes on by itself."));
  }

  /** Enters a room as its host, by the host's own link. */
  async enterAsHost(site: Site, secret: string): Promise<void> {
    await this.page.goto(`${site.url}/join#${secret}`);
    await this.page.waitForURL("**/room/*");
  }

  /** Keeps the screen under the step's name, to be looked at afterwards; where nobody will look, what is drawn is waited for all the same. */
  async shot(step: string, page = this.page): Promise<void> {
    if (!KEEPS_SCREENS) return drawn(page);
    await mkdir(SCREENS, { recursive: true });
    await page.screenshot({ path: join(SCREENS, `${step}.png`) });
  }

  /** Keeps the screen in both colour schemes. */
  async shots(step: string): Promise<void> {
    for (const colorScheme of ["dark", "light"] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.shot(`${step}-${colorScheme}`);
    }
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  /** Complaints but those that the browser itself makes of requests that failed, as they do while there is no network. */
  get faults(): string[] {
    return this.complaints.filter((complaint) => !/Failed to load resource|WebSocket connection to/.test(complaint));
  }

  #watch(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("request", (request) => this.requested.push(request.url()));
    page.on("response", async (response) => {
      if (!new URL(response.url()).pathname.startsWith("/api/")) return;
      this.received.push(await response.text().catch(() => ""));
    });
    page.on("websocket", (socket) => {
      this.requested.push(socket.url());
      socket.on("framereceived", ({ payload }) => this.received.push(String(payload)));
    });
  }
}

// What is looked for on a page

export const gone = (locator: Locator): Promise<void> => locator.waitFor({ state: "hidden" });
export const shown = (locator: Locator): Promise<void> => locator.waitFor({ state: "visible" });
export const there = (locator: Locator): Promise<void> => locator.waitFor({ state: "attached" });

/** Waits until what changed in the page is drawn. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Waits until the element has an attribute of this value. */
export const becomes = (locator: Locator, attribute: string, value: string): Promise<void> =>
  there(locator.and(locator.page().locator(`[${attribute}="${value}"]`)));

/** Waits until what the selector finds in the list has these texts, in this order. */
export async function textsBecome(list: Locator, selector: string, expected: readonly string[]): Promise<void> {
  await shown(list);
  await list
    .page()
    .waitForFunction(
      ([element, parts, texts]) =>
        JSON.stringify([...element.querySelectorAll(parts)].map((part) => part.textContent)) === texts,
      [await list.evaluateHandle((element) => element), selector, JSON.stringify(expected)] as const,
    );
}

/** Waits until everything that this page wrote is on the server's disk. */
export const allSaved = (page: Page): Promise<void> => shown(page.getByText("All saved", { exact: true }));

// A room without the pages that open it, for tests of what comes later

export interface OpenedRoom {
  readonly roomId: string;
  readonly secrets: Readonly<Record<SeatRole, string>>;
}

export interface RoomRequest {
  readonly title?: string;
  readonly candidateName?: string | null;
  readonly kitId?: string | null;
  readonly blindPolicy?: BlindPolicy;
  readonly hostName?: string;
  readonly marks?: boolean;
  /** On a server that asks for it. */
  readonly hostKey?: string;
}

export async function openRoom(site: Site, { hostKey, ...request }: RoomRequest = {}): Promise<OpenedRoom> {
  const body = {
    title: "Technical interview",
    candidateName: "Maya Lindqvist",
    forRole: "Machine-learning engineer",
    kitId: "ml-engineer-screen",
    minutes: 45,
    blindPolicy: "after_own",
    hostName: "Jonas Dahl",
    ...request,
  };
  const response = await post(site, "/api/rooms", body, hostKey === undefined ? {} : { [KEY_HEADER]: hostKey });
  const { roomId, links } = OpenRoomResponse.parse(response);
  const secrets = { host: "", interviewer: "", candidate: "", observer: "", captioner: "" };
  for (const { role, secret } of links) secrets[role] = secret;
  return { roomId, secrets };
}

async function post(site: Site, path: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${site.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} was refused: ${await response.text()}`);
  return response.json();
}
