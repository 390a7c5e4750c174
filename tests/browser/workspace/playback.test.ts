import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import {
  allSaved,
  becomes,
  gone,
  launchBrowser,
  openRoom,
  Person,
  type PersonOptions,
  shown,
  startSite,
} from "../../support/browser.ts";
import { misfits } from "../../support/looking.ts";
import { type Line, OwnClock, writtenIn } from "../../support/written.ts";

/** Seeing how an answer was written: going through it, playing it, and what is said where it cannot be read. */

const clock = new OwnClock();
const site = await startSite({ now: clock.now });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const LINES: readonly Line[] = [
  ["candidate", 20_000, "def sort(numbers):\n"],
  ["candidate", 2_000, "    return numbers\n"],
  ["host", 90_000, "# in which order?\n"],
  ["candidate", 1_500, "# the smallest first\n"],
];
const WHOLE = LINES.map(([, , words]) => words).join("");

async function arrive(name: string, options: PersonOptions = {}): Promise<Person> {
  const person = await Person.arrive(browser, name, options);
  onTestFinished(() => person.leave());
  return person;
}

/** Jonas before an interview that is over, at its question. */
async function afterwards(options: PersonOptions = {}, lines = LINES, prepare = async (_: Person) => {}) {
  const opened = await openRoom(site, { kitId: null });
  const { host, candidate, askId } = await writtenIn(site, clock, opened, lines);
  await host.must({ type: "end" });
  const jonas = await arrive("Jonas Dahl", options);
  await prepare(jonas);
  await jonas.enterAsHost(site, opened.secrets.host);
  await jonas.page.getByText("Question and answer").click();
  return { jonas, page: jonas.page, opened, candidate, askId };
}

const play = (page: Page): Locator => page.getByRole("button", { name: /Play how it was written/ });
const slider = (page: Page): Locator => page.getByRole("slider", { name: "Moment of the answer" });
const sheet = (page: Page): Locator => page.getByRole("group", { name: "The sheet of question 1 at that moment" });
const written = (page: Page): Promise<string> =>
  sheet(page).evaluate((pane) =>
    [...pane.querySelectorAll("pre:not([aria-hidden])")].map((pre) => pre.textContent).join(""),
  );
const said = (page: Page, text: string): Promise<void> => becomes(slider(page), "aria-valuetext", text);
/** Everything that was written up to the line. */
const upTo = (count: number): string =>
  LINES.slice(0, count)
    .map(([, , words]) => words)
    .join("");

