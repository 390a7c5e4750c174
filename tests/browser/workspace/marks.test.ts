import type { Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import { canvasOf, countBecomes, openBoard, placeOf } from "../../support/board-page.ts";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../../support/browser.ts";
import { CANDIDATE_SIZES, hidden, misfits, missingOnCandidate, ownSheet, wordsOn } from "../../support/looking.ts";
import { seatOf } from "../../support/written.ts";

/** What a room notes of its candidate, where its host chose so: that they are told, what is told of them, and that nothing is where it was not chosen. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function arrive(name: string, options = {}): Promise<Person> {
  const person = await Person.arrive(browser, name, options);
  onTestFinished(() => person.leave());
  return person;
}

/** Everything that a person's page sends over its sockets, and waiting until it is enough. */
function sentBy({ page }: Person) {
  const frames: string[] = [];
  let look = () => {};
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      frames.push(String(payload));
      look();
    }),
  );
  const until = (isSo: (frames: readonly string[]) => boolean) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (isSo(frames)) resolve();
      };
      look();
    });
  return { frames, until };
}
const marksIn = (sent: readonly string[]): string[] => sent.filter((frame) => frame.includes('"type":"mark"'));

/** A room that notes, or does not, with its candidate before a question. */
async function asked(marks: boolean) {
  const { secrets } = await openRoom(site, { kitId: null, ...(marks && { marks }) });
  const host = await seatOf(site, secrets.host, null);
  const maya = await arrive("Maya Lindqvist");
  const sent = sentBy(maya);
  await maya.join(site, secrets.candidate);
  await host.until((view) => view.people.length > 1);
  const { seatId = "" } = host.panel.people.find(({ role }) => role === "candidate") ?? {};
  await host.must({ type: "admit", seatId });
  await host.must({ type: "start" });
  await host.must({ type: "push", source: { kind: "typed", prompt: "How would you sort them?", minutes: 8 } });
  await shown(ownSheet(maya.page));
  return { secrets, host, maya, sent };
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await ownSheet(page).click();
  await page.keyboard.press("Control+v");
}

/** Turns to something else, as a browser tells the page of it, or back. */
const turn = (page: Page, to: "hidden" | "visible"): Promise<void> =>
  page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, to);

describe("a room that notes", () => {
  it("is opened so by its host, who sees it in the lobby, and is not unless they choose it", async () => {
    const jonas = await arrive("Jonas Dahl", { bypassCSP: true });
    const { page } = jonas;
    await page.goto(`${site.url}/new`);
    const choice = page.getByLabel("Note large pastes and when the candidate leaves the page");
    expect(await choice.isChecked()).toBe(false);
    await page.getByLabel("Your name").fill("Jonas Dahl");
    await page.getByLabel("Title").fill("Technical interview");
    await choice.check();
    await choice.scrollIntoViewIfNeeded();
    await jonas.shots("marks-opening");
    await areSound(page);
    await page.getByRole("button", { name: "Open the room" }).click();
    await page.waitForURL("**/room/*");
    await shown(page.getByText("Noted of the candidate:"));
  });

  it("tells its candidate before they join and on their page, and one that does not says nothing of it", async () => {
    for (const marks of [true, false]) {
      const { secrets } = await openRoom(site, { kitId: null, ...(marks && { marks }) });
      const maya = await arrive("Maya Lindqvist", { bypassCSP: true });
      const { page } = maya;
      await page.goto(`${site.url}/join#${secrets.candidate}`);
      await shown(page.getByText("Before you join"));
      expect(await page.getByText("When you paste 200 characters or more").count()).toBe(marks ? 1 : 0);
      if (marks) {
        await maya.shots("marks-join");
        await areSound(page);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await misfits(page)).toEqual([]);
      }
      await page.getByLabel("Your name").fill("Maya Lindqvist");
      await page.getByRole("button", { name: "Join" }).click();
      await shown(page.getByRole("heading", { name: /Waiting for/ }));
      expect(await page.getByText("Nothing else is watched").count()).toBe(marks ? 1 : 0);
    }
  });
});

