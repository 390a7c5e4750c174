import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { gone, launchBrowser, Person, type PersonOptions, shown } from "./browser.ts";

/** People in a room's call, with cameras and microphones that the browser makes up: a moving picture, and a sound once a second. */

export const launchWithDevices = (): Promise<Browser> =>
  launchBrowser([
    // Few pictures a second, as people of a whole panel are on one machine here.
    "--use-fake-device-for-media-stream=fps=5",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    // Servers of tests listen on this machine alone, and so do relays.
    "--allow-loopback-in-peer-connection",
  ]);

interface CallerOptions extends PersonOptions {
  /** Whether their network lets them reach others over a relay alone. */
  readonly overRelay?: boolean;
  /** Whether their camera gives small pictures, so that one machine can be many people. */
  readonly isSmall?: boolean;
}

export async function arriveToCall(
  browser: Browser,
  name: string,
  { overRelay = false, isSmall = false, ...options }: CallerOptions = {},
): Promise<Person> {
  const person = await Person.arrive(browser, name, options);
  if (isSmall) {
    await person.context.addInitScript(() => {
      const { mediaDevices } = navigator;
      const native = mediaDevices.getUserMedia.bind(mediaDevices);
      const video = { width: { exact: 160 }, height: { exact: 120 }, frameRate: { max: 8 } };
      mediaDevices.getUserMedia = (asked) => native({ ...asked, ...(asked?.video && { video }) });
    });
  }
  await person.context.grantPermissions(["camera", "microphone", "clipboard-read", "clipboard-write"]);
  await person.context.addInitScript((isRelayed) => {
    const all: RTCPeerConnection[] = [];
    Object.assign(window, { connections: all });
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, ...(isRelayed && { iceTransportPolicy: "relay" }) });
        all.push(this);
      }

      override setConfiguration(configuration?: RTCConfiguration) {
        super.setConfiguration({ ...configuration, ...(isRelayed && { iceTransportPolicy: "relay" }) });
      }
    };
    // Nobody is there to choose a screen: what is shared is a picture that changes.
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement("canvas");
      const paint = canvas.getContext("2d");
      let count = 0;
      const timer = setInterval(() => {
        count += 1;
        if (paint) paint.fillStyle = `hsl(${count} 80% 50%)`;
        paint?.fillRect(0, 0, canvas.width, canvas.height);
      }, 50);
      const stream = canvas.captureStream(20);
      stream.getVideoTracks()[0]?.addEventListener("ended", () => clearInterval(timer));
      return stream;
    };
  }, overRelay);
  return person;
}

/** Closes all pages, as whoever is in a call goes on with it as long as theirs is open, and takes the time of whoever comes next. */
export async function everybodyLeaves(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) await context.close();
}

/** Joins the call with microphone and camera on. */
export async function joinCall({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: /^Join the call/ }).click();
  await page.getByRole("checkbox", { name: "Microphone", exact: true }).check();
  await page.getByRole("checkbox", { name: "Camera", exact: true }).check();
  await shown(page.getByRole("region", { name: "Call" }).getByLabel("Your own picture"));
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await shown(page.getByRole("button", { name: "Leave the call" }));
}

/** How many connections to others a page has made since it was opened. */
export const connectionsMade = ({ page }: Person): Promise<number> =>
  page.evaluate(() => (window as unknown as { connections: unknown[] }).connections.length);

/** What came from all others together, since each connection began. */
interface Came {
  readonly bytes: number;
  readonly frames: number;
  readonly audioBytes: number;
  /** The sum of the energy of all sound, which rises while any is heard. */
  readonly energy: number;
  readonly connected: number;
}