describe("a playback", () => {
  it("is gone through by keyboard, from one moment to the next, and says the time and who writes", async () => {
    const { page } = await afterwards();
    await play(page).click();
    await said(page, "20 s of 1 min 53 s, Maya Lindqvist writes");
    expect(await written(page)).toBe(upTo(1));
    await slider(page).focus();
    await page.keyboard.press("ArrowRight");
    await said(page, "22 s of 1 min 53 s, Maya Lindqvist writes");
    expect(await written(page)).toBe(upTo(2));
    await page.keyboard.press("ArrowRight");
    await said(page, "1 min 52 s of 1 min 53 s, you write");
    expect(await written(page)).toBe(upTo(3));
    await shown(page.getByText("You write", { exact: true }));
    await page.keyboard.press("End");
    await said(page, "1 min 53 s of 1 min 53 s, Maya Lindqvist writes");
    expect(await written(page)).toBe(WHOLE);
    await page.keyboard.press("ArrowLeft");
    await said(page, "1 min 52 s of 1 min 53 s, you write");
    await page.keyboard.press("Home");
    await said(page, "20 s of 1 min 53 s, Maya Lindqvist writes");
    await page.keyboard.press("PageUp");
    await said(page, "1 min 53 s of 1 min 53 s, Maya Lindqvist writes");
    await page.getByRole("button", { name: "One step back" }).click();
    await said(page, "1 min 52 s of 1 min 53 s, you write");
    await page.getByRole("button", { name: "One step on" }).click();
    expect(await written(page)).toBe(WHOLE);
  });

  it("is gone through by mouse, also into a silence, which is shown short and named as long as it was", async () => {
    const { page } = await afterwards();
    await play(page).click();
    await slider(page).scrollIntoViewIfNeeded();
    const box = await slider(page).boundingBox();
    if (!box) throw new Error("There is no slider.");
    // The playback lasts six and a half seconds; the silence is from the second to the fifth of them.
    await page.mouse.click(box.x + box.width * 0.54, box.y + box.height / 2);
    await shown(page.getByText("Nobody writes for 1 min 30 s"));
    expect(await written(page)).toBe(upTo(2));
    await page.mouse.move(box.x + box.width * 0.54, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await said(page, "1 min 53 s of 1 min 53 s, Maya Lindqvist writes");
    await shown(page.getByText("Silences of more than 3 seconds are shortened."));
  });

  it("plays at its own speed or faster, pauses, and is over at its end", async () => {
    const { page } = await afterwards({}, LINES, async (jonas) => {
      await jonas.page.clock.install();
    });
    await play(page).click();
    await shown(slider(page));
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000);
    const at = async (): Promise<number> => Number(await slider(page).inputValue());
    const toggle = page.getByRole("button", { name: /^(Play|Pause)$/ });
    await toggle.click();
    await page.clock.runFor(1_000);
    expect(await at()).toBeGreaterThan(900);
    expect(await at()).toBeLessThan(1_100);
    expect(await written(page)).toBe(upTo(1));
    await page.clock.runFor(1_100);
    expect(await written(page)).toBe(upTo(2));
    // On the slider the space bar pauses and plays as well.
    await slider(page).focus();
    await page.keyboard.press(" ");
    await shown(page.getByRole("button", { name: "Play", exact: true }));
    const paused = await at();
    await page.clock.runFor(5_000);
    expect(await at()).toBe(paused);
    await page.getByLabel("Speed").selectOption("16×");
    await page.keyboard.press("Tab");
    await slider(page).press(" ");
    await page.clock.runFor(100);
    expect(await at()).toBeGreaterThan(paused + 1_200);
    await page.clock.runFor(1_000);
    expect(await written(page)).toBe(WHOLE);
    await shown(page.getByRole("button", { name: "Play", exact: true }));
    await toggle.click();
    expect(await at()).toBeLessThan(500);
  });

  it("shows what came to the text just then in its writer's look, and keeps the hand in sight", async () => {
    const long: readonly Line[] = Array.from(
      { length: 60 },
      (_, index) => ["candidate", 1_000, `line ${index + 1}\n`] as const,
    );
    const { page } = await afterwards({}, long);
    await play(page).click();
    await slider(page).focus();
    await page.keyboard.press("End");
    const brought = sheet(page).locator("span");
    expect(await brought.allTextContents()).toEqual(["line 60\n"]);
    const [pane, hand] = [await sheet(page).boundingBox(), await sheet(page).locator("i").boundingBox()];
    expect(hand && pane && hand.y > pane.y && hand.y + hand.height < pane.y + pane.height).toBe(true);
    const place = await page.evaluate(() => window.scrollY);
    await page.keyboard.press("Home");
    expect(await brought.allTextContents()).toEqual(["line 1\n"]);
    expect(await page.evaluate(() => window.scrollY)).toBe(place);
  });

  it("is the candidate's own too, on the page that the interview leaves them", async () => {
    const opened = await openRoom(site, { kitId: null });
    const { host, candidate } = await writtenIn(site, clock, opened, LINES);
    candidate.disconnect();
    const maya = await arrive("Maya Lindqvist");
    await maya.page.goto(`${site.url}/join#${opened.secrets.candidate}`);
    await maya.page.getByRole("button", { name: "Go to your seat" }).click();
    await shown(maya.page.getByLabel(/^Your answer sheet/));
    // While it is asked there is nothing to be played.
    expect(await play(maya.page).count()).toBe(0);
    await host.must({ type: "end" });
    await play(maya.page).click();
    await said(maya.page, "20 s of 1 min 53 s, you write");
    await slider(maya.page).press("End");
    expect(await written(maya.page)).toBe(WHOLE);
    await maya.shots("playback-candidate");
    expect(maya.faults).toEqual([]);
  });

  it("is where a rater puts evidence at a moment, which leads back to it, before and after it is submitted", async () => {
    const { jonas, page } = await afterwards();
    await play(page).click();
    await slider(page).focus();
    await page.keyboard.press("ArrowRight");
    await page.getByLabel("Note at 0:22 of the answer").fill("returns them as they came");
    // It goes on pointing at where it was begun.
    await slider(page).focus();
    await page.keyboard.press("End");
    await shown(page.getByLabel("Note at 0:22 of the answer"));
    await page.getByLabel("Evidence for").selectOption("evidence for Substance");
    await page.getByRole("button", { name: /^Keep/ }).first().click();
    await shown(page.getByLabel("Note at 1:53 of the answer"));
    const way = page.getByRole("button", { name: "at 0:22 of the answer", exact: true });
    await shown(way);
    await shown(page.getByText("evidence for Substance").last());
    await page.getByRole("button", { name: /Close the playback/ }).click();
    await way.click();
    await said(page, "22 s of 1 min 53 s, Maya Lindqvist writes");
    expect(await written(page)).toBe(upTo(2));
    await jonas.shots("playback-evidence");
    await page.getByRole("button", { name: /Close the playback/ }).focus();
    await page.keyboard.press("j");
    await page.keyboard.press("2");
    await allSaved(page);
    await page.getByLabel("Or submit without it, because").fill("for a test");
    await page.getByRole("button", { name: "Submit all the same" }).click();
    await gone(page.getByLabel(/^Note at/));
    await page.getByRole("button", { name: /Close the playback/ }).click();
    await way.click();
    await said(page, "22 s of 1 min 53 s, Maya Lindqvist writes");
    await page.getByRole("tab", { name: "Debrief" }).click();
    await page
      .getByRole("button", { name: /^Jonas Dahl, level 2/ })
      .first()
      .click();
    await shown(page.getByText("at 0:22 of the answer").first());
    await page.getByTitle("What happened at that moment").first().click();
    await said(page, "22 s of 1 min 53 s, Maya Lindqvist writes");
    await jonas.shots("playback-debrief");
    expect(jonas.faults).toEqual([]);
  });

  it("is sound to read by ear, by keyboard and in forced colours, fits a telephone, and is seen in both themes", async () => {
    const { jonas, page } = await afterwards({ bypassCSP: true });
    await play(page).click();
    await slider(page).press("ArrowRight");
    await shown(page.getByText("writes", { exact: false }).first());
    await page.getByRole("region", { name: "How the answer to question 1 was written" }).scrollIntoViewIfNeeded();
    await jonas.shots("playback-panel");
    await areSound(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole("region", { name: "How the answer to question 1 was written" }).scrollIntoViewIfNeeded();
    await jonas.shots("playback-320");
    expect(await misfits(page)).toEqual([]);
    await areSound(page);
    expect(jonas.faults).toEqual([]);
  });
});

describe("a history that cannot be read just now", () => {
  /** Answers what the page asks for of histories in the server's place. */
  async function answerHistories({ page }: Person, answer: (asked: number) => object | null): Promise<void> {
    let asked = 0;
    await page.routeWebSocket(/socket\.io/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const id = /^42(\d+)\["document",\{"type":"replay"/.exec(String(message))?.[1];
        const given = id === undefined ? null : answer(asked++);
        if (given) socket.send(`43${id}[${JSON.stringify(given)}]`);
        else server.send(message);
      });
    });
  }
  const refused = (reason: string, sentence: string) => ({ ok: false, refusal: { reason, sentence } });

  it("says so in the server's words where it is damaged", async () => {
    const { page } = await afterwards({}, LINES, (jonas) =>
      answerHistories(jonas, () => refused("document_damaged", "What is stored of this sheet has been damaged.")),
    );
    await play(page).click();
    await shown(page.getByRole("alert").getByText("What is stored of this sheet has been damaged."));
    expect(await slider(page).count()).toBe(0);
  });

  it("asks for a reload where the server does not know what it is asked", async () => {
    const { page } = await afterwards({}, LINES, (jonas) => answerHistories(jonas, () => refused("malformed", "No.")));
    await play(page).click();
    await shown(page.getByText("There is a new version of this page"));
    await shown(page.getByRole("button", { name: "Reload" }));
  });

  it("comes by itself where the server had too much to do", async () => {
    const { page } = await afterwards({}, LINES, (jonas) =>
      answerHistories(jonas, (asked) => (asked === 0 ? refused("too_many", "Too many requests at once.") : null)),
    );
    await play(page).click();
    await shown(slider(page));
  });

  it("waits for the network, and plays on without it what was read", async () => {
    const { jonas, page } = await afterwards();
    await play(page).click();
    await shown(slider(page));
    await page.getByRole("button", { name: /Close the playback/ }).click();
    await gone(slider(page));
    await jonas.context.setOffline(true);
    await shown(
      page
        .getByText("Reconnecting", { exact: false })
        .or(page.getByText("Not connected", { exact: false }))
        .first(),
    );
    await play(page).click();
    await shown(page.getByText("The server cannot be reached just now."));
    await jonas.context.setOffline(false);
    await shown(slider(page));
    await jonas.context.setOffline(true);
    await slider(page).press("End");
    expect(await written(page)).toBe(WHOLE);
    await jonas.context.setOffline(false);
  });

  it("says where nothing was written at all", async () => {
    const { page } = await afterwards({}, []);
    await play(page).click();
    await shown(page.getByText("Nothing was written on this sheet."));
  });
});
