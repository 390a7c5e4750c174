import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gone, openRoom, type Person, type Site, shown, startSite } from "../support/browser.ts";
import {
  arriveToCall,
  connectionsMade,
  everybodyLeaves,
  joinCall,
  launchWithDevices,
  untilEachFlows,
  untilGone,
} from "../support/callers.ts";
import { JanusProcess } from "../support/janus.ts";

/** A room's call of six real browsers through a real Janus. */

let janus: JanusProcess;
let browser: Awaited<ReturnType<typeof launchWithDevices>>;
const sites: Site[] = [];

beforeAll(async () => {
  [janus, browser] = [await JanusProcess.start(), await launchWithDevices()];
});
afterEach(() => everybodyLeaves(browser));
afterAll(async () => {
  await browser.close();
  for (const site of sites) await site.close();
  await janus.close();
});

const small = { isSmall: true, viewport: { width: 1000, height: 600 } };

/** A live room on a server whose calls go through Janus from so many people on. */
async function panel(from: number) {
  const site = await startSite({ media: { ...janus.options, from } });
  sites.push(site);
  const room = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl", { isSmall: true });
  const candidate = await arriveToCall(browser, "Maya Lindqvist", small);
  await host.enterAsHost(site, room.secrets.host);
  await candidate.join(site, room.secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(candidate.page.getByRole("button", { name: "Join the call" }));
  return { site, room, host, candidate };
}

test("six hear and see each other through a media server; one leaves, one is removed, and one comes back", async () => {
  const { site, room, host, candidate } = await panel(5);
  const others: Person[] = [];
  for (const name of ["Ines Interviewer", "Ivan Interviewer", "Iris Interviewer", "Igor Interviewer"]) {
    const person = await arriveToCall(browser, name, small);
    await person.join(site, room.secrets.interviewer);
    await host.page.getByRole("button", { name: /^People/ }).click();
    await host.letIn(person);
    await host.page.keyboard.press("Escape");
    others.push(person);
  }
  const [ines, ivan, iris, igor] = others;
  if (!ines || !ivan || !iris || !igor) throw new Error("Nobody came.");

  // Four are connected directly; with the fifth they all go over to the media server by themselves.
  for (const person of [host, candidate, ines, ivan]) await joinCall(person);
  await untilEachFlows(host.page, 3);
  await joinCall(iris);
  await joinCall(igor);
  const six = [host, candidate, ines, ivan, iris, igor];
  for (const { page } of six) await untilEachFlows(page, 5);
  for (const person of six) await expect.poll(() => openOf(person)).toEqual({ sending: 1, receiving: 5 });
  await host.shots("call-six-host");
  await candidate.shot("call-six-candidate");

  await igor.page.getByRole("button", { name: "Leave the call" }).click();
  for (const person of [host, candidate, ines, ivan, iris]) await untilGone(person, igor);
  for (const { page } of [host, candidate]) await untilEachFlows(page, 4);

  // Even a page that keeps what it has receives nothing more, and nothing more of it comes to the others.
  await ivan.page.evaluate(keepConnections);
  await host.page.getByRole("button", { name: /^People/ }).click();
  // Once to remove, and once to be sure.
  for (let press = 0; press < 2; press += 1) {
    await host.page.getByRole("button", { name: "Remove Ivan Interviewer" }).click();
  }
  await host.page.keyboard.press("Escape");
  await shown(ivan.page.getByText("This seat is closed"));
  for (const person of [host, candidate, ines, iris]) await untilGone(person, ivan);
  await untilCutOff(ivan);
  for (const { page } of [host, candidate]) await untilEachFlows(page, 3);

  await joinCall(igor);
  for (const { page } of [host, candidate, igor]) await untilEachFlows(page, 4);
  for (const { faults } of six) expect(faults).toEqual([]);
});

test("an observer whom the candidate does not see hears them through it; a screen is shown; it may break and come back", async () => {
  const { site, room, host, candidate } = await panel(1);
  await joinCall(host);
  await joinCall(candidate);
  for (const { page } of [host, candidate]) await untilEachFlows(page, 1);
  await expect.poll(() => openOf(candidate)).toEqual({ sending: 1, receiving: 1 });

  const observer = await arriveToCall(browser, "Olga Observer", small);
  await observer.join(site, room.secrets.observer);
  await observer.page.getByRole("button", { name: /^Join the call/ }).click();
  await shown(observer.page.getByText("The candidate is not told that you are there."));
  await observer.shots("call-observer-setup");
  const before = candidate.received.length;
  await observer.page.getByRole("button", { name: "Join and listen" }).click();
  await untilEachFlows(observer.page, 2);
  await shown(tile(observer, candidate));
  await shown(tile(host, observer));
  await gone(tile(candidate, observer));
  await expect.poll(() => openOf(observer)).toEqual({ sending: 0, receiving: 2 });
  await expect.poll(() => openOf(candidate)).toEqual({ sending: 1, receiving: 1 });
  expect(candidate.received.slice(before).filter((frame) => frame.includes("call"))).toEqual([]);

  // A screen takes its place without anything being made anew.
  await host.page.getByRole("button", { name: "Share screen" }).click();
  for (const person of [candidate, observer]) await untilPictured(person, "Screen of Jonas Dahl");
  await host.page.getByRole("button", { name: "Share screen" }).click();

  // The room's own connection breaks, and the call does not.
  const made = await connectionsMade(candidate);
  await candidate.context.setOffline(true);
  await shown(candidate.page.getByText("Reconnecting…"));
  for (const { page } of [host, candidate]) await untilEachFlows(page, 1);
  await candidate.context.setOffline(false);
  await shown(candidate.page.getByText("Connected again."));
  await candidate.page.getByRole("button", { name: "Camera" }).click();
  await gone(host.page.getByLabel("Picture of Maya Lindqvist"));
  await candidate.page.getByRole("button", { name: "Camera" }).click();
  for (const { page } of [host, candidate]) await untilEachFlows(page, 1);
  expect(await connectionsMade(candidate)).toBe(made);

  await janus.kill();
  const broken = candidate.page.getByText("a media server that cannot be reached just now");
  await shown(broken);
  await host.shots("call-media-broken");
  await janus.startAgain();
  await gone(broken);
  for (const { page } of [host, candidate]) await untilEachFlows(page, 1);
  await untilEachFlows(observer.page, 2);
  for (const { faults } of [host, candidate, observer]) expect(faults).toEqual([]);
});

const tile = ({ page }: Person, { name }: Person) =>
  page.getByRole("list", { name: "Who is in the call" }).getByText(name, { exact: true });

/** How many connections are open by which something goes out, and by which something comes in. */
const openOf = ({ page }: Person): Promise<{ sending: number; receiving: number }> =>
  page.evaluate(() => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const open = connections.filter(({ connectionState }) => connectionState === "connected");
    const count = (direction: RTCRtpTransceiverDirection) =>
      open.filter((connection) => connection.getTransceivers().every((one) => one.currentDirection === direction))
        .length;
    return { sending: count("sendonly"), receiving: count("recvonly") };
  });

/** Lets nothing on this page close its connections. */
const keepConnections = (): void => {
  for (const connection of (window as unknown as { connections: RTCPeerConnection[] }).connections) {
    if (connection.connectionState === "connected") Object.assign(connection, { close: () => {}, isKept: true });
  }
};

/** Waits until the other end has cut off all that was kept open. */
const untilCutOff = async ({ page }: Person): Promise<void> => {
  await page.waitForFunction(() => {
    const { connections } = window as unknown as { connections: (RTCPeerConnection & { isKept?: true })[] };
    const kept = connections.filter(({ isKept }) => isKept);
    return kept.length === 5 && kept.every(({ connectionState }) => connectionState !== "connected");
  });
};

/** Waits until a picture is drawn, and another one after it. */
const untilPictured = async ({ page }: Person, label: string): Promise<void> => {
  await page.getByLabel(label, { exact: true }).evaluate(async (video) => {
    if (!(video instanceof HTMLVideoElement)) throw new Error("That is no picture.");
    for (let count = 0; count < 2; count += 1) {
      await new Promise<void>((resolve) => video.requestVideoFrameCallback(() => resolve()));
    }
  });
};
