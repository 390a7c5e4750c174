import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  gone,
  type OpenedRoom,
  openRoom,
  Person,
  type Site,
  shown,
  startSite,
  textsBecome,
} from "../support/browser.ts";
import {
  arriveToCall,
  everybodyLeaves,
  joinCall,
  launchWithDevices,
  untilFlows,
  untilGone,
} from "../support/callers.ts";
import { beyondWindow, hidden } from "../support/looking.ts";

/** What is written beside an interview, and the way to the lobby and back, between real browsers. */

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

interface House {
  readonly host: Person;
  readonly ines: Person;
  readonly candidate: Person;
  readonly room: OpenedRoom;
}

/** A live interview of two interviewers and a candidate, with a question asked. */
async function interview(): Promise<House> {
  const room = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl");
  const ines = await Person.arrive(browser, "Ines Interviewer");
  const candidate = await arriveToCall(browser, "Maya Lindqvist");
  await host.enterAsHost(site, room.secrets.host);
  await ines.join(site, room.secrets.interviewer);
  await candidate.join(site, room.secrets.candidate);
  await host.letIn(ines);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await shown(candidate.page.getByText("A bank wants to predict").first());
  return { host, ines, candidate, room };
}

const door = (page: Page) => page.getByRole("button", { name: /^Messages/ });
const panel = (page: Page) => page.getByRole("dialog", { name: "Messages" });
const written = (page: Page, expected: readonly string[]) =>
  textsBecome(panel(page).getByRole("list", { name: "What was written" }), "p[dir=auto]", expected);
const PANEL_ONLY = "Write to the panel only";
const TO_ALL = "Write to Maya Lindqvist and the panel";

async function say(page: Page, field: string, text: string): Promise<void> {
  await panel(page).getByRole("textbox", { name: field }).fill(text);
  await page.keyboard.press("Enter");
}

test("the panel talks among itself and with the candidate, each unmistakably; nothing of its own reaches the candidate", async () => {
  const { host, ines, candidate } = await interview();
  // The key opens it, with the panel's own first and the focus in its field.
  await host.page.keyboard.press("w");
  await shown(panel(host.page).getByRole("tab", { name: "Panel only", selected: true }));
  await host.page.keyboard.type("Shall we go deeper?");
  await host.page.keyboard.press("Enter");
  await shown(door(ines.page).and(ines.page.getByRole("button", { name: "Messages, 1 new" })));
  await door(ines.page).click();
  await written(ines.page, ["Shall we go deeper?"]);
  await say(ines.page, PANEL_ONLY, "Yes, kingfisher.");
  await written(host.page, ["Shall we go deeper?", "Yes, kingfisher."]);
  await host.shots("aside-panel");

  // What comes from the candidate does not take anybody to the other tab.
  await door(candidate.page).click();
  await say(candidate.page, "Write to Jonas Dahl and Ines Interviewer", "I hear nothing 👂");
  await shown(panel(host.page).getByRole("tab", { name: "Everyone 1 new", selected: false }));
  await panel(host.page)
    .getByRole("tab", { name: /^Everyone/ })
    .click();
  await written(host.page, ["I hear nothing 👂"]);
  await panel(host.page).getByRole("textbox", { name: TO_ALL }).fill("שלום, we are");
  await host.page.keyboard.press("Shift+Enter");
  await host.page.keyboard.type("here.");
  await panel(host.page).getByRole("button", { name: "Send to everyone" }).click();
  await written(candidate.page, ["I hear nothing 👂", "שלום, we are\nhere."]);
  await host.shots("aside-everyone");
  await candidate.shots("aside-candidate");
  // What one has begun for one of both stays there.
  await panel(host.page).getByRole("textbox", { name: TO_ALL }).fill("For all");
  await panel(host.page)
    .getByRole("tab", { name: /^Panel only/ })
    .click();
  expect(await panel(host.page).getByRole("textbox", { name: PANEL_ONLY }).inputValue()).toBe("");
  await panel(host.page)
    .getByRole("tab", { name: /^Everyone/ })
    .click();
  expect(await panel(host.page).getByRole("textbox", { name: TO_ALL }).inputValue()).toBe("For all");
  await host.page.keyboard.press("Escape");
  await gone(panel(host.page));
  expect(await door(host.page).evaluate((button) => button === document.activeElement)).toBe(true);

  const received = candidate.received.join("\n");
  expect(received).not.toMatch(/kingfisher|go deeper|aside/);
  expect(received).toContain("we are");
  for (const person of [host, ines, candidate]) expect(person.faults).toEqual([]);
});

