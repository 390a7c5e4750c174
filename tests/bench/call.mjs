import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../support/find-browser.mjs";
import { alternate, comparePairs, median } from "./stats.mjs";
import { linksOfNewRoom } from "./way-in.mjs";

const PAIRS = 2;
const PEOPLE = { ours: 4, baseline: 2 };
/** How long people have been in the call before they are measured: browsers find out first what the line carries. */
const SETTLES_MS = 15_000;
const MEASURED_MS = 10_000;
/** What one person sends to all others together: bounds of three cameras and of three microphones, in kilobits a second, with what packets cost. */
const LIMIT_KBPS = 1_900;
const DEVICES = [
  "--use-fake-device-for-media-stream=fps=24",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

/**
 * Four people in a call (ours) and two (baseline), each with a picture of 640 × 360 points, all in one browser on this machine: what each
 * sends, what it costs, and how many pictures arrive.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function call({ bed, progress }) {
  const executablePath = findBrowser();
  if (executablePath === null) return { rows: [], notes: ["Calls were not measured, as there is no Chromium."] };
  const { port } = await bed.startServer({ profile: false });
  const slices = await alternate(PAIRS, async (side, pair) => {
    progress(`call: ${pair + 1} of ${PAIRS}, ${PEOPLE[side]} people`);
    const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS, ...DEVICES] });
    try {
      return await measured(browser, `http://127.0.0.1:${port}`, PEOPLE[side]);
    } finally {
      await browser.close();
    }
  });
  const of = (/** @type {"kbps" | "cores" | "pictures"} */ what) => ({
    ours: slices.ours.map((slice) => slice[what]),
    baseline: slices.baseline.map((slice) => slice[what]),
  });
  const sent = of("kbps");
  return {
    rows: [
      {
        name: "call: sent by one person",
        unit: "kbit/s",
        ...comparePairs(sent),
        goal: `≤ ${LIMIT_KBPS}`,
        holds: median(sent.ours) <= LIMIT_KBPS,
      },
      { name: "call: all pages of it", unit: "processors", ...comparePairs(of("cores")), goal: null, holds: null },
      {
        name: "call: pictures from one other",
        unit: "per second",
        ...comparePairs(of("pictures")),
        goal: null,
        holds: null,
      },
    ],
    notes: ["The call: four people under “ours”, two under “bare”, all of them in one browser on this machine."],
  };
}

async function measured(
  /** @type {import("playwright-core").Browser} */ browser,
  /** @type {string} */ url,
  /** @type {number} */ people,
) {
  const pages = [];
  for (const secret of await secretsOf(url, people)) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await page.addInitScript(keepConnections);
    await page.goto(`${url}/join#${secret}`);
    const door = page.getByRole("button", { name: /^Join the call/ });
    // The host's link leads there at once, those of others by a greeting.
    const way = page.getByRole("button", { name: "Join", exact: true });
    await door.or(way).first().waitFor();
    if (await way.isVisible()) await way.click();
    await door.click();
    await page.getByRole("checkbox", { name: "Microphone", exact: true }).check();
    await page.getByRole("checkbox", { name: "Camera", exact: true }).check();
    await page.getByRole("button", { name: "Join", exact: true }).click();
    pages.push(page);
  }
  const count = () => Promise.all(pages.map((page) => page.evaluate(counted)));
  while ((await count()).some(({ connected }) => connected < people - 1)) await pause(200);
  await pause(SETTLES_MS);
  const wire = await browser.newBrowserCDPSession();
  const [before, usedBefore] = [await count(), await processorSeconds(wire)];
  await pause(MEASURED_MS);
  const [after, usedAfter] = [await count(), await processorSeconds(wire)];
  const seconds = MEASURED_MS / 1_000;
  const rises = (/** @type {"sent" | "pictures"} */ what) =>
    after.reduce((sum, now, index) => sum + now[what] - (before[index]?.[what] ?? 0), 0) / people / seconds;
  return {
    kbps: (rises("sent") * 8) / 1_000,
    cores: (usedAfter - usedBefore) / seconds,
    pictures: rises("pictures") / (people - 1),
  };
}

/** Opens a room and gives secrets for so many of its panel, the host first. */
async function secretsOf(/** @type {string} */ url, /** @type {number} */ people) {
  const others = Array.from({ length: people - 1 }, (_, index) => `Interviewer ${index + 1}`);
  const links = await linksOfNewRoom(url, others);
  return links.flatMap(({ role, name, secret }) => (role === "host" || name ? secret : [])).slice(0, people);
}

/** Runs in the page. */
function keepConnections() {
  const all = [];
  Reflect.set(window, "connections", all);
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(/** @type {RTCConfiguration | undefined} */ configuration) {
      super(configuration);
      all.push(this);
    }
  };
}

/** Runs in the page: what it has sent in bytes, and how many pictures of others it has drawn. */
async function counted() {
  const sum = { connected: 0, sent: 0, pictures: 0 };
  for (const connection of Reflect.get(window, "connections")) {
    if (connection.connectionState === "connected") sum.connected += 1;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === "transport") sum.sent += entry.bytesSent ?? 0;
      if (entry.type === "inbound-rtp") sum.pictures += entry.framesDecoded ?? 0;
    }
  }
  return sum;
}

/** The processor time of all processes of a browser, in seconds. */
async function processorSeconds(/** @type {import("playwright-core").CDPSession} */ wire) {
  const { processInfo } = await wire.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
