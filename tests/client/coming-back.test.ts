import { io } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findWay, followNetwork, RECONNECTING } from "../../client/src/browser/network.ts";
import { Ways } from "../../client/src/browser/ways.ts";
import type { RoomSocket } from "../../client/src/room/store/socket.ts";
import { FakeNetwork, type Speed } from "./fake-network.ts";
import { MemoryStorage } from "./fakes.ts";

/**
 * Back within ten seconds of any change of network, from when a new connection can succeed: in the time of vitest's timers, over a network
 * that is moved by hand, with the library's own socket. A change is tried at many moments, as much depends on what is under way.
 */

const LIMIT_MS = 10_000;
const SPEEDS: readonly (readonly [name: string, speed: Speed])[] = [
  ["fast", { tripMs: 20, openMs: 20, viewMs: 5 }],
  ["slow", { tripMs: 400, openMs: 800, viewMs: 800 }],
];
const WAYS = ["a WebSocket", "long polls"] as const;
/** After how long a line is changed: soon after its first view came, and later, at any point of its pulse. */
const MOMENTS = Array.from({ length: 15 }, (_, index) => 2_000 + index * 610);

/** Luck that is the same in every run. */
function seeded(): () => number {
  let state = 20_261_129;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

beforeEach(() => void vi.useFakeTimers());
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface Page {
  readonly network: FakeNetwork;
  readonly socket: RoomSocket;
  /** Says something of the network as a browser does. */
  readonly say: (event: "online" | "offline" | "focus") => void;
}

/** A page whose room is connected by that way. */
async function open(way: (typeof WAYS)[number], speed: Speed): Promise<Page> {
  const network = new FakeNetwork(speed);
  network.install();
  if (way === "long polls") network.webSockets = "refuse";
  const window = new EventTarget();
  vi.stubGlobal("window", window);
  const ways = new Ways({ storage: new MemoryStorage(), steady: () => performance.now() });
  const socket: RoomSocket = findWay(io("http://127.0.0.1", { ...RECONNECTING, forceNew: true }), ways);
  const stop = followNetwork(socket, { ways });
  closing.push(() => {
    stop();
    socket.disconnect();
    vi.clearAllTimers();
  });
  await until(() => socket.connected);
  return { network, socket, say: (event) => window.dispatchEvent(new Event(event)) };
}

const STEP_MS = 100;
/** Gives how long it took. */
async function until(isSo: () => boolean): Promise<number> {
  for (let ms = 0; ms <= 120_000; ms += STEP_MS) {
    if (isSo()) return ms;
    await vi.advanceTimersByTimeAsync(STEP_MS);
  }
  throw new Error("It never comes back.");
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Change = (page: Page) => unknown;

/** New lines carry nothing for so long, and those that are open never again. */
const stalls =
  (ms: number): Change =>
  async ({ network }) => {
    network.lines = "swallow";
    network.silence();
    await pass(ms);
    network.lines = "pass";
  };

/** Lines are closed, and new ones refused for so long, as where a server is started anew. */
const refuses =
  (ms: number): Change =>
  async ({ network }) => {
    network.lines = "refuse";
    network.cut();
    await pass(ms);
    network.lines = "pass";
  };

/** The browser knows that there is no network for so long; the lines of before are dead. */
const offline =
  (ms: number): Change =>
  async ({ network, say }) => {
    network.lines = "refuse";
    network.silence();
    say("offline");
    await pass(ms);
    network.lines = "pass";
    say("online");
  };

const swallowing =
  (change: Change, webSockets: "swallow" | "swallow later" = "swallow"): Change =>
  (page) => {
    page.network.webSockets = webSockets;
    return change(page);
  };

const silence: Change = ({ network }) => network.silence();

/** What can happen; done when a new connection can succeed. */
const CHANGES: readonly (readonly [name: string, change: Change])[] = [
  ["another network, of which nobody says anything", silence],
  ["a line that carries nothing up", ({ network }) => network.silence("up")],
  ["a line that carries nothing down", ({ network }) => network.silence("down")],
  [
    "another network, of which the browser says that it is there",
    ({ network, say }) => {
      network.silence();
      say("online");
    },
  ],
  [
    "a computer that slept",
    ({ network }) => {
      network.silence();
      vi.setSystemTime(Date.now() + 3_600_000);
    },
  ],
  ["a proxy that begins to swallow WebSockets", swallowing(silence)],
  ["a proxy that begins to swallow them after some frames", swallowing(silence, "swallow later")],
  ...[500, 3_000, 6_000, 9_000, 20_000, 61_000].flatMap((ms) => [
    [`everything stalls for ${ms} ms`, stalls(ms)] as const,
    [`everything stalls for ${ms} ms, and WebSockets longer`, swallowing(stalls(ms))] as const,
  ]),
  ...[200, 2_000, 9_000, 45_000].flatMap((ms) => [
    [`a server that starts anew in ${ms} ms`, refuses(ms)] as const,
    [`a server that starts anew in ${ms} ms behind a proxy that swallows WebSockets`, swallowing(refuses(ms))] as const,
    [`a wire that is put back after ${ms} ms`, offline(ms)] as const,
    [`a wire that is put back after ${ms} ms, to a proxy that swallows WebSockets`, swallowing(offline(ms))] as const,
    [
      `a wire that is put back after ${ms} ms, to a proxy that swallows them later`,
      swallowing(offline(ms), "swallow later"),
    ] as const,
  ]),
];

describe.each(SPEEDS)("on a %s line", (_speed, speed) => {
  describe.each(WAYS)("by %s", (way) => {
    it.each(CHANGES)("within ten seconds: %s", async (_kind, change) => {
      const took: number[] = [];
      vi.spyOn(Math, "random").mockImplementation(seeded());
      for (const [index, moment] of MOMENTS.entries()) {
        const page = await open(way, speed);
        const { network, socket } = page;
        await pass(moment);
        if (index % 2 === 1) network.keepLines();
        const { taken } = network;
        await change(page);
        took.push(await until(() => socket.connected && network.taken > taken));
        for (const close of closing.splice(0)) close();
      }
      expect(Math.max(...took)).toBeLessThanOrEqual(LIMIT_MS);
    });
  });
});

describe("a server that is away", () => {
  /** When a page tries again, by its luck from 0 to 1, in milliseconds from when its line was cut. */
  async function triesOf(luck: number, withinMs: number): Promise<readonly number[]> {
    vi.spyOn(Math, "random").mockReturnValue(luck);
    const { network, socket } = await open("a WebSocket", { tripMs: 20, openMs: 20, viewMs: 5 });
    await pass(9_000);
    const from = Date.now();
    const tries: number[] = [];
    socket.io.on("reconnect_attempt", () => tries.push(Date.now() - from));
    network.lines = "refuse";
    network.cut();
    await pass(withinMs);
    for (const close of closing.splice(0)) close();
    return tries;
  }

  it("is tried ever more seldom, and not less than every two seconds", async () => {
    const tries = await triesOf(0.5, 60_000);
    const pauses = tries.map((at, index) => at - (tries[index - 1] ?? 0));
    expect(pauses.slice(0, 3).every((ms, index) => index === 0 || ms > (pauses[index - 1] ?? 0))).toBe(true);
    expect(Math.min(...pauses.slice(5))).toBeGreaterThanOrEqual(2_000);
    expect(tries.length).toBeLessThanOrEqual(32);
  });

  it("is not tried by all in one instant", async () => {
    const firsts = [];
    for (const luck of [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) firsts.push((await triesOf(luck, 3_000))[0]);
    expect(new Set(firsts).size).toBeGreaterThanOrEqual(6);
  });

  it("is asked for by few requests where it answers nothing", async () => {
    const { network } = await open("a WebSocket", { tripMs: 20, openMs: 20, viewMs: 5 });
    await pass(9_000);
    network.lines = "swallow";
    network.silence();
    await pass(20_000);
    const { opened } = network;
    await pass(60_000);
    expect(network.opened - opened).toBeLessThanOrEqual(80);
  });
});