test("a message that comes takes nothing from a candidate who writes, and is read out", async () => {
  const { host, candidate } = await interview();
  const sheet = candidate.page.getByRole("textbox");
  await sheet.click();
  await candidate.page.keyboard.type("In the middle of ");
  const before = await sheet.boundingBox();
  await host.page.keyboard.press("w");
  await panel(host.page)
    .getByRole("tab", { name: /^Everyone/ })
    .click();
  await say(host.page, TO_ALL, "Take your time.");
  await shown(candidate.page.getByRole("button", { name: "Messages, 1 new" }));
  await shown(candidate.page.getByText("Message from Jonas Dahl: Take your time."));
  await candidate.page.keyboard.type("a sentence");
  expect(await sheet.innerText()).toContain("In the middle of a sentence");
  expect(await sheet.boundingBox()).toEqual(before);
});

test("what is written without a connection is on its way, stays over a reload, and is said once", async () => {
  const { ines, host } = await interview();
  await door(ines.page).click();
  await ines.context.setOffline(true);
  await shown(ines.page.getByText("Reconnecting…"));
  await say(ines.page, PANEL_ONLY, "Written in a tunnel");
  await shown(panel(ines.page).getByText("On its way…"));
  await panel(ines.page).getByRole("textbox", { name: PANEL_ONLY }).fill("And not sent yet");
  await ines.shot("aside-on-its-way");
  await ines.context.setOffline(false);
  await host.page.keyboard.press("w");
  await written(host.page, ["Written in a tunnel"]);
  await gone(panel(ines.page).getByText("On its way…"));
  await ines.page.reload();
  await door(ines.page).click();
  await written(ines.page, ["Written in a tunnel"]);
  expect(await panel(ines.page).getByRole("textbox", { name: PANEL_ONLY }).inputValue()).toBe("And not sent yet");
});

test("the candidate waits in the lobby out of sight and hearing, and is let in again where they were", async () => {
  const { host, candidate } = await interview();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  const sheet = candidate.page.getByRole("textbox");
  await sheet.click();
  await candidate.page.keyboard.type("Before the lobby");
  await shown(host.page.getByTestId("answer").getByText("Before the lobby"));

  await host.page.getByRole("button", { name: /^People/ }).click();
  // Once to move, and once to be sure.
  for (let press = 0; press < 2; press += 1) {
    await host.page.getByRole("button", { name: "Move Maya Lindqvist to the lobby" }).click();
    if (press === 0) await host.shots("lobby-asked");
  }
  await host.page.keyboard.press("Escape");
  await shown(candidate.page.getByRole("heading", { name: "Jonas Dahl asked you to wait a moment" }));
  await gone(candidate.page.getByText("A bank wants to predict"));
  await gone(sheet);
  await gone(door(candidate.page));
  await untilGone(host, candidate);
  await shown(candidate.page.getByText("Your camera and microphone are off."));
  expect(await openConnections(candidate)).toBe(0);
  expect(await liveTracks(candidate)).toBe(0);
  await shown(host.page.getByRole("timer").getByText("Paused"));
  await shown(host.page.getByText("Maya Lindqvist is in the lobby, and sees this once they are let in again"));
  await gone(host.page.getByText("Maya Lindqvist sees this"));
  await candidate.shots("lobby-candidate");
  await host.shots("lobby-host");

  await host.page.getByRole("button", { name: "Let Maya Lindqvist in again" }).click();
  await shown(candidate.page.getByText("A bank wants to predict").first());
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  await shown(candidate.page.getByRole("textbox").getByText("Before the lobby"));
  await candidate.page.getByRole("textbox").click();
  await candidate.page.keyboard.press("Control+End");
  await candidate.page.keyboard.type(", and after it");
  await shown(host.page.getByTestId("answer").getByText("Before the lobby, and after it"));
  expect([...host.faults, ...candidate.faults]).toEqual([]);
});

