import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gone, type OpenedRoom, openRoom, type Person, type Site, shown, startSite } from "../support/browser.ts";
import {
  arriveToCall,
  connectionsMade,
  everybodyLeaves,
  joinCall,
  launchWithDevices,
  untilFlows,
  untilGone,
  untilSilent,
} from "../support/callers.ts";

/** A room's call between real browsers, each with a camera and a microphone. */

let site: Site;
let browser: Awaited<ReturnType<typeof launchWithDevices>>;

beforeAll(async () => {
  [site, browser] = [await startSite(), await launchWithDevices()];
});
afterEach(() => everybodyLeaves(browser));
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function panel(): Promise<{ host: Person; candidate: Person; room: OpenedRoom }> {
  const room = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl");
  const candidate = await arriveToCall(browser, "Maya Lindqvist");
  await host.enterAsHost(site, room.secrets.host);
  await candidate.join(site, room.secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(candidate.page.getByRole("button", { name: "Join the call" }));
  return { host, candidate, room };
}

test("two hear and see each other; what one turns off stops", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await shown(candidate.page.getByText(", in it: Jonas Dahl"));
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  await candidate.shot("call-two-candidate");
  await host.shots("call-two-host");
  // Who makes a sound has a line around them, and the candidate is the larger one for the panel alone.
  const tileOf = ({ page }: Person, { name }: Person) =>
    page.getByRole("list", { name: "Who is in the call" }).getByRole("listitem").filter({ hasText: name });
  await shown(tileOf(host, candidate).getByText("speaks"));
  await shown(tileOf(candidate, host).getByText("speaks"));
  const areaOf = async ({ page }: Person, text: string) => {
    const box = await page.getByRole("listitem").filter({ hasText: text }).last().boundingBox();
    return (box?.width ?? 0) * (box?.height ?? 0);
  };
  expect(await areaOf(host, candidate.name)).toBeGreaterThan(await areaOf(host, "You"));
  expect(await areaOf(candidate, host.name)).toBeCloseTo(await areaOf(candidate, "You"), 0);

  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await shown(host.page.getByText("Microphone off:"));
  await untilSilent(host.page);
  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await untilFlows(host.page, 1);
});

test("the call goes on while the room's connection is broken, and with the same connection once that is back", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await candidate.context.setOffline(true);
  await shown(candidate.page.getByText("Reconnecting…"));
  await shown(tile(host, candidate));
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  await candidate.context.setOffline(false);
  await shown(candidate.page.getByText("Connected again."));
  // What one turns off is told over the new connection.
  await candidate.page.getByRole("button", { name: "Camera" }).click();
  await gone(host.page.getByLabel("Picture of Maya Lindqvist"));
  await candidate.page.getByRole("button", { name: "Camera" }).click();
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  expect([await connectionsMade(host), await connectionsMade(candidate)]).toEqual([1, 1]);
  expect([...host.faults, ...candidate.faults]).toEqual([]);
});

test("a page behind another tab is heard and seen as before, and shows the others at once when it is in front again", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  // As a browser tells a page that is put behind another.
  const put = (isBehind: boolean) =>
    candidate.page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      Object.defineProperty(document, "visibilityState", {
        configurable: true,
        get: () => (hidden ? "hidden" : "visible"),
      });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isBehind);
  await put(true);
  await untilFlows(host.page, 1);
  await put(false);
  await untilFlows(candidate.page, 1);
  await shown(candidate.page.getByLabel("Picture of Jonas Dahl"));
  expect([await connectionsMade(host), await connectionsMade(candidate)]).toEqual([1, 1]);
});

test("a screen is shown to the others until its owner stops, or the host lets the candidate share no more", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await joinCall(candidate);
  const share = candidate.page.getByRole("button", { name: "Share screen" });
  const screen = host.page.getByLabel("Screen of Maya Lindqvist", { exact: true });
  await share.click();
  await untilMoves(screen);
  await host.shot("call-screen-host");
  await share.click();
  await gone(screen);
  await share.click();
  await untilMoves(screen);
  await host.page.getByRole("button", { name: /^People/ }).click();
  await host.page.getByRole("switch", { name: "The candidate may share their screen" }).click();
  await gone(screen);
  await gone(share);
  // What the host shares is still theirs to share.
  await host.page.keyboard.press("Escape");
  await host.page.getByRole("button", { name: "Share screen" }).click();
  await untilMoves(candidate.page.getByLabel("Screen of Jonas Dahl", { exact: true }));
  await untilFlows(host.page, 1);
});

/** Waits until a video shows one picture after another. */
const untilMoves = (video: Locator): Promise<void> =>
  video.evaluate(
    (element) =>
      new Promise((resolve) => {
        let frames = 0;
        const next = () => {
          frames += 1;
          if (frames > 5) resolve();
          else (element as HTMLVideoElement).requestVideoFrameCallback(next);
        };
        (element as HTMLVideoElement).requestVideoFrameCallback(next);
      }),
  );

