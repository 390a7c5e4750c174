import { readFile } from "node:fs/promises";
import type { FeedbackDraft } from "@whetstone/shared/feedback";
import { PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import { arrow, boardSheetOf, box, words } from "../../support/boards.ts";
import {
  becomes,
  gone,
  launchBrowser,
  openRoom,
  Person,
  type PersonOptions,
  shown,
  startSite,
} from "../../support/browser.ts";
import { misfits, ownSheet } from "../../support/looking.ts";
import type { Seat } from "../../support/seats.ts";
import { OwnClock, seatOf } from "../../support/written.ts";

/** What was drawn to a question that is closed, wherever its answer stands. */

const clock = new OwnClock();
const site = await startSite({ now: clock.now });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function arrive(name: string, options: PersonOptions = {}): Promise<Person> {
  const person = await Person.arrive(browser, name, options);
  onTestFinished(() => person.leave());
  return person;
}

const LARGE = { viewport: { width: 1600, height: 1200 } };

const pictureIn = (scope: Page | Locator, number = 1): Locator =>
  scope.getByRole("img", { name: `Board of question ${number}`, exact: true });
const widthOf = async (image: Locator): Promise<number> => (await image.boundingBox())?.width ?? 0;

/** Whether the browser has made a picture of it, and not only a place for one. */
const isPainted = (image: Locator): Promise<boolean> =>
  image.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) return false;
    await element.decode();
    return element.naturalWidth > 0;
  });

const DRAWN = [
  box("a", { backgroundColor: "#a5d8ff" }),
  words("al", "Client", { containerId: "a", x: 20, y: 27, width: 160, height: 25, textAlign: "center" }),
  box("b", { x: 420, backgroundColor: "#ffec99" }),
  words("bl", "Cache", { containerId: "b", x: 440, y: 27, width: 160, height: 25, textAlign: "center" }),
  arrow("to", "a", "b", { x: 204, y: 40, points: [[0, 0] as [number, number], [210, 0] as [number, number]] }),
];
const TOLD = ["Client (box)", "Client to Cache", "Cache (box)"];

/** Asks something, lets it be drawn to, and gives the ask. */
async function drawnTo(host: Seat, candidate: Seat, prompt: string, drawn = DRAWN): Promise<string> {
  await host.must({ type: "push", source: { kind: "typed", prompt, minutes: 8 } });
  const { askId } = host.openAsk;
  await candidate.until((view) => view.role === "candidate" && view.ask?.askId === askId);
  const board = await boardSheetOf(candidate, askId);
  expect(await board.draw(...drawn)).toEqual({ ok: true });
  return askId;
}

/** An interview that runs, without a browser. */
async function running() {
  const opened = await openRoom(site, { kitId: null });
  const host = await seatOf(site, opened.secrets.host, null);
  const candidate = await seatOf(site, opened.secrets.candidate, "Maya Lindqvist");
  await host.must({ type: "admit", seatId: candidate.seatId });
  await host.must({ type: "start" });
  return { opened, host, candidate };
}

async function readsInWords(scope: Page | Locator): Promise<void> {
  await scope.getByText("In words", { exact: true }).click();
  const list = scope.getByRole("figure").getByRole("listitem");
  expect(await list.allInnerTexts()).toEqual(TOLD);
}