test("keys that were not sent when the candidate was moved out are on the sheet when they are let in again", async () => {
  const { host, candidate } = await interview();
  await candidate.page.getByRole("textbox").click();
  await candidate.page.keyboard.type("Here, ");
  await shown(host.page.getByTestId("answer").getByText("Here,"));
  await candidate.context.setOffline(true);
  await shown(candidate.page.getByText("Reconnecting…"));
  await candidate.page.keyboard.type("and out of reach");
  await host.page.getByRole("button", { name: /^People/ }).click();
  for (let press = 0; press < 2; press += 1) {
    await host.page.getByRole("button", { name: "Move Maya Lindqvist to the lobby" }).click();
  }
  await host.page.keyboard.press("Escape");
  await shown(host.page.getByRole("button", { name: "Let Maya Lindqvist in again" }));
  await candidate.context.setOffline(false);
  await shown(candidate.page.getByRole("heading", { name: "Jonas Dahl asked you to wait a moment" }));
  await candidate.page.reload();
  await shown(candidate.page.getByRole("heading", { name: "Jonas Dahl asked you to wait a moment" }));
  await host.page.getByRole("button", { name: "Let Maya Lindqvist in again" }).click();
  await shown(host.page.getByTestId("answer").getByText("Here, and out of reach"));
  await shown(candidate.page.getByRole("textbox").getByText("Here, and out of reach"));
  await gone(candidate.page.getByText("was not saved"));
});

test("all of it fits on telephones, on desks and at 200 %, with words that are wider than it", async () => {
  const { host, candidate } = await interview();
  const long = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6);
  await host.page.keyboard.press("w");
  await say(host.page, PANEL_ONLY, long);
  await panel(host.page)
    .getByRole("tab", { name: /^Everyone/ })
    .click();
  for (let count = 0; count < 12; count++) await say(host.page, TO_ALL, `Line ${count}`);
  await say(host.page, TO_ALL, long);
  await door(candidate.page).click();
  await shown(panel(candidate.page).getByText("Line 11"));
  const found: string[] = [];
  for (const [width, height] of SIZES) {
    for (const [name, { page }] of [
      ["host", host],
      ["candidate", candidate],
    ] as const) {
      await page.setViewportSize({ width, height });
      const field = panel(page).getByRole("textbox");
      const send = panel(page).getByRole("button", { name: /^Send/ });
      const close = panel(page).getByRole("button", { name: "Close the messages" });
      const last = panel(page).getByText(long);
      const problems = [
        await hidden(field),
        await hidden(send),
        await hidden(close),
        await hidden(last, { atLeast: 20 }),
      ];
      found.push(...problems.flat().map((problem) => `${name} ${width} × ${height}: ${problem}`));
      const beyond = await beyondWindow(page);
      if (beyond.wide > 0) found.push(`${name} ${width} × ${height}: ${beyond.wide} px wider than the window`);
    }
    if (width === 320 || width === 640) {
      await host.shot(`aside-fits-host-${width}`);
      await candidate.shot(`aside-fits-candidate-${width}`);
    }
  }
  expect(found).toEqual([]);
});

/** Of telephones, of a desk at 200 %, and of desks. */
const SIZES = [
  [320, 568],
  [390, 844],
  [640, 360],
  [768, 1024],
  [1024, 600],
  [1280, 720],
  [1920, 1080],
] as const;

const openConnections = ({ page }: Person): Promise<number> =>
  page.evaluate(() => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    return connections.filter(({ connectionState }) => connectionState !== "closed").length;
  });

/** The tracks of one's own that are still read from a device. */
const liveTracks = ({ page }: Person): Promise<number> =>
  page.evaluate(() => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    return connections
      .flatMap((connection) => connection.getSenders())
      .filter(({ track }) => track !== null && track.readyState === "live").length;
  });
