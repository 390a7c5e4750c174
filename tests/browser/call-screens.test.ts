import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { becomes, gone, openRoom, type Person, type Site, shown, startSite } from "../support/browser.ts";
import { arriveToCall, everybodyLeaves, joinCall, launchWithDevices, untilFlows } from "../support/callers.ts";
import { beyondWindow, hidden, missingOnCandidate, missingOnPanel } from "../support/looking.ts";

/** What a call looks like: on all widths, by ear, by its keys, and where something is missing. */

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

const SIZES = [
  [320, 568],
  [390, 844],
  [768, 1024],
  [1280, 720],
  [1920, 1080],
] as const;

const area = (page: Page) => page.getByRole("region", { name: "Call" });

type Looked = (page: Page) => Promise<string[]>;

/** What is wrong on any width: something runs past the window, a button of the call cannot be reached, or the call lies over what must be seen. */
async function wrongOnWidths(person: Person, step: string, missing: Looked): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of SIZES) {
    await person.page.setViewportSize({ width, height });
    await person.shot(`${step}-${width}`);
    const { wide } = await beyondWindow(person.page);
    if (wide > 0) found.push(`${width}: ${wide} too wide`);
    const wrong = await missing(person.page);
    for (const button of await area(person.page).getByRole("button").all()) {
      // On a telephone one scrolls within it.
      await button.scrollIntoViewIfNeeded();
      wrong.push(...(await hidden(button)));
    }
    found.push(...wrong.map((problem) => `${width}: ${problem}`));
  }
  await person.page.setViewportSize({ width: 1280, height: 720 });
  return found;
}

const nothing: Looked = async () => [];
/** On telephones the panel's page scrolls. */
const onDesk: Looked = async (page) => ((page.viewportSize()?.width ?? 0) < 1280 ? [] : missingOnPanel(page));

test("before and in the call all is sound and fits, also where the question, its rubric and the sheet stand", async () => {
  const { secrets } = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl", { bypassCSP: true });
  const candidate = await arriveToCall(browser, "Maya Lindqvist", { bypassCSP: true });
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await host.page.getByRole("button", { name: /^Ask/ }).first().click();
  await shown(candidate.page.getByLabel(/^Your answer sheet/));

  await candidate.page.getByRole("button", { name: "Join the call" }).click();
  await candidate.page.getByRole("checkbox", { name: "Microphone", exact: true }).check();
  await candidate.page.getByRole("checkbox", { name: "Camera", exact: true }).check();
  await shown(area(candidate.page).getByLabel("Loudness of your microphone"));
  await shown(area(candidate.page).getByLabel("Your own picture"));
  expect.soft(await wrongOnWidths(candidate, "call-setup", nothing)).toEqual([]);
  await areSound(candidate.page);
  await candidate.page.getByRole("button", { name: "Join", exact: true }).click();
  await joinCall(host);
  await untilFlows(host.page, 1);
  expect.soft(await wrongOnWidths(candidate, "call-candidate", missingOnCandidate)).toEqual([]);
  expect.soft(await wrongOnWidths(host, "call-host", onDesk)).toEqual([]);
  await areSound(host.page, candidate.page);
  await candidate.shots("call-candidate-scheme");
});

test("each thing has its key, and what was chosen is chosen again on this device", async () => {
  const { secrets } = await openRoom(site);
  const { page, ...host } = await arriveToCall(browser, "Jonas Dahl");
  await page.addInitScript(() => {
    navigator.mediaDevices.getDisplayMedia = async () => document.createElement("canvas").captureStream(5);
  });
  await page.goto(`${site.url}/join#${secrets.host}`);
  await page.getByRole("button", { name: "Join the call" }).click();
  // Nothing is asked for before somebody presses something.
  expect(await page.getByRole("checkbox", { name: "Microphone", exact: true }).isChecked()).toBe(false);
  await page.getByRole("button", { name: "Join to listen" }).click();
  const toggle = (name: string) => page.getByRole("button", { name, exact: true });
  await becomes(toggle("Microphone"), "aria-pressed", "false");
  for (const [key, name] of [
    ["m", "Microphone"],
    ["v", "Camera"],
    ["s", "Share screen"],
  ] as const) {
    await page.keyboard.press(key);
    await becomes(toggle(name), "aria-pressed", "true");
  }
  await page.keyboard.press("m");
  await becomes(toggle("Microphone"), "aria-pressed", "false");
  await page.keyboard.down("t");
  await becomes(toggle("Microphone"), "aria-pressed", "true");
  await page.keyboard.up("t");
  await becomes(toggle("Microphone"), "aria-pressed", "false");
  await page.keyboard.press("s");
  await becomes(toggle("Share screen"), "aria-pressed", "false");
  await page.getByRole("button", { name: "Devices and keys of the call" }).click();
  await page.getByRole("checkbox", { name: "Show my own picture" }).uncheck();
  await gone(area(page).getByLabel("Your own picture"));
  await page.keyboard.press("Escape");
  await toggle("Leave the call").click();
  await gone(area(page));
  await toggle("Join the call").click();
  await shown(page.getByRole("checkbox", { name: "Camera", exact: true, checked: true }));
  expect(await page.getByRole("checkbox", { name: "Microphone", exact: true }).isChecked()).toBe(false);
  await host.context.close();
});

