import type { Worker } from "playwright-core";
import { describe, expect, test } from "vitest";
import { runPythonPackages } from "../../../server/src/python/command.ts";
import { packagesFolder } from "../../support/python-packages.ts";
import { type RunPage, runSite } from "../../support/running.ts";

/** What a program may not reach, tried from where it runs: within the language, in its worker, and in the frame around it. */

const site = runSite();

/** A page whose program waits for input, and so stands still while something is tried beside it. */
async function waiting(): Promise<{ page: RunPage; worker: Worker }> {
  const page = await site.open();
  const asking = await page.begin({ language: "python", code: "input()" });
  await asking.next("ask");
  const [worker] = page.page.workers();
  if (!worker) throw new Error("No program runs.");
  return { page, worker };
}

const frameOf = ({ page }: RunPage) => {
  const frame = page.frames().find((one) => one.url().endsWith("/run/frame"));
  if (!frame) throw new Error("There is no frame.");
  return frame;
};

/** What is asked of a server apart from what the page itself asks for. */
const strange = ({ asked }: RunPage): string[] =>
  asked.filter((address) => !/\/(assets\/[\w.-]+|run\/frame|api\/python\/packages)?$/.test(new URL(address).pathname));

describe("a program's worker", () => {
  test("reaches no network, our server neither", async () => {
    const { page, worker } = await waiting();
    const tried = await worker.evaluate(async (own) => {
      const outcome = (act: () => unknown) =>
        new Promise<string>((resolve) => {
          try {
            Promise.resolve(act()).then(
              () => resolve("reached"),
              () => resolve("refused"),
            );
          } catch {
            resolve("refused");
          }
        });
      const opened = (thing: WebSocket | EventSource) =>
        new Promise((resolve, reject) => {
          thing.onopen = resolve;
          thing.onerror = reject;
        });
      const pulled = (url: string) =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.open("GET", url);
          request.onload = resolve;
          request.onerror = reject;
          request.send();
        });
      const child = (url: string) =>
        new Promise((resolve, reject) => {
          const made = new Worker(url);
          made.onmessage = resolve;
          made.onerror = reject;
        });
      // The interpreter's own stand-in is put aside: what is tried is the browser's.
      delete (globalThis as { fetch?: unknown }).fetch;
      const found: Record<string, string> = {};
      for (const host of [own, "https://elsewhere.example"]) {
        found[`fetch ${host}`] = await outcome(
          () =>
            Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch?.call(self, `${host}/api/info?fetch`) ??
            fetch(`${host}/api/info?fetch`),
        );
        found[`fetch unread ${host}`] = await outcome(
          () => new Request(`${host}/?unread`) && fetch(`${host}/?unread`, { mode: "no-cors" }),
        );
        found[`request ${host}`] = await outcome(() => pulled(`${host}/api/info?pulled`));
        found[`socket ${host}`] = await outcome(() =>
          opened(new WebSocket(`${host.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`)),
        );
        found[`events ${host}`] = await outcome(() => opened(new EventSource(`${host}/?events`)));
        found[`import ${host}`] = await outcome(() => import(/* @vite-ignore */ `${host}/?import`));
        found[`scripts ${host}`] = await outcome(() =>
          (self as unknown as { importScripts(url: string): void }).importScripts(`${host}/?scripts`),
        );
        found[`worker ${host}`] = await outcome(() => child(`${host}/?worker`));
        found[`beacon ${host}`] = await outcome(
          () =>
            (navigator as { sendBeacon?: (url: string) => boolean }).sendBeacon?.(`${host}/?beacon`) ||
            Promise.reject(),
        );
      }
      return found;
    }, site.site().url);
    expect(Object.entries(tried).filter(([, outcome]) => outcome !== "refused")).toEqual([]);
    expect(Object.keys(tried)).toHaveLength(18);
    expect(strange(page)).toEqual([]);
  });

  test("has no storage, no page, and no text that becomes code", async () => {
    const { worker } = await waiting();
    const tried = await worker.evaluate(async () => {
      const refused = async (act: () => unknown) => {
        try {
          await act();
          return false;
        } catch {
          return true;
        }
      };
      const database = () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open("any");
          opening.onsuccess = resolve;
          opening.onerror = reject;
        });
      return {
        database: await refused(database),
        caches: await refused(() => caches.open("any")),
        files: await refused(() => navigator.storage.getDirectory()),
        strings: ["localStorage", "sessionStorage", "document", "parent", "top", "open", "cookieStore"].filter(
          (name) => name in self,
        ),
        // In a task of its own, as whoever looks in from outside may do more.
        code: await new Promise((resolve) => setTimeout(() => refused(() => Function("return 1")()).then(resolve))),
        timer: await new Promise((resolve) => {
          Object.assign(self, { ran: false });
          setTimeout("self.ran = true" as never, 0);
          setTimeout(() => resolve((self as unknown as { ran: boolean }).ran), 50);
        }),
        origin: self.origin,
      };
    });
    expect(tried).toEqual({
      database: true,
      caches: true,
      files: true,
      strings: [],
      code: true,
      timer: false,
      origin: "null",
    });
  });

  test("that speaks to the frame, or past its port, is heard by nobody", async () => {
    const { page, worker } = await waiting();
    const heard = page.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let count = 0;
          addEventListener("message", () => count++);
          window.runner.answer("done");
          const look = () =>
            window.runs[0]?.some(({ type }) => type === "end") ? resolve(count) : setTimeout(look, 20);
          look();
        }),
    );
    await worker
      .evaluate(() => {
        for (const message of [
          { type: "end", ending: { outcome: "ok" } },
          { type: "output", stream: "stdout", text: "forged" },
        ])
          for (let n = 0; n < 100; n++) self.postMessage(message);
      })
      .catch(() => {});
    expect(await heard).toBe(0);
    expect(JSON.stringify(await page.page.evaluate(() => window.runs))).not.toContain("forged");
  });
});

