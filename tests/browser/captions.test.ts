import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { gone, openRoom, type Person, type Site, shown, startSite } from "../support/browser.ts";
import { arriveToCall, everybodyLeaves, joinCall, launchWithDevices, untilFlows } from "../support/callers.ts";
import { beyondWindow, hidden, missingOnCandidate } from "../support/looking.ts";

/** Captions between real browsers: typed by somebody who came for that, and by the speaker's own device. */

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

const strip = (page: Page) => page.getByRole("region", { name: "Captions" });
const said = (page: Page) => page.getByRole("list", { name: "What is said" });
const field = (page: Page) => page.getByLabel("What is said", { exact: true }).and(page.getByRole("textbox"));

const SIZES = [
  [320, 568],
  [390, 844],
  [768, 1024],
  [1280, 720],
  [1920, 1080],
] as const;

/** What is wrong on any width. */
async function wrongOnWidths(
  person: Person,
  step: string,
  missing: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [width, height] of SIZES) {
    await person.page.setViewportSize({ width, height });
    await person.shot(`${step}-${width}`);
    const { wide } = await beyondWindow(person.page);
    if (wide > 0) found.push(`${width}: ${wide} too wide`);
    for (const problem of await missing(person.page)) found.push(`${width}: ${problem}`);
  }
  await person.page.setViewportSize({ width: 1280, height: 720 });
  return found;
}

const withStrip = async (page: Page): Promise<string[]> => {
  const wrong: string[] = [];
  for (const button of await strip(page).getByRole("button").all()) wrong.push(...(await hidden(button)));
  return wrong;
};