test("a seat that is opened in another browser takes its place in the call along, and the first is heard no more", async () => {
  const { host, candidate, room } = await panel();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  const other = await arriveToCall(browser, "Maya Lindqvist");
  await other.page.goto(`${site.url}/join#${room.secrets.candidate}`);
  await other.page.getByRole("button", { name: "Go to your seat" }).click();
  await shown(candidate.page.getByRole("heading", { name: "Your seat is open somewhere else" }));
  expect(await openOf(candidate)).toBe(0);
  await joinCall(other);
  await untilFlows(host.page, 1);
  await untilFlows(other.page, 1);
  expect(await openOf(host)).toBe(1);
});

test("a meeting in another tool takes the call's place for all while the host has it so", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await host.page.getByRole("button", { name: /^People/ }).click();
  await host.page.getByRole("button", { name: "Add a meeting link" }).click();
  await host.page.getByRole("textbox", { name: "Meeting link" }).fill("https://meet.example.org/panel");
  await host.page.keyboard.press("Enter");
  const meeting = candidate.page.getByRole("link", { name: "Join the meeting" });
  await shown(meeting);
  expect(await meeting.getAttribute("href")).toBe("https://meet.example.org/panel");
  await shown(candidate.page.getByText(/This room meets in another tool/));
  await host.shot("call-meeting-host");
  await candidate.shot("call-meeting-candidate");
  expect([await openOf(host), await openOf(candidate)]).toEqual([0, 0]);
  await candidate.page.getByRole("region", { name: "Call" }).getByRole("button", { name: "Close" }).click();
  await gone(candidate.page.getByRole("button", { name: "Join the call" }));
  await host.page.getByRole("button", { name: "Take the meeting link away" }).click();
  await shown(candidate.page.getByRole("button", { name: "Join the call" }));
});

const tile = ({ page }: Person, { name }: Person) =>
  page.getByRole("list", { name: "Who is in the call" }).getByText(name, { exact: true });

test("three and four hear and see each other; whoever is removed is heard no more; a hidden observer is not connected to the candidate", async () => {
  const { host, candidate, room } = await panel();
  const others = [];
  for (const name of ["Ines Interviewer", "Ivan Interviewer"]) {
    const person = await arriveToCall(browser, name);
    await person.join(site, room.secrets.interviewer);
    await host.page.getByRole("button", { name: /^People/ }).click();
    await host.letIn(person);
    await host.page.keyboard.press("Escape");
    others.push(person);
  }
  const [ines, ivan] = others;
  if (!ines || !ivan) throw new Error("Nobody came.");
  for (const person of [host, candidate, ines]) await joinCall(person);
  for (const { page } of [host, candidate, ines]) await untilFlows(page, 2);
  await joinCall(ivan);
  for (const { page } of [host, candidate, ines, ivan]) await untilFlows(page, 3);
  await host.shot("call-four-host");
  await candidate.shot("call-four-candidate");

  await host.page.getByRole("button", { name: /^People/ }).click();
  // Once to remove, and once to be sure.
  for (let press = 0; press < 2; press += 1) {
    await host.page.getByRole("button", { name: "Remove Ivan Interviewer" }).click();
  }
  await host.page.keyboard.press("Escape");
  await shown(ivan.page.getByText("This seat is closed"));
  for (const person of [host, candidate, ines]) await untilGone(person, ivan);
  expect(await openOf(ivan)).toBe(0);
  for (const { page } of [host, candidate, ines]) await untilFlows(page, 2);

  const observer = await arriveToCall(browser, "Olga Observer");
  await observer.join(site, room.secrets.observer);
  await observer.page.getByRole("button", { name: /^Join the call/ }).click();
  await shown(observer.page.getByText("You do not hear the candidate, who does not see you in the room."));
  await observer.page.getByRole("button", { name: "Join and listen" }).click();
  await untilFlows(observer.page, 2);
  await shown(tile(host, observer));
  await gone(tile(observer, candidate));
  await gone(tile(candidate, observer));
  expect(await openOf(candidate)).toBe(2);
  expect(await observer.page.evaluate(sendersOf)).toEqual([]);
});

/** How many connections to others are open. */
const openOf = ({ page }: Person): Promise<number> =>
  page.evaluate(
    () =>
      (window as unknown as { connections: RTCPeerConnection[] }).connections.filter(
        ({ connectionState }) => connectionState !== "closed",
      ).length,
  );

/** The kinds of what is sent from a page. */
const sendersOf = (): string[] =>
  (window as unknown as { connections: RTCPeerConnection[] }).connections.flatMap((connection) =>
    connection.getSenders().flatMap(({ track }) => (track ? [track.kind] : [])),
  );
