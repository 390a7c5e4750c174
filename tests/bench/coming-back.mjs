import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, findBrowser } from "../support/find-browser.mjs";
import { comparePairs } from "./stats.mjs";
import { candidateLink } from "./way-in.mjs";

const TRIES = 3;
/** What Chromium's own tools call slow 3G. */
const SLOW = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const FAST = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const LIMIT_MS = 10_000;
/** How long the network is away where it goes away and comes back, and how long it stands in between. */
const AWAY_MS = 7_000;
const STANDS_MS = 6_000;
const WITHIN_MS = 90_000;

/**
 * What happens to the network in the middle of an interview; done as soon as a new connection can succeed.
 * @type {readonly { name: string, happens: (network: Network, setOffline: (isOffline: boolean) => Promise<unknown>) => unknown, isOfWebSockets?: boolean }[]}
 */
const CHANGES = [
  { name: "another network, silently", happens: (network) => network.silence() },
  {
    name: "WebSockets are swallowed",
    isOfWebSockets: true,
    happens: (network) => {
      network.webSockets = "swallow";
      network.silence();
    },
  },
  {
    name: "everything stalls a while",
    happens: async (network) => {
      network.passes = "stall";
      network.silence();
      await pause(AWAY_MS);
      network.passes = "pass";
    },
  },
  {
    name: "refused a while",
    happens: async (network) => {
      network.passes = "refuse";
      network.cut();
      await pause(AWAY_MS);
      network.passes = "pass";
    },
  },
  {
    name: "no network a while",
    happens: async (_network, setOffline) => {
      await setOffline(true);
      await pause(AWAY_MS);
      await setOffline(false);
    },
  },
];

/**
 * How long a candidate's room takes to be connected again once a new connection can succeed: on a slow line (ours) and on this machine's
 * own (baseline), by a WebSocket and where those are refused. What counts is the slowest try.
 * @param {import("./run.mjs").BenchOptions} options
 * @returns {Promise<import("./run.mjs").BenchResult>}
 */
export async function comingBack({ bed, progress }) {
  const executablePath = findBrowser();
  if (executablePath === null) return { rows: [], notes: ["Coming back was not measured, as there is no Chromium."] };
  const { port } = await bed.startServer({ profile: false });
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  try {
    // Nothing is measured here that this machine's work would change, so that whatever can be waited for at once is.
    const rows = await Promise.all(
      /** @type {const} */ (["WebSocket", "long polls"]).map((way) => waits(browser, port, way, progress)),
    );
    return {
      rows: rows.flat(),
      notes: [
        "Coming back: slow 3G under “ours”, this machine's own network under “bare”; the slowest tries in the goal.",
      ],
    };
  } finally {
    await browser.close();
  }
}

async function waits(
  /** @type {import("playwright-core").Browser} */ browser,
  /** @type {number} */ port,
  /** @type {"WebSocket" | "long polls"} */ way,
  /** @type {(doing: string) => void} */ progress,
) {
  const [slow, fast] = [await Sitting.open(browser, port, way, true), await Sitting.open(browser, port, way, false)];
  /** @type {import("./run.mjs").Row[]} */
  const rows = [];
  for (const change of CHANGES.filter(({ isOfWebSockets }) => !isOfWebSockets || way === "WebSocket")) {
    /** @type {{ ours: number[], baseline: number[] }} */
    const ms = { ours: [], baseline: [] };
    for (let times = 1; times <= TRIES; times++) {
      progress(`coming back: ${way}, ${change.name}, ${times} of ${TRIES}`);
      const [ours, baseline] = await Promise.all([slow.comesBack(change), fast.comesBack(change)]);
      ms.ours.push(ours);
      ms.baseline.push(baseline);
    }
    const slowest = [ms.ours, ms.baseline].map((tries) => Math.round(Math.max(...tries)));
    rows.push({
      name: `back by ${way}: ${change.name}`,
      unit: "ms",
      ...comparePairs(ms),
      goal: `≤ ${LIMIT_MS}, slowest ${slowest.join(" and ")}`,
      holds: slowest.every((tried) => tried <= LIMIT_MS),
    });
  }
  await Promise.all([slow, fast].map((sitting) => sitting.close()));
  return rows;
}

/** Notes in the page when the server takes a socket of it, by whichever way. */
function noteConnections() {
  /** @type {number[]} */
  const connectedAt = [];
  Reflect.set(window, "connectedAt", connectedAt);
  const note = (/** @type {unknown} */ text) => {
    if (typeof text !== "string") return;
    // Several packets come in one poll.
    if (text.split("\x1e").some((packet) => packet.startsWith("40{"))) connectedAt.push(Date.now());
  };
  window.WebSocket = class extends WebSocket {
    constructor(/** @type {[url: string | URL, protocols?: string | string[]]} */ ...how) {
      super(...how);
      this.addEventListener("message", ({ data }) => note(data));
    }
  };
  window.XMLHttpRequest = class extends XMLHttpRequest {
    constructor() {
      super();
      this.addEventListener("load", () => note(this.responseText));
    }
  };
}