describe("the frame around it", () => {
  test("has an origin of nobody's: no storage, no cookies, no page of ours", async () => {
    const { page } = await waiting();
    const tried = await frameOf(page).evaluate(() => {
      const refused = (act: () => unknown) => {
        try {
          act();
          return false;
        } catch {
          return true;
        }
      };
      return {
        local: refused(() => localStorage.getItem("any")),
        tab: refused(() => sessionStorage.getItem("any")),
        cookie: refused(() => document.cookie),
        parent: refused(() => parent.document.body),
        top: refused(() => top?.location.href),
        origin: self.origin,
      };
    });
    expect(tried).toEqual({ local: true, tab: true, cookie: true, parent: true, top: true, origin: "null" });
  });

  test("navigates neither itself nor the page, opens nothing, and sends nothing", async () => {
    const { page } = await waiting();
    const frame = frameOf(page);
    const before = page.page.url();
    await frame.evaluate((own) => {
      const quietly = (act: () => unknown) => {
        try {
          act();
        } catch {}
      };
      for (const host of [own, "https://elsewhere.example"]) {
        quietly(() => top?.location.assign(`${host}/?top`));
        quietly(() => Object.assign(parent, { location: `${host}/?parent` }));
        quietly(() => open(`${host}/?popup`));
        quietly(() => navigator.sendBeacon(`${host}/?beacon`));
        quietly(() => void fetch(`${host}/?fetch`).catch(() => {}));
        for (const target of ["_top", "_blank", "_self"]) {
          const link = Object.assign(document.createElement("a"), { href: `${host}/?link${target}`, target });
          document.body.append(link);
          if (target !== "_self") link.click();
          const form = Object.assign(document.createElement("form"), { action: `${host}/?form${target}`, target });
          document.body.append(form);
          quietly(() => form.submit());
        }
        document.body.append(Object.assign(new Image(), { src: `${host}/?image` }));
        document.body.append(Object.assign(document.createElement("script"), { src: `${host}/?script` }));
        document.body.append(
          Object.assign(document.createElement("script"), { textContent: "document.title = 'ran'" }),
        );
        document.body.append(Object.assign(document.createElement("iframe"), { src: `${host}/?frame` }));
        document.head.append(
          Object.assign(document.createElement("link"), { rel: "prefetch", href: `${host}/?prefetch` }),
        );
      }
    }, site.site().url);
    expect(await frame.title()).toBe("A program");
    await frame.evaluate((own) => {
      location.href = `${own}/?itself`;
    }, site.site().url);
    // The program went with its frame; the next one has another.
    await page.page.evaluate(() => window.runner.stop());
    expect((await page.run({ language: "javascript", code: "console.log(1)" })).stdout).toBe("1\n");
    expect(page.page.url()).toBe(before);
    expect(page.person.context.pages()).toHaveLength(1);
    expect(strange(page)).toEqual([]);
    expect(page.asked.filter((address) => new URL(address).search !== "")).toEqual([]);
  });
});

describe("a program in Python", () => {
  test("finds nothing of the browser in `js`, and what it makes of it reaches nothing", async () => {
    const page = await site.open();
    const code = `
import js
names = "fetch XMLHttpRequest WebSocket importScripts navigator localStorage indexedDB location postMessage self globalThis document eval Function"
print([name for name in names.split() if hasattr(js, name)])

def refused(act):
    try:
        act()
        return False
    except BaseException:
        return True

from pyodide.code import run_js
from pyodide.ffi import to_js
print(refused(lambda: run_js("1")), refused(lambda: to_js([1]).constructor.constructor("return globalThis")()))

import urllib.request
print(refused(lambda: urllib.request.urlopen("${site.site().url}/api/info?urllib", timeout=1)))
try:
    from pyodide.http import open_url
    print(refused(lambda: open_url("${site.site().url}/api/info?open")))
except ImportError:
    print(True)`;
    const { stdout, stderr, end } = await page.run({ language: "python", code });
    expect({ stdout, stderr, end }).toMatchObject({ stdout: "[]\nTrue True\nTrue\nTrue\n", end: { outcome: "ok" } });
    expect(strange(page)).toEqual([]);
    expect(page.asked.filter((address) => new URL(address).search !== "")).toEqual([]);
  });

  test("imports the packages that the server has, and only those that it names are fetched", async () => {
    const { url, folder } = site.site();
    expect(await runPythonPackages(["whet-stone", "--from", await packagesFolder(folder)], folder)).toBe(0);
    const page = await site.open();
    const ran = await page.run({ language: "python", code: "import whetstones\nprint(whetstones.edge(7))" });
    expect(ran.stdout).toBe("42\n");
    expect(page.person.requested.filter((address) => address.startsWith(`${url}/run/packages/`))).toHaveLength(2);
    const other = await site.open();
    expect((await other.run({ language: "python", code: "print(1)" })).stdout).toBe("1\n");
    expect(other.person.requested.filter((address) => address.includes("/run/packages/"))).toEqual([]);
  });
});
