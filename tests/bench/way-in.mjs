import { randomUUID } from "node:crypto";
import { chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../support/find-browser.mjs";
import { alternate, comparePairs, median } from "./stats.mjs";

const PAIRS = 3;
/** What Chromium's own tools call slow 3G. */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const LIMIT_MS = 5_000;
const LIMIT_BYTES = 300_000;

/**
 * A candidate's way from the link to the waiting room, in a browser that has nothing of the page yet: on slow 3G (ours) and on this
 * machine's own network (baseline). The name is written at once, so that nothing is fetched meanwhile.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function wayIn({ bed, progress }) {
  const executablePath = findBrowser();
  if (executablePath === null) return { rows: [], notes: ["The way in was not measured, as there is no Chromium."] };
  const { port } = await bed.startServer({ profile: false });
  const url = `http://127.0.0.1:${port}`;
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  try {
    const slices = await alternate(PAIRS, async (side, pair) => {
      progress(`way in: ${pair + 1} of ${PAIRS}`);
      return enter(browser, url, await candidateLink(url), side === "ours");
    });
    const of = (/** @type {"formMs" | "waitingMs" | "bytes"} */ what) => ({
      ours: slices.ours.map((slice) => slice[what]),
      baseline: slices.baseline.map((slice) => slice[what]),
    });
    const [waiting, bytes] = [of("waitingMs"), of("bytes")];
    return {
      rows: [
        { name: "link to a name's field", unit: "ms", ...comparePairs(of("formMs")), goal: null, holds: null },
        {
          name: "link to the waiting room",
          unit: "ms",
          ...comparePairs(waiting),
          goal: `≤ ${LIMIT_MS} on slow 3G`,
          holds: median(waiting.ours) <= LIMIT_MS,
        },
        {
          name: "link to the waiting room",
          unit: "bytes",
          ...comparePairs(bytes),
          goal: `≤ ${LIMIT_BYTES}`,
          holds: Math.max(...bytes.ours, ...bytes.baseline) <= LIMIT_BYTES,
        },
      ],
      notes: ["The way in: slow 3G under “ours”, this machine's own network under “bare”."],
    };
  } finally {
    await browser.close();
  }
}

/**
 * Opens a room, with a link for each of these interviewers.
 * @param {string} url
 * @param {readonly string[]} [interviewers]
 * @returns {Promise<{ role: string, secret: string, name?: string }[]>} its links
 */
export async function linksOfNewRoom(url, interviewers = []) {
  const body = {
    commandId: `c_${randomUUID()}`,
    title: "A bench",
    candidateName: null,
    forRole: null,
    kitId: null,
    minutes: 45,
    blindPolicy: "after_own",
    hostName: "Jonas Dahl",
    ...(interviewers.length > 0 && { interviewers }),
  };
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/rooms`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`No room was opened: ${await response.text()}`);
  return (await response.json()).links;
}

/** Opens a room and gives the secret of its candidate's link. */
export async function candidateLink(/** @type {string} */ url) {
  const found = (await linksOfNewRoom(url)).find(({ role }) => role === "candidate");
  if (!found) throw new Error("The room has no link for a candidate.");
  return found.secret;
}

async function enter(
  /** @type {import("playwright-core").Browser} */ browser,
  /** @type {string} */ url,
  /** @type {string} */ secret,
  /** @type {boolean} */ isSlow,
) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const wire = await context.newCDPSession(page);
    await wire.send("Network.enable");
    if (isSlow) await wire.send("Network.emulateNetworkConditions", SLOW_3G);
    let bytes = 0;
    const later = new Set();
    // What sets questions comes behind the waiting room.
    wire.on("Network.requestWillBeSent", ({ requestId, request }) => {
      if (/\/Markdown-[\w-]+\.js$/.test(request.url)) later.add(requestId);
    });
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!later.has(requestId)) bytes += encodedDataLength;
    });
    await page.addInitScript(enterAtOnce);
    await page.goto(`${url}/join#${secret}`, { waitUntil: "commit" });
    await page.getByText("You are here as").first().waitFor({ timeout: 60_000 });
    const { formMs, waitingMs } = await page.evaluate(() => Reflect.get(window, "wayIn"));
    return { formMs, waitingMs, bytes };
  } finally {
    await context.close();
  }
}

/** Runs in the page: writes the name as soon as it is asked for, joins, and notes when that was and when the waiting room was there. */
function enterAtOnce() {
  const noted = { formMs: 0, waitingMs: 0 };
  Reflect.set(window, "wayIn", noted);
  const look = () => {
    const field = document.querySelector("form input");
    if (field instanceof HTMLInputElement && noted.formMs === 0) {
      noted.formMs = performance.now();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, "Maya Lindqvist");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => field.form?.requestSubmit());
    }
    if (noted.waitingMs > 0 || !document.body?.textContent?.includes("You are here as")) return;
    noted.waitingMs = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