const came = (page: Page): Promise<Came> =>
  page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const open = connections.filter(({ connectionState }) => connectionState === "connected");
    const sum = { bytes: 0, frames: 0, audioBytes: 0, energy: 0, connected: open.length };
    for (const connection of open) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== "inbound-rtp") continue;
        sum.bytes += entry.bytesReceived ?? 0;
        sum.frames += entry.framesDecoded ?? 0;
        sum.energy += entry.totalAudioEnergy ?? 0;
        if (entry.kind === "audio") sum.audioBytes += entry.bytesReceived ?? 0;
      }
    }
    return sum;
  });

/** Waits until what came meets a condition. */
async function untilCame(page: Page, meets: (came: Came) => boolean): Promise<Came> {
  for (const began = performance.now(); ; ) {
    const now = await came(page);
    if (meets(now)) return now;
    if (performance.now() - began > 60_000) throw new Error(`It never came to that: ${JSON.stringify(now)}`);
    // Asking costs as much as a picture: pages that are asked all the time have no time for the call.
    await pause(250);
  }
}

/** Waits until sound and pictures of so many others flow now. */
export async function untilFlows(page: Page, others: number): Promise<void> {
  const before = await untilCame(page, ({ connected }) => connected === others);
  await untilCame(
    page,
    ({ connected, bytes, frames, energy }) =>
      connected === others && bytes > before.bytes && frames >= before.frames + 5 * others && energy > before.energy,
  );
}

/** Waits until sound and pictures of each of so many others flow now, each by a connection of its own, and of nobody else. */
export async function untilEachFlows(page: Page, others: number): Promise<void> {
  await page.evaluate(() => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const came = async () => {
      const all = new Map<RTCPeerConnection, { bytes: number; frames: number; energy: number }>();
      for (const connection of connections) {
        if (connection.connectionState !== "connected") continue;
        const sum = { bytes: 0, frames: 0, energy: 0 };
        for (const entry of (await connection.getStats()).values()) {
          if (entry.type !== "inbound-rtp") continue;
          sum.bytes += entry.bytesReceived ?? 0;
          sum.frames += entry.framesDecoded ?? 0;
          sum.energy += entry.totalAudioEnergy ?? 0;
        }
        if (sum.bytes > 0) all.set(connection, sum);
      }
      return all;
    };
    const before = came();
    const flows = async (): Promise<number | null> => {
      const [then, now] = [await before, await came()];
      const flowing = [...now].filter(([connection, { bytes, frames, energy }]) => {
        const of = then.get(connection) ?? { bytes: 0, frames: 0, energy: 0 };
        return bytes > of.bytes && frames > of.frames && energy > of.energy;
      });
      return flowing.length === now.size ? now.size : null;
    };
    Object.assign(window, { flows });
  });
  await page.waitForFunction(
    async (wanted) => (await (window as unknown as { flows: () => Promise<number | null> }).flows()) === wanted,
    others,
    // What is counted of six people six times in each frame would leave them no time to speak.
    { polling: 250, timeout: 60_000 },
  );
}

/** Waits until pictures go on while no sound is heard any more: what was on its way may come yet. */
export async function untilSilent(page: Page): Promise<void> {
  let before = await came(page);
  await untilCame(page, (now) => {
    if (now.frames < before.frames + 20) return false;
    const isSilent = now.energy === before.energy && now.audioBytes === before.audioBytes;
    before = now;
    return isSilent;
  });
}

/** Waits until nothing of somebody's stands in the call. */
export const untilGone = ({ page }: Person, { name }: Person): Promise<void> =>
  gone(page.getByRole("list", { name: "Who is in the call" }).getByText(name, { exact: true }));

/** By which kinds of ways a page's connections to others go just now. */
export const waysOf = ({ page }: Person): Promise<string[]> =>
  page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const ways: string[] = [];
    for (const connection of connections) {
      const stats = [...(await connection.getStats()).values()];
      const pair = stats.find(
        (entry) => entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded",
      );
      const local = stats.find(({ id }) => id === pair?.localCandidateId);
      if (local) ways.push(local.candidateType);
    }
    return ways;
  });
