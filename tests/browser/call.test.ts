import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenedRoom, openRoom, type Person, type Site, shown, startSite } from "../support/browser.ts";
import {
  arriveToCall,
  came,
  joinCall,
  launchWithDevices,
  untilCame,
  untilFlows,
  untilGone,
} from "../support/callers.ts";

/** A room's call between real browsers, each with a camera and a microphone. */

let site: Site;
let browser: Awaited<ReturnType<typeof launchWithDevices>>;

beforeAll(async () => {
  [site, browser] = [await startSite(), await launchWithDevices()];
});
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

test("two hear and see each other; what one turns off stops; the screen is shown; the call outlives the room's connection", async () => {
  const { host, candidate } = await panel();
  await joinCall(host);
  await shown(candidate.page.getByText(", in it: Jonas Dahl"));
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  await candidate.shot("call-two-candidate");
  await host.shots("call-two-host");

  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await shown(host.page.getByText("Microphone off:"));
  const silent = await came(host.page);
  await untilCame(host.page, ({ frames }) => frames > silent.frames + 20);
  const after = await came(host.page);
  expect(after.audioBytes - silent.audioBytes).toBeLessThan(2_000);
  expect(after.energy).toBeCloseTo(silent.energy, 3);
  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await untilFlows(host.page, 1);
});