describe("what was drawn", () => {
  it("is a picture on the panel's page and the candidate's once the question is closed, also after a reload", async () => {
    const { secrets } = await openRoom(site);
    const [host, maya] = [await arrive("Jonas Dahl", LARGE), await arrive("Maya Lindqvist", LARGE)];
    await host.enterAsHost(site, secrets.host);
    await maya.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit", exact: true }).click();
    await host.page.getByRole("button", { name: "Start the interview" }).click();
    await host.page.keyboard.press("a");
    await shown(ownSheet(maya.page));
    await maya.page.getByRole("tab", { name: "Board" }).click();
    const board = maya.page.getByRole("region", { name: /board$/ });
    await becomes(board, "aria-busy", "false");
    await board.getByRole("button", { name: /^Outline/ }).click();
    for (const text of ["Client", "Cache"]) {
      await board.getByRole("textbox", { name: "Words to put on the board" }).fill(text);
      await board.getByRole("button", { name: "Add" }).click();
    }
    await board.getByRole("combobox", { name: "Connect Client to" }).selectOption("Cache");
    await shown(board.getByText("Client to Cache"));
    await shown(maya.page.getByText("Everything you write is saved"));
    await host.page.getByRole("button", { name: "Close", exact: true }).click();
    const look = async (): Promise<void> => {
      await host.page.getByRole("tab", { name: "Board" }).click();
      await shown(pictureIn(host.page));
      expect(await isPainted(pictureIn(host.page))).toBe(true);
      await readsInWords(host.page);
      expect(await host.page.locator("canvas").count()).toBe(0);
    };
    await look();
    await host.shots("drawn-live");
    await host.page.reload();
    await shown(host.page.getByRole("tab", { name: "Board" }));
    await look();
    await host.page.keyboard.press("a");
    await maya.page.reload();
    const earlier = maya.page.getByRole("region", { name: "The question before" });
    await earlier.getByText("Question 1", { exact: true }).click();
    await shown(pictureIn(earlier));
    await readsInWords(earlier);
    await maya.shots("drawn-earlier");
    expect([...host.faults, ...maya.faults]).toEqual([]);
  });

  it("stands with each answer in the scorecard, can be enlarged, and fits a small telephone", async () => {
    const { opened, host, candidate } = await running();
    await drawnTo(host, candidate, "How would you cache it?");
    await host.must({ type: "end" });
    const jonas = await arrive("Jonas Dahl", { bypassCSP: true });
    await jonas.enterAsHost(site, opened.secrets.host);
    const { page } = jonas;
    await page.getByText("Question and answer").click();
    await shown(pictureIn(page));
    await readsInWords(page);
    const fitted = await widthOf(pictureIn(page));
    await page.getByRole("button", { name: /^Enlarge/ }).click();
    expect(await widthOf(pictureIn(page))).toBeGreaterThan(1.5 * fitted);
    await jonas.shots("drawn-large");
    await page.getByRole("button", { name: /^Enlarge/ }).click();
    expect(await widthOf(pictureIn(page))).toBe(fitted);
    await areSound(page);
    await jonas.shots("drawn-scorecard");
    await page.setViewportSize({ width: 320, height: 640 });
    await pictureIn(page).scrollIntoViewIfNeeded();
    expect(await misfits(page)).toEqual([]);
    expect(await widthOf(pictureIn(page))).toBeLessThanOrEqual(320);
    await jonas.shots("drawn-320");
    expect(jonas.faults).toEqual([]);
  });

  it("is the candidate's own too, on the page that the interview leaves them", async () => {
    const { opened, host, candidate } = await running();
    await drawnTo(host, candidate, "How would you cache it?");
    candidate.disconnect();
    await host.must({ type: "end" });
    const maya = await arrive("Maya Lindqvist");
    await maya.page.goto(`${site.url}/join#${opened.secrets.candidate}`);
    await maya.page.getByRole("button", { name: "Go to your seat" }).click();
    await shown(pictureIn(maya.page));
    expect(await isPainted(pictureIn(maya.page))).toBe(true);
    await readsInWords(maya.page);
    await maya.shots("drawn-candidate");
    expect(maya.faults).toEqual([]);
  });

  it("is read when one comes near to it and not before, and nothing is said where nothing was drawn", async () => {
    const { opened, host, candidate } = await running();
    await drawnTo(host, candidate, "One?");
    await drawnTo(host, candidate, "Two?", []);
    const third = await drawnTo(host, candidate, "Three?");
    await host.must({ type: "end" });
    const jonas = await arrive("Jonas Dahl");
    const { page } = jonas;
    const opening: string[] = [];
    page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        const [, askId] = /"type":"open","askId":"(\w+)","part":"board"/.exec(String(payload)) ?? [];
        if (askId) opening.push(askId);
      }),
    );
    await jonas.enterAsHost(site, opened.secrets.host);
    const card = (number: number): Locator =>
      page.getByRole("article").filter({ has: page.getByText(`Question ${number}`, { exact: true }) });
    const unfold = (number: number) => card(number).getByText("Question and answer").click();
    await unfold(3);
    await shown(pictureIn(page, 3));
    expect(opening).toEqual([third]);
    await unfold(2);
    await unfold(1);
    await shown(pictureIn(page, 1));
    expect(new Set(opening).size).toBe(3);
    expect(await page.getByRole("figure").count()).toBe(2);
    expect(jonas.faults).toEqual([]);
  });

  it("comes to a page that shows it when it was drawn without a connection and arrives late", async () => {
    const { opened, host, candidate } = await running();
    const askId = await drawnTo(host, candidate, "How would you cache it?", DRAWN.slice(0, 2));
    const board = await boardSheetOf(candidate, askId);
    await host.must({ type: "closeAsk", askId });
    const jonas = await arrive("Jonas Dahl", LARGE);
    await jonas.enterAsHost(site, opened.secrets.host);
    await jonas.page.getByRole("tab", { name: "Board" }).click();
    await shown(pictureIn(jonas.page));
    await jonas.page.getByText("In words").click();
    await shown(jonas.page.getByRole("listitem").filter({ hasText: "Client (box)" }));
    expect(await board.draw(...DRAWN.slice(2))).toEqual({ ok: true });
    await shown(jonas.page.getByRole("listitem").filter({ hasText: "Client to Cache" }));
    expect(jonas.faults).toEqual([]);
  });

  it("is kept from the panel in quiet time, which the page says, and comes when that is over", async () => {
    const { opened, host, candidate } = await running();
    await drawnTo(host, candidate, "One?");
    const second = await drawnTo(host, candidate, "Two?", []);
    await candidate.must({ type: "beginQuiet", askId: second, minutes: 5 });
    const jonas = await arrive("Jonas Dahl", LARGE);
    await jonas.enterAsHost(site, opened.secrets.host);
    await jonas.page.getByRole("button", { name: /One\?/ }).first().click();
    await jonas.page.getByRole("tab", { name: "Board" }).click();
    const quiet = jonas.page.getByText("It is quiet time. What is drawn is shown here once it is over.");
    await shown(quiet);
    await candidate.must({ type: "endQuiet", askId: second });
    await shown(pictureIn(jonas.page));
    await gone(quiet);
    expect(jonas.faults).toEqual([]);
  });

  it("is played as it was drawn, moment by moment, from the scorecard", async () => {
    const { opened, host, candidate } = await running();
    const askId = await drawnTo(host, candidate, "How would you cache it?", DRAWN.slice(0, 2));
    clock.wait(20_000);
    const ofHost = await boardSheetOf(host, askId);
    expect(await ofHost.draw(...DRAWN.slice(2, 4))).toEqual({ ok: true });
    clock.wait(10_000);
    const ofCandidate = await boardSheetOf(candidate, askId);
    expect(await ofCandidate.draw(...DRAWN.slice(4))).toEqual({ ok: true });
    await host.must({ type: "end" });
    const jonas = await arrive("Jonas Dahl", { bypassCSP: true });
    await jonas.enterAsHost(site, opened.secrets.host);
    const { page } = jonas;
    await page.getByText("Question and answer").click();
    await page.getByRole("button", { name: /Play how it was drawn/ }).click();
    const playback = page.getByRole("region", { name: "How the answer to question 1 was drawn" });
    const slider = playback.getByRole("slider", { name: "Moment of the answer" });
    const then = (told: string): Locator =>
      playback.getByRole("img", { name: `The board of question 1 at that moment: ${told}`, exact: true });
    const placeOf = async (image: Locator): Promise<unknown> => {
      await shown(image);
      expect(await isPainted(image)).toBe(true);
      return image.evaluate(
        (element) => /viewBox="[^"]*"/.exec(decodeURIComponent(element.getAttribute("src") ?? ""))?.[0],
      );
    };
    await becomes(slider, "aria-valuetext", "0 s of 30 s, Maya Lindqvist draws");
    const first = await placeOf(then("Client (box)"));
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await becomes(slider, "aria-valuetext", "20 s of 30 s, you draw");
    // What is there stays where it is while the rest comes.
    expect(await placeOf(then("Client (box), Cache (box)"))).toBe(first);
    await page.keyboard.press("End");
    await becomes(slider, "aria-valuetext", "30 s of 30 s, Maya Lindqvist draws");
    expect(await placeOf(then(TOLD.join(", ")))).toBe(first);
    await page.keyboard.press("Home");
    await shown(then("Client (box)"));
    await areSound(page);
    await slider.scrollIntoViewIfNeeded();
    await jonas.shots("drawn-played");
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await misfits(page)).toEqual([]);
    await slider.scrollIntoViewIfNeeded();
    await jonas.shots("drawn-played-320");
    expect(jonas.faults).toEqual([]);
  });

  it("is there among peers too, for who drew and who asked, also once the round is over", async () => {
    const [ana, bo] = [await arrive("Ana", LARGE), await arrive("Bo", LARGE)];
    const press = (person: Person, name: string | RegExp) =>
      person.page.getByRole("button", { name, exact: true }).first().click();
    const both = (name: string) => Promise.all([ana, bo].map((person) => press(person, name)));
    await ana.page.goto(site.url);
    await ana.page.getByRole("link", { name: /Practise with somebody/ }).click();
    await ana.page.getByLabel("Your name").fill("Ana");
    await ana.page.getByLabel("Who you practise with").fill("Bo");
    await press(ana, "Open the room");
    await press(ana, /link for Bo/);
    await bo.page.goto(await ana.page.evaluate(() => navigator.clipboard.readText()));
    await press(bo, "Join");
    await shown(bo.page.getByRole("heading", { name: /^What you ask Ana/ }));
    await both("I am ready");
    await shown(ana.page.getByText("Nothing is asked yet"));
    await ana.page.keyboard.press("a");
    await shown(ownSheet(bo.page));
    await bo.page.getByRole("tab", { name: "Board" }).click();
    const board = bo.page.getByRole("region", { name: /board$/ });
    await becomes(board, "aria-busy", "false");
    await board.getByRole("button", { name: /^Outline/ }).click();
    await board.getByRole("textbox", { name: "Words to put on the board" }).fill("Client");
    await board.getByRole("button", { name: "Add" }).click();
    await shown(bo.page.getByText("Everything you write is saved"));
    await press(ana, "Done");
    await shown(bo.page.getByText("Ana is done"));
    await press(bo, "Done");
    for (const { page } of [ana, bo]) await shown(page.getByRole("heading", { name: "A breath" }));
    await ana.page.getByText("Question and answer").click();
    await bo.page.getByText("What you answered").click();
    for (const { page } of [ana, bo]) {
      // However long the question is that was dealt, and whatever it brings to its sheet.
      await page.locator('pre[dir="auto"]').last().scrollIntoViewIfNeeded();
      await shown(pictureIn(page));
      await page.getByText("In words", { exact: true }).click();
      await shown(page.getByRole("listitem").filter({ hasText: /^Client \(box\)$/ }));
    }
    await ana.shots("drawn-peers-asked");
    await bo.shots("drawn-peers-drew");
    expect([...ana.faults, ...bo.faults]).toEqual([]);
  });

  it("stands with the candidate's own answers in their feedback, and so in what the host sees of it before", async () => {
    const { opened, host, candidate } = await running();
    await drawnTo(host, candidate, "How would you cache it?");
    await host.must({ type: "end" });
    await host.must({ type: "submitScorecard", reason: "Only a test." });
    const feedback: FeedbackDraft = {
      message: "You were clear.",
      strengths: [],
      concerns: [],
      questions: "none",
      namesPanel: false,
    };
    await host.must({ type: "writeFeedback", feedback });
    const published = await host.fetch("/api/room/feedback/publish", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ link: "new", days: 7 }),
    });
    const { link } = PublishFeedbackResponse.parse(published.body);
    const [maya, jonas] = [await arrive("Maya Lindqvist", { bypassCSP: true }), await arrive("Jonas Dahl", LARGE)];
    await maya.page.goto(`${site.url}/feedback#${link?.secret}`);
    await jonas.enterAsHost(site, opened.secrets.host);
    await jonas.page.getByRole("tab", { name: "Feedback for the candidate" }).click();
    for (const { page } of [maya, jonas]) {
      await page.getByText("Your own answers").scrollIntoViewIfNeeded();
      await shown(pictureIn(page));
      expect(await isPainted(pictureIn(page))).toBe(true);
      await readsInWords(page);
    }
    await areSound(maya.page);
    await maya.shots("drawn-letter");
    await jonas.shots("drawn-letter-preview");
    const downloading = maya.page.waitForEvent("download");
    await maya.page.getByRole("button", { name: "Download your answers" }).click();
    expect(await readFile(await (await downloading).path(), "utf8")).toContain(
      "You drew, in words:\n\n- Client (box)\n",
    );
    expect([...maya.faults, ...jonas.faults]).toEqual([]);
  });
});