test("people stand beside a page that is wide enough, and cover nothing there, or in a window of their own", async () => {
  const { secrets } = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl", { bypassCSP: true, viewport: { width: 1400, height: 860 } });
  const candidate = await arriveToCall(browser, "Maya Lindqvist", { bypassCSP: true });
  await candidate.page.setViewportSize({ width: 1920, height: 1080 });
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await host.page.getByRole("button", { name: /^Ask/ }).first().click();
  await shown(candidate.page.getByLabel(/^Your answer sheet/));
  for (const [person, missing] of [
    [host, missingOnPanel],
    [candidate, missingOnCandidate],
  ] as const) {
    const { page } = person;
    await joinCall(person);
    await page.getByRole("button", { name: "Devices and keys of the call" }).click();
    await page.getByRole("radio", { name: "Beside the page" }).check();
    await page.keyboard.press("Escape");
    await untilFlowsIfTwo(host, candidate, person);
    expect.soft(await missing(page)).toEqual([]);
    expect.soft(await beyondWindow(page)).toMatchObject({ wide: 0 });
    for (const button of await area(page).getByRole("button").all()) expect.soft(await hidden(button)).toEqual([]);
    await person.shots(`call-beside-${person.name}`);
  }
  await areSound(host.page, candidate.page);
  // A narrower window has no place for it, and it comes back with it.
  const edge = () => area(host.page).evaluate((element) => Math.round(element.getBoundingClientRect().left));
  expect(await edge()).toBeGreaterThan(1_000);
  await host.page.setViewportSize({ width: 1280, height: 720 });
  await expect.poll(edge).toBe(0);
  expect.soft(await missingOnPanel(host.page)).toEqual([]);
  await host.page.setViewportSize({ width: 1400, height: 860 });
  await expect.poll(edge).toBeGreaterThan(1_000);

  await host.page.getByRole("button", { name: "Devices and keys of the call" }).click();
  const opening = host.context.waitForEvent("page");
  await host.page.getByRole("button", { name: "Show people in a window of their own" }).click();
  const own = await opening;
  await shown(own.getByRole("list", { name: "Who is in the call" }).getByText("Maya Lindqvist"));
  await untilFlows(host.page, 1);
  await host.page.keyboard.press("Escape");
  await host.shot("call-own-window-page");
  await host.shot("call-own-window", own);
  // Keys work there as on the page.
  await own.keyboard.press("m");
  await becomes(host.page.getByRole("button", { name: "Microphone" }), "aria-pressed", "false");
  await host.page.getByRole("button", { name: "Bring it back" }).click();
  await shown(area(host.page).getByText("Maya Lindqvist"));
  await untilFlows(host.page, 1);
});

/** Waits for pictures once both are in the call. */
async function untilFlowsIfTwo(host: Person, candidate: Person, last: Person): Promise<void> {
  if (last === host) return;
  for (const { page } of [host, candidate]) await untilFlows(page, 1);
}

test("what is missing is said with what to do, and one joins all the same", async () => {
  const { secrets } = await openRoom(site);
  const { page, context } = await arriveToCall(browser, "Jonas Dahl");
  await page.addInitScript(() => {
    const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException("no", "NotFoundError");
      const given = await native(wanted);
      Object.assign(window, { given: given.getTracks()[0] });
      return given;
    };
  });
  await page.goto(`${site.url}/join#${secrets.host}`);
  await page.getByRole("button", { name: "Join the call" }).click();
  await page.getByRole("checkbox", { name: "Camera", exact: true }).click();
  await shown(page.getByText("No camera was found. Plug one in and turn it on, or join without it."));
  await page.getByRole("checkbox", { name: "Microphone", exact: true }).check();
  await page.getByRole("button", { name: "Join without a picture" }).click();
  await becomes(page.getByRole("button", { name: "Microphone" }), "aria-pressed", "true");
  await page.evaluate(() => (window as unknown as { given: MediaStreamTrack }).given.dispatchEvent(new Event("ended")));
  await shown(page.getByText("Your microphone is no longer connected."));
  await becomes(page.getByRole("button", { name: "Microphone" }), "aria-pressed", "false");
  await context.close();
});

test("a browser without calls says so, and a page without https what is needed", async () => {
  const { secrets } = await openRoom(site);
  const { page, context } = await arriveToCall(browser, "Jonas Dahl");
  await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }));
  await page.goto(`${site.url}/join#${secrets.host}`);
  await page.getByRole("button", { name: "Join the call" }).click();
  await shown(page.getByText(/only to pages with an https address/));
  await page.addInitScript(() => Object.assign(window, { RTCPeerConnection: undefined }));
  await page.reload();
  await page.getByRole("button", { name: "Join the call" }).click();
  await shown(page.getByText("This browser cannot take part in calls."));
  await context.close();
});
