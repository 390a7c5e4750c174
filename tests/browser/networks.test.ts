import type { Page } from "playwright-core";
import { afterAll, describe as describeOf, expect, it, type TestContext } from "vitest";
import { launchBrowser, openRoom, Person, type PersonOptions, shown, startSite } from "../support/browser.ts";
import { type Manners, Middleman } from "../support/middleman.ts";

/**
 * Pages behind the proxies, the changes of network and the clocks that people really have. What they wait for is mostly that a line is
 * given up, so several sit behind theirs at a time.
 */
const describe = describeOf.concurrent;

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** How long a page may take, in milliseconds, where lines have to be given up one after the other; it only bounds a failure. */
const PATIENCE_MS = 60_000;
const QUESTION = "A bank wants to predict";
const SAVED = "Everything you write is saved";
const sheet = (page: Page) => page.getByRole("textbox");
const asks = (page: Page) => shown(page.getByText(QUESTION).first());

interface Sitting {
  readonly host: Person;
  readonly candidate: Person;
  readonly middleman: Middleman;
}

/** A live interview whose candidate sits behind such a network; the host asks once the candidate is in. */
async function interview(
  { onTestFinished }: TestContext,
  manners: Manners = {},
  options: PersonOptions = {},
): Promise<Sitting> {
  const { secrets } = await openRoom(site);
  const middleman = await Middleman.before(site.url, manners, onTestFinished);
  const host = await Person.arrive(browser, "Jonas Dahl");
  const candidate = await Person.arrive(browser, "Maya Lindqvist", options);
  onTestFinished(async () => {
    await host.leave();
    await candidate.leave();
  });
  for (const { page } of [host, candidate]) page.context().setDefaultTimeout(PATIENCE_MS);
  await host.enterAsHost(site, secrets.host);
  await candidate.join({ url: middleman.url, close: async () => {} }, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await asks(candidate.page);
  return { host, candidate, middleman };
}

async function writes({ host, candidate }: Sitting, text: string): Promise<void> {
  await sheet(candidate.page).fill(text);
  await shown(host.page.getByTestId("answer").getByText(text));
  await shown(candidate.page.getByText(SAVED));
}

describe("a proxy", () => {
  it.for<[string, Manners]>([
    ["swallows what goes through WebSockets", { webSockets: { swallow: "both" } }],
    ["swallows what goes up them", { webSockets: { swallow: "up" } }],
    ["swallows what comes down them after some frames", { webSockets: { swallow: "down", afterBytes: 600 } }],
    ["refuses them and cuts what idles", { webSockets: "refuse", cutsIdleMs: 6_000 }],
    ["lets them be and cuts what idles", { cutsIdleMs: 6_000 }],
  ])("that %s: the candidate sees the question and answers it, also after a reload", async ([, manners], context) => {
    const sitting = await interview(context, manners);
    const { candidate } = sitting;
    await writes(sitting, "20 × 64 weights");
    await candidate.page.reload();
    await asks(candidate.page);
    await writes(sitting, "20 × 64 weights and 64 biases");
    expect(candidate.faults).toEqual([]);
  });

  it("that swallowed a WebSocket is not asked for one first after a reload, and is given up once one works", async (context) => {
    const sitting = await interview(context, { webSockets: { swallow: "both" } });
    const { candidate, middleman } = sitting;
    const ways = async () => {
      const from = candidate.requested.length;
      await candidate.page.reload();
      await asks(candidate.page);
      const sockets = candidate.requested.slice(from).filter((url) => url.includes("/socket.io/"));
      return new URL(sockets[0] ?? "").searchParams.get("transport");
    };
    expect(await ways()).toBe("polling");
    middleman.manners = {};
    const upgraded = candidate.page.waitForEvent("websocket");
    expect(await ways()).toBe("polling");
    const socket = await upgraded;
    // The page's next question goes by the WebSocket, and its answer comes by it.
    await socket.waitForEvent("framereceived", ({ payload }) => /^43\d/.test(String(payload)));
    await candidate.page.waitForFunction(() => sessionStorage.getItem("whetstone.way") === null);
    expect(await ways()).toBe("websocket");
  });
});

describe("long polls that stood in for a WebSocket", () => {
  it.for<[string, Manners]>([
    ["swallowed", { webSockets: { swallow: "both" } }],
    ["refused", { webSockets: "refuse" }],
  ])(
    "become one in the same connection once the proxy lets it through that %s it, and no key is lost",
    async ([, manners], context) => {
      const sitting = await interview(context, manners);
      const { host, candidate, middleman } = sitting;
      await writes(sitting, "by long polls");
      middleman.manners = {};
      const from = candidate.requested.length;
      const upgraded = candidate.page.waitForEvent("websocket", { timeout: 40_000 });
      const words = Array.from({ length: 400 }, (_, index) => `word${index}`);
      let written = "by long polls";
      let isUp = false;
      void upgraded
        .then((socket) => socket.waitForEvent("framereceived", ({ payload }) => /^43\d/.test(String(payload))))
        .catch(() => {})
        .finally(() => {
          isUp = true;
        });
      await sheet(candidate.page).press("ControlOrMeta+End");
      for (const word of words) {
        await sheet(candidate.page).pressSequentially(` ${word}`, { delay: 20 });
        written += ` ${word}`;
        if (isUp) break;
      }
      await upgraded;
      await shown(host.page.getByTestId("answer").getByText(written));
      await shown(candidate.page.getByText(SAVED));
      await candidate.page.waitForFunction(() => sessionStorage.getItem("whetstone.way") === null);
      const sids = candidate.requested.slice(from).flatMap((url) => new URL(url).searchParams.get("sid") ?? []);
      expect(new Set(sids).size).toBe(1);
    },
  );
});

describe("another network in the middle of an interview", () => {
  it.for<[string, Manners]>([
    ["by a WebSocket", {}],
    ["by long polls", { webSockets: "refuse" }],
  ])("of which the browser says nothing is found out, and what was typed arrives: %s", async ([, manners], context) => {
    const sitting = await interview(context, manners);
    const { host, candidate, middleman } = sitting;
    await writes(sitting, "before");
    middleman.changeNetwork();
    await sheet(candidate.page).fill("typed into the void");
    await shown(host.page.getByTestId("answer").getByText("typed into the void"));
    await shown(candidate.page.getByText(SAVED));
    await writes(sitting, "after");
    expect(await candidate.page.getByText("Your seat is open somewhere else").count()).toBe(0);
    await shown(host.page.getByText("Maya Lindqvist sees this"));
  });

  const BY = { "a WebSocket": {}, "long polls": { webSockets: "refuse" } } as const satisfies Record<string, Manners>;
  const isAway = ({ page }: Person) => shown(page.getByText("Not connected"));
  const KINDS: Readonly<Record<string, (sitting: Sitting, manners: Manners) => Promise<void> | void>> = {
    "a line that carries nothing up": ({ middleman }) => void middleman.swallow("up"),
    "a line that carries nothing down": ({ middleman }) => void middleman.swallow("down"),
    "a proxy that begins to swallow what goes through WebSockets": ({ middleman }) => {
      middleman.manners = { webSockets: { swallow: "both" } };
      middleman.changeNetwork();
    },
    "a proxy that stalls everything for a while": async ({ candidate, middleman }, manners) => {
      middleman.manners = { ...manners, opens: "hang" };
      middleman.changeNetwork();
      await isAway(candidate);
      middleman.manners = manners;
    },
    "a proxy that closes everything for a while": async ({ candidate, middleman }, manners) => {
      middleman.manners = { ...manners, opens: "refuse" };
      middleman.cut();
      await isAway(candidate);
      middleman.manners = manners;
    },
    "a wire that is pulled and put back into another socket": async ({ candidate, middleman }) => {
      await candidate.context.setOffline(true);
      await isAway(candidate);
      if (middleman.isOpen) middleman.changeNetwork();
      await candidate.context.setOffline(false);
    },
    "another network while the line is slow": async ({ candidate, middleman }) => {
      const wire = await candidate.context.newCDPSession(candidate.page);
      await wire.send("Network.enable");
      const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
      await wire.send("Network.emulateNetworkConditions", slow);
      middleman.changeNetwork();
    },
  };
  const both = Object.keys(KINDS).flatMap((kind) => Object.keys(BY).map((way) => [kind, way] as const));

  it.for(both)("does not end it: %s, by %s", async ([kind, way], context) => {
    const manners = BY[way as keyof typeof BY];
    const sitting = await interview(context, manners);
    const { candidate } = sitting;
    await writes(sitting, "before");
    await KINDS[kind]?.(sitting, manners);
    await writes(sitting, "typed while it was away");
    await writes(sitting, "after");
    expect(candidate.faults).toEqual([]);
    expect(await candidate.page.getByText("Your seat is open somewhere else").count()).toBe(0);
  });

  it("brings the host back as well", async (context) => {
    const { secrets } = await openRoom(site);
    const middleman = await Middleman.before(site.url, {}, context.onTestFinished);
    const host = await Person.arrive(browser, "Jonas Dahl");
    context.onTestFinished(() => host.leave());
    const candidate = await Person.arrive(browser, "Maya Lindqvist");
    context.onTestFinished(() => candidate.leave());
    await host.enterAsHost({ url: middleman.url, close: async () => {} }, secrets.host);
    await shown(host.page.getByText("Maya Lindqvist").first());
    middleman.changeNetwork();
    await candidate.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    expect(await host.page.getByText("Your seat is open somewhere else").count()).toBe(0);
  });
});

describe("a clock that is set", () => {
  const HOUR = 3_600_000;
  const MINUTES = /^4[45] minutes left$/;

  /** Sets the clock of the person's computer. */
  const setClock = ({ page }: Person, by: number) =>
    page.evaluate((ms) => {
      const trueNow = Date.now;
      Date.now = () => trueNow() + ms;
    }, by);

  it.for([HOUR, -HOUR])(
    "by %d ms keeps back nothing that was typed offline, and changes no minute",
    async (by, context) => {
      const sitting = await interview(context);
      const { host, candidate } = sitting;
      await writes(sitting, "before");
      const timer = candidate.page.getByRole("timer");
      await shown(timer.getByText(MINUTES));
      await candidate.context.setOffline(true);
      await shown(candidate.page.getByText("Not connected"));
      await sheet(candidate.page).fill("typed before the clock was set");
      await setClock(candidate, by);
      await sheet(candidate.page).fill("typed before and after the clock was set");
      await shown(timer.getByText(MINUTES));
      await candidate.context.setOffline(false);
      await shown(host.page.getByTestId("answer").getByText("typed before and after the clock was set"));
      await shown(candidate.page.getByText(SAVED));
      await shown(timer.getByText(MINUTES));
      await candidate.shot(`clock-set-${by > 0 ? "forward" : "back"}`);
    },
  );

  it("between two pages of a seat leaves what the first one kept to be sent at once", async (context) => {
    const sitting = await interview(context);
    const { host, candidate } = sitting;
    await candidate.context.setOffline(true);
    await shown(candidate.page.getByText("Not connected"));
    await sheet(candidate.page).fill("kept by the first page");
    await candidate.context.addInitScript((ahead) => {
      const trueNow = Date.now;
      Date.now = () => trueNow() + ahead;
      const { timeOrigin } = performance;
      Object.defineProperty(performance, "timeOrigin", { get: () => timeOrigin + ahead });
    }, -HOUR);
    await candidate.context.setOffline(false);
    await candidate.page.reload();
    await shown(host.page.getByTestId("answer").getByText("kept by the first page"));
    await shown(candidate.page.getByText(SAVED));
    await shown(candidate.page.getByRole("timer").getByText(MINUTES));
  });

  it("makes the page learn the server's time anew, as the other clock may have stood still while the computer slept", async (context) => {
    const { candidate, middleman } = await interview(context);
    const timer = candidate.page.getByRole("timer");
    await shown(timer.getByText(MINUTES));
    // So long that what is shown meanwhile can be seen.
    middleman.manners = { holdsMs: 1_500 };
    await candidate.page.evaluate((slept) => {
      const trueNow = performance.now.bind(performance);
      performance.now = () => trueNow() - slept;
    }, HOUR);
    await shown(timer.getByText(/^10[45] minutes left$/));
    await shown(timer.getByText(MINUTES));
  });
});