/** A candidate in a room of their own, behind a network of their own. */
class Sitting {
  /**
   * @param {Network} network
   * @param {import("playwright-core").Page} page
   * @param {boolean} isSlow
   */
  constructor(network, page, isSlow) {
    this.network = network;
    this.page = page;
    this.isSlow = isSlow;
  }

  static async open(
    /** @type {import("playwright-core").Browser} */ browser,
    /** @type {number} */ port,
    /** @type {"WebSocket" | "long polls"} */ way,
    /** @type {boolean} */ isSlow,
  ) {
    const network = await Network.before(port);
    network.webSockets = way === "WebSocket" ? "pass" : "refuse";
    const secret = await candidateLink(`http://127.0.0.1:${port}`);
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript(noteConnections);
    await page.goto(`${network.url}/join#${secret}`);
    await page.getByLabel("Your name").fill("Maya Lindqvist");
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByText("You are here as").first().waitFor();
    return new Sitting(network, page, isSlow);
  }

  /** Gives the milliseconds. */
  async comesBack(/** @type {typeof CHANGES[number]} */ { happens }) {
    const { page, network, isSlow } = this;
    const ofWebSockets = network.webSockets;
    const wire = await page.context().newCDPSession(page);
    await wire.send("Network.enable");
    const setOffline = (/** @type {boolean} */ offline) =>
      wire.send("Network.emulateNetworkConditions", { ...(isSlow ? SLOW : FAST), offline });
    await setOffline(false);
    // Somewhere between two questions of the page whether the line still stands.
    await pause(STANDS_MS + Math.random() * 4_000);
    await happens(network, setOffline);
    const from = Date.now();
    const back = page.waitForFunction(
      (after) => Reflect.get(window, "connectedAt").find((/** @type {number} */ at) => at >= after),
      from,
      { timeout: WITHIN_MS, polling: 50 },
    );
    const ms = await back.then(
      async (at) => Number(await at.jsonValue()) - from,
      // It is not known how much longer it would have taken.
      () => WITHIN_MS,
    );
    network.webSockets = ofWebSockets;
    await wire.detach();
    // It begins again by the way that it took at first.
    await page.evaluate(() => sessionStorage.removeItem("whetstone.way"));
    await page.reload();
    await page.getByText("You are here as").first().waitFor();
    return ms;
  }

  async close() {
    await this.page.context().close();
    this.network.close();
  }
}

/** Passes connections on, until something happens to them. */
class Network {
  /** @type {"pass" | "stall" | "refuse"} what becomes of new connections */
  passes = "pass";
  /** @type {"pass" | "refuse" | "swallow"} */
  webSockets = "pass";
  /** @type {Set<{ near: import("node:net").Socket, far: import("node:net").Socket | null, isSilent: boolean }>} */
  #lines = new Set();
  #server = createServer((near) => this.#join(near));
  #port;

  constructor(/** @type {number} */ port) {
    this.#port = port;
  }

  static async before(/** @type {number} */ port) {
    const network = new Network(port);
    await once(network.#server.listen(0, "127.0.0.1"), "listening");
    return network;
  }

  get url() {
    return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (this.#server.address()).port}`;
  }

  /** The lines that are open carry nothing any more, and nobody is told. */
  silence() {
    for (const line of this.#lines) line.isSilent = true;
  }

  /** The lines that are open are closed. */
  cut() {
    for (const { near, far } of this.#lines) for (const end of [near, far]) end?.destroy();
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #join(/** @type {import("node:net").Socket} */ near) {
    near.on("error", () => {});
    if (this.passes === "refuse") return near.destroy();
    const isStalled = this.passes === "stall";
    const far = isStalled ? null : connect(this.#port, "127.0.0.1");
    const line = { near, far, isSilent: isStalled };
    this.#lines.add(line);
    const over = () => {
      this.#lines.delete(line);
      if (!line.isSilent) for (const end of [near, far]) end?.destroy();
    };
    near.on("close", over);
    far?.on("error", () => {});
    far?.on("close", over);
    near.on("data", (chunk) => {
      const isWebSocket = /^GET [^\r]*\r\n(?:[^\r]+\r\n)*Upgrade: websocket\r\n/i.test(chunk.toString("latin1"));
      if (isWebSocket && this.webSockets === "refuse") {
        near.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      if (!line.isSilent) far?.write(chunk);
      if (isWebSocket && this.webSockets === "swallow") {
        // It is opened, and nothing more comes.
        far?.once("data", () => {
          line.isSilent = true;
        });
      }
    });
    far?.on("data", (chunk) => {
      if (line.isSilent) return;
      const head = this.webSockets === "swallow" && chunk.toString("latin1").startsWith("HTTP/1.1 101");
      near.write(head ? chunk.subarray(0, chunk.indexOf("\r\n\r\n") + 4) : chunk);
    });
  }
}