describe("what is noted", () => {
  it("is a large paste on the board as well, as text or with elements, once each", async () => {
    const { maya, sent } = await asked(true);
    const { page } = maya;
    await openBoard(maya);
    const middle = await placeOf(canvasOf(maya));
    for (const text of ["a".repeat(199), "b".repeat(300)]) {
      await page.evaluate((words) => navigator.clipboard.writeText(words), text);
      await page.mouse.click(middle.x + middle.width / 2, middle.y + middle.height / 2);
      await page.keyboard.press("Control+v");
      await shown(page.getByText("Everything you write is saved"));
    }
    await countBecomes(maya, 2);
    // The last of them is copied with its words, and comes again as an element.
    await page.keyboard.press("Control+c");
    await page.keyboard.press("Control+v");
    await countBecomes(maya, 3);
    await sent.until((frames) => marksIn(frames).length >= 2);
    const told = marksIn(sent.frames).map((frame) => /"characters":\d+/.exec(frame)?.[0]);
    expect(told).toEqual(['"characters":300', '"characters":300']);
  });

  it("is a paste of 200 characters or more and nothing shorter, and that the page is left and come back to", async () => {
    const { secrets, host, maya, sent } = await asked(true);
    const { page } = maya;
    const reminder = page.getByText("Large pastes and leaving this page are noted.");
    await shown(reminder);
    await maya.shots("marks-candidate");
    for (const [width, height] of CANDIDATE_SIZES) {
      await page.setViewportSize({ width, height });
      expect
        .soft([width, height, ...(await hidden(reminder)), ...(await missingOnCandidate(page))])
        .toEqual([width, height]);
    }
    await paste(page, "a".repeat(199));
    await paste(page, "b".repeat(300));
    await shown(page.getByText("Everything you write is saved"));
    expect((await wordsOn(ownSheet(page))).length).toBe(499);
    await turn(page, "hidden");
    await turn(page, "visible");
    // What does not fit is not in the text.
    await paste(page, "c".repeat(20_000));
    await shown(page.getByText(/Nothing of that was put in/));
    await turn(page, "hidden");
    await turn(page, "visible");
    await sent.until((frames) => marksIn(frames).length >= 5);
    const told = marksIn(sent.frames).map((frame) => /"kind":"\w+"(,"characters":\d+)?/.exec(frame)?.[0]);
    expect(told).toEqual([
      '"kind":"pasted","characters":300',
      '"kind":"left"',
      '"kind":"back"',
      '"kind":"left"',
      '"kind":"back"',
    ]);
    await host.must({ type: "end" });
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: /Play how it was written/ }).click();
    await shown(page.getByRole("button", { name: "Pasted 300 characters" }));
    const jonas = await arrive("Jonas Dahl");
    await jonas.enterAsHost(site, secrets.host);
    await jonas.page.getByText("Question and answer").click();
    await jonas.page.getByRole("button", { name: /Play how it was written/ }).click();
    const noted = jonas.page.getByRole("list", { name: "What was noted" }).getByRole("button");
    await shown(noted.first());
    expect(await noted.count()).toBe(3);
    expect((await noted.allTextContents()).map((text) => text.replace(/^\d+:\d+ /, ""))).toEqual([
      "Pasted 300 characters",
      expect.stringMatching(/^Away for \d+ s$/),
      expect.stringMatching(/^Away for \d+ s$/),
    ]);
    await noted.first().click();
    const then = jonas.page.getByRole("group", { name: "The sheet of question 1 at that moment" });
    await shown(then.getByText("b".repeat(300)));
    await jonas.shots("marks-playback");
    await jonas.page.getByRole("tab", { name: "What is kept" }).click();
    await shown(jonas.page.getByText("pasted 300 characters in question 1"));
    expect([...maya.faults, ...jonas.faults]).toEqual([]);
  });

  it("is not a reload, nor a network that is gone", async () => {
    const { maya, sent } = await asked(true);
    const { page } = maya;
    await page.reload();
    await shown(ownSheet(page));
    await maya.context.setOffline(true);
    await shown(page.getByText("Not connected"));
    await maya.context.setOffline(false);
    await shown(page.getByText("Everything you write is saved"));
    await ownSheet(page).click();
    await page.keyboard.type("typed");
    await shown(page.getByText("Everything you write is saved"));
    expect(marksIn(sent.frames)).toEqual([]);
  });

  it("is nothing at all where the room does not note", async () => {
    const { maya, sent } = await asked(false);
    const { page } = maya;
    expect(await page.getByText("are noted").count()).toBe(0);
    await paste(page, "b".repeat(300));
    await turn(page, "hidden");
    await turn(page, "visible");
    await page.keyboard.type("!");
    await shown(page.getByText("Everything you write is saved"));
    await gone(page.getByText("Saving…"));
    expect(sent.frames.length).toBeGreaterThan(3);
    expect(marksIn(sent.frames)).toEqual([]);
  });
});