/** A room that is live, with somebody who captions and came by a link that the host made on their page. */
async function captioned() {
  const { secrets } = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl", { bypassCSP: true });
  const candidate = await arriveToCall(browser, "Maya Lindqvist", { bypassCSP: true });
  const captioner = await arriveToCall(browser, "Cato Captioner", { bypassCSP: true });
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Make a link for a captioner" }).click();
  await host.page.getByRole("button", { name: "Copy link for the captioner" }).click();
  const link = await host.page.evaluate(() => navigator.clipboard.readText());
  await captioner.join(site, link.split("#")[1] ?? "");
  await shown(captioner.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
  await host.letIn(captioner);
  await shown(field(captioner.page));
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(candidate.page.getByText("(captions)"));
  return { host, candidate, captioner };
}

test("what somebody types is read by the candidate and the panel, word by word, with who is speaking; it can be corrected and outlives a break", async () => {
  const { host, candidate, captioner } = await captioned();
  await host.page.getByRole("button", { name: /^Ask/ }).first().click();
  await shown(captioner.page.getByRole("heading", { name: "Question 1" }));
  for (const { page } of [host, candidate]) {
    await page.getByRole("button", { name: "Captions" }).click();
    await shown(strip(page));
  }
  await captioner.page.keyboard.press("Alt+2");
  await field(captioner.page).pressSequentially("I would begin with a");
  await shown(said(candidate.page).getByText("I would begin with a", { exact: true }));
  await shown(said(candidate.page).getByText("You:"));
  await shown(said(host.page).getByText("Maya Lindqvist:"));
  // The end of a sentence begins another line, and so does somebody else who speaks.
  await field(captioner.page).pressSequentially(" gradient. Then");
  await captioner.page.keyboard.press("Alt+1");
  await field(captioner.page).pressSequentially("Why so?");
  await captioner.page.keyboard.press("Enter");
  await shown(said(candidate.page).getByText("Why so?"));
  await expect
    .poll(() => said(candidate.page).getByRole("listitem").allInnerTexts())
    .toEqual(["You: I would begin with a gradient.", "You: Then", "Jonas Dahl: Why so?"]);
  await captioner.page.keyboard.press("ArrowUp");
  await field(captioner.page).fill("Why is that so?");
  await captioner.page.keyboard.press("Enter");
  await shown(said(host.page).getByText("Why is that so?"));
  await gone(said(host.page).getByText("Why so?"));

  await captioner.context.setOffline(true);
  await shown(captioner.page.getByText("Reconnecting…"));
  for (const text of ["One while it is away", "Two while it is away"]) {
    await field(captioner.page).fill(text);
    await captioner.page.keyboard.press("Enter");
  }
  await shown(captioner.page.getByText("(not sent yet)").first());
  await captioner.context.setOffline(false);
  await shown(said(candidate.page).getByText("Two while it is away"));
  expect((await said(candidate.page).getByRole("listitem").allInnerTexts()).slice(-2)).toEqual([
    "Jonas Dahl: One while it is away",
    "Jonas Dahl: Two while it is away",
  ]);
  await gone(captioner.page.getByText("(not sent yet)"));

  await captioner.page.getByRole("button", { name: "Raise hand" }).click();
  await shown(captioner.page.getByRole("button", { name: "Hand raised" }));
  for (const step of ["captioner", "captions-candidate", "captions-host"] as const) {
    const person = step === "captioner" ? captioner : step === "captions-host" ? host : candidate;
    await person.shots(`${step}-scheme`);
  }
  expect.soft(await wrongOnWidths(captioner, "captioner", async (page) => hidden(field(page)))).toEqual([]);
  expect
    .soft(
      await wrongOnWidths(candidate, "captions-candidate", async (page) => [
        ...(await missingOnCandidate(page)),
        ...(await withStrip(page)),
      ]),
    )
    .toEqual([]);
  expect.soft(await wrongOnWidths(host, "captions-host", withStrip)).toEqual([]);
  await areSound(captioner.page, candidate.page, host.page);

  await strip(candidate.page)
    .getByRole("button", { name: /^The last minutes/ })
    .click();
  await strip(candidate.page).getByRole("radio", { name: "Large" }).check();
  await candidate.shot("captions-whole");
  await areSound(candidate.page);
  expect(await said(candidate.page).getAttribute("aria-live")).toBe("off");
  await strip(candidate.page).getByRole("checkbox", { name: "A screen reader says them" }).check();
  expect(await said(candidate.page).getAttribute("aria-live")).toBe("polite");
  // Nothing is left of it where somebody comes back, but that they read captions.
  await candidate.page.reload();
  await shown(strip(candidate.page));
  await gone(said(candidate.page));
  expect([...host.faults, ...candidate.faults, ...captioner.faults]).toEqual([]);
});

/** Stands in for a browser's recognition: it says what it is told to, where it was made to listen on the device alone. */
const withRecogniser = (person: Person, isLocal = true) =>
  person.context.addInitScript((local) => {
    const all: unknown[] = [];
    class Recognition {
      static available = async ({ processLocally }: { processLocally?: boolean }) =>
        processLocally && local ? "available" : "unavailable";
      processLocally = false;
      isListening = false;
      onend: (() => void) | null = null;
      constructor() {
        all.push(this);
      }
      start(track: MediaStreamTrack) {
        if (!this.processLocally || track.kind !== "audio") throw new Error("Sound would leave the device.");
        this.isListening = true;
      }
      abort() {
        this.isListening = false;
        this.onend?.();
      }
    }
    Object.assign(window, { SpeechRecognition: Recognition, recognitions: all });
  }, isLocal);

/** How many listen after this was heard by whichever does. */
const hear = ({ page }: Person, transcript: string, isFinal = true): Promise<number> =>
  page.evaluate(
    ([text, final]) => {
      const all = (window as unknown as { recognitions: { isListening: boolean; onresult(event: object): void }[] })
        .recognitions;
      const listening = all.filter((one) => one.isListening);
      const result = Object.assign([{ transcript: text }], { isFinal: final });
      for (const one of listening) one.onresult({ resultIndex: 0, results: [result] });
      return listening.length;
    },
    [transcript, isFinal] as const,
  );

const settings = async ({ page }: Person) => {
  await page.getByRole("button", { name: "Devices and keys of the call" }).click();
  return page.getByRole("checkbox", { name: "Caption what I say" });
};

test("what somebody says is captioned by their own device while they wish it and their microphone is on, for those in no call too", async () => {
  const { host, candidate, captioner } = await captioned();
  await withRecogniser(candidate);
  await candidate.page.reload();
  await joinCall(host);
  await joinCall(candidate);
  await untilFlows(host.page, 1);
  await host.page.getByRole("button", { name: "Captions" }).click();
  expect(await hear(candidate, "said before anything was pressed")).toBe(0);
  await (await settings(candidate)).check();
  await candidate.shot("captions-settings");
  await areSound(candidate.page);
  await candidate.page.keyboard.press("Escape");
  await expect.poll(() => hear(candidate, "so I would", false)).toBe(1);
  await shown(said(host.page).getByText("so I would"));
  await hear(candidate, "So I would measure it first.");
  await shown(said(host.page).getByText("So I would measure it first."));
  await shown(said(host.page).getByText("Maya Lindqvist:"));
  await shown(said(captioner.page).getByText("So I would measure it first."));
  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await expect.poll(() => hear(candidate, "said with the microphone off")).toBe(0);
  await candidate.page.getByRole("button", { name: "Microphone" }).click();
  await expect.poll(() => hear(candidate, "And on again.")).toBe(1);
  await shown(said(host.page).getByText("And on again."));
  await (await settings(candidate)).uncheck();
  await expect.poll(() => hear(candidate, "said after it was switched off")).toBe(0);
  expect(host.received.join("")).not.toMatch(/said (before|with|after)/);
});

test("where a browser would send what is said away, nothing is captioned and it says why", async () => {
  const { candidate, host } = await captioned();
  await withRecogniser(candidate, false);
  await candidate.page.reload();
  await joinCall(candidate);
  const box = await settings(candidate);
  await box.click();
  await shown(candidate.page.getByText("This browser cannot turn speech in that language into text on this device"));
  expect(await box.isChecked()).toBe(false);
  expect(await hear(candidate, "said to nobody")).toBe(0);
  expect(host.received.join("")).not.toContain("said to nobody");
});
