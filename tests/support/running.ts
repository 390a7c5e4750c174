import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFailed, onTestFinished } from "vitest";
import type { Program, RunEnd, RunEvent, TestReport } from "../../client/src/run/events.ts";
import { launchBrowser, Person, type Site, startSite } from "./browser.ts";
import { buildPage } from "./built-page.ts";

/** A page that runs programs and does nothing else, built as the client is, before a real browser that reaches our server alone. */

const PAGE = fileURLToPath(new URL("../browser/run/probe/", import.meta.url));

/** How long an interpreter may take where others have the machine, too, in milliseconds; it only bounds a failure. */
const PATIENCE_MS = 90_000;

/** A run that is under way in a page. */
export interface Running {
  /** What has been told so far. */
  readonly events: () => Promise<readonly RunEvent[]>;
  /** Waits until there is an event of a kind behind those that were waited for before, and gives it. */
  next<Type extends RunEvent["type"]>(type: Type): Promise<Extract<RunEvent, { type: Type }>>;
  answer(text: string | null): Promise<void>;
  stop(): Promise<void>;
}

/** A page with a runner. */
export class RunPage {
  readonly page: Page;
  readonly person: Person;
  readonly #stopped: string[] = [];

  constructor(person: Person) {
    this.person = person;
    this.page = person.page;
    // What a policy stops is told as a request, too, and asks nobody.
    person.context.on("requestfailed", (request) => {
      if (/csp/i.test(request.failure()?.errorText ?? "")) this.#stopped.push(request.url());
    });
  }

  /** The addresses that somebody was asked for. */
  get asked(): readonly string[] {
    return this.person.requested.filter((address) => !this.#stopped.includes(address));
  }

  async begin(program: Program): Promise<Running> {
    const { page } = this;
    const at = await page.evaluate((given) => window.begin(given), program);
    let seen = 0;
    return {
      events: () => page.evaluate((run) => window.runs[run] ?? [], at),
      next: async (type) => {
        const found = await page.waitForFunction(
          ([run, from, wanted]) => {
            const events = window.runs[run] ?? [];
            const index = events.findIndex((event, place) => place >= from && event.type === wanted);
            return index >= 0 && { index, event: events[index] };
          },
          [at, seen, type] as const,
          { timeout: PATIENCE_MS },
        );
        const { index, event } = (await found.jsonValue()) as { index: number; event: RunEvent };
        seen = index + 1;
        return event as never;
      },
      answer: (text) => page.evaluate((given) => window.runner.answer(given), text),
      stop: () => page.evaluate(() => window.runner.stop()),
    };
  }

  /** Runs a program to its end. */
  async run(program: Program): Promise<Ran> {
    const running = await this.begin(program);
    const end = await running.next("end");
    const events = await running.events();
    const printed = (stream: "stdout" | "stderr") =>
      events.map((event) => (event.type === "output" && event.stream === stream ? event.text : "")).join("");
    return { events, end, stdout: printed("stdout"), stderr: printed("stderr") };
  }

  test(program: Program, tests: readonly { name: string; code: string }[]): Promise<TestReport> {
    return this.page.evaluate(([given, those]) => window.runner.runTests(given, those), [program, tests] as const);
  }
}

export interface Ran {
  readonly events: readonly RunEvent[];
  readonly end: RunEnd;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Builds the page and serves it for the tests of a file; `open` gives a new browser window with it, and `common` one that tests share, so
 * that an interpreter that got ready behind a test's last program is the next test's.
 */
export function runSite() {
  let folder = "";
  let site: (Site & { readonly folder: string }) | null = null;
  let browser: Browser | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "whetstone-run-"));
    const outDir = join(folder, "client");
    await buildPage(PAGE, outDir);
    site = await startSite({ built: outDir });
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const there = () => {
    if (!site || !browser) throw new Error("The page is served while tests run.");
    return { site, browser };
  };
  const arrive = async (): Promise<RunPage> => {
    const { site, browser } = there();
    const person = await Person.arrive(browser, "Maya");
    // Whatever else is asked for fails, and stands among what was requested.
    await person.context.route(
      (url) => url.origin !== site.url,
      (route) => route.abort(),
    );
    await person.page.goto(site.url);
    await person.page.waitForFunction(() => "runner" in window);
    return new RunPage(person);
  };
  let common: RunPage | null = null;
  return {
    site: () => there().site,
    open: async (): Promise<RunPage> => {
      const page = await arrive();
      onTestFinished(() => page.person.leave());
      return page;
    },
    common: async (): Promise<RunPage> => {
      const page = common ?? (await arrive());
      common = page;
      // Whatever a test that failed has left there is no other's.
      onTestFailed(async () => {
        common = null;
        await page.person.leave();
      });
      return page;
    },
  };
}
