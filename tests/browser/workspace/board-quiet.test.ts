import { afterAll, describe, expect, it } from "vitest";
import {
  beginBox,
  boardOf,
  canvasOf,
  countBecomes,
  drawBox,
  drawing,
  frame,
  openBoard,
  placeOf,
  saved,
} from "../../support/board-page.ts";
import { gone, launchBrowser, type Person, shown, startSite } from "../../support/browser.ts";

/** The board while the candidate works unseen, and where it is only to be looked at. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const banner = ({ page }: Person) => page.getByRole("region", { name: "Quiet time" });
const endButton = (person: Person) => banner(person).getByRole("button", { name: "End quiet time" });
const tools = (person: Person) => boardOf(person).getByRole("radio");
/** Frames of documents among what came to a page. */
const ofDocuments = ({ received }: Person): number => received.filter((text) => text.includes('["document"')).length;
const thenShows = (boxes: number): string =>
  `The board of question 1 at that moment: ${Array.from({ length: boxes }, () => "a box without words").join(", ")}`;
const stood = "This is what stood before. Maya Lindqvist draws unseen until quiet time ends.";

async function beginQuiet({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Quiet time", exact: true }).click();
  await page.getByRole("button", { name: "Begin", exact: true }).click();
}

describe("the board in quiet time", () => {
  it("shows the panel what stood and not one byte of what is drawn, and all of it when that ends", async () => {
    const { host, maya, secrets, arrive } = await drawing(site, browser);
    const otto = await arrive("Otto Observer");
    await otto.join(site, secrets.observer);
    const panel = [host, otto];
    for (const person of [maya, ...panel]) await openBoard(person);
    await drawBox(maya, 300, 200);
    for (const person of panel) await countBecomes(person, 1);
    await beginQuiet(maya);
    for (const person of panel) {
      await shown(banner(person));
      await shown(boardOf(person).getByText(stood));
      expect(await tools(person).count()).toBe(0);
    }
    const before = panel.map(ofDocuments);
    await drawBox(maya, 300, 300);
    await drawBox(maya, 300, 400);
    await saved(maya);
    await maya.page.reload();
    await openBoard(maya);
    await countBecomes(maya, 3);
    await drawBox(maya, 300, 500);
    await saved(maya);
    for (const person of panel) {
      await canvasOf(person).click({ position: { x: 200, y: 200 } });
      await person.page.keyboard.press("r");
      await countBecomes(person, 1);
    }
    expect(panel.map(ofDocuments)).toEqual(before);
    await host.shots("board-quiet-host");
    await maya.shots("board-quiet-candidate");
    await endButton(host).click();
    for (const person of panel) {
      await countBecomes(person, 4);
      await gone(boardOf(person).getByText(stood));
    }
    await drawBox(host, 40, 300);
    await countBecomes(maya, 5);
    // And how it came to be is played, in the place of the sheet.
    for (const { page } of [maya, host, otto]) {
      await page.getByRole("tab", { name: "Story", exact: true }).click();
      await page.getByRole("radio", { name: "What was drawn" }).check();
      const playback = page.getByRole("region", { name: "How the answer to question 1 was drawn" });
      const slider = playback.getByRole("slider", { name: "Moment of the answer" });
      await slider.press("End");
      await shown(playback.getByRole("img", { name: thenShows(5) }));
      await slider.press("Home");
      await shown(playback.getByRole("img", { name: thenShows(1) }));
    }
    await maya.shots("board-quiet-story");
    for (const { faults } of [maya, ...panel]) expect(faults).toEqual([]);
  });

  it("is opened by nobody else before that ends, and says so to whoever tries or comes back", async () => {
    const { host, maya, secrets, arrive } = await drawing(site, browser);
    await openBoard(maya);
    await drawBox(maya, 300, 200);
    await saved(maya);
    await beginQuiet(maya);
    await shown(banner(host));
    const told = ({ page }: Person) => page.getByText("The board is drawn on unseen in quiet time.");
    await host.page.getByRole("tab", { name: "Board" }).click();
    await shown(told(host));
    const otto = await arrive("Otto Observer");
    await otto.join(site, secrets.observer);
    await otto.page.getByRole("tab", { name: "Board" }).click();
    await shown(told(otto));
    await host.page.reload();
    await host.page.getByRole("tab", { name: "Board" }).click();
    await shown(told(host));
    expect(await boardOf(host).count()).toBe(0);
    await host.shots("board-quiet-late");
    await drawBox(maya, 300, 300);
    await endButton(maya).click();
    for (const person of [host, otto]) {
      await shown(canvasOf(person));
      await countBecomes(person, 2);
    }
    for (const { faults } of [maya, host, otto]) expect(faults).toEqual([]);
  });

  it("keeps what the panel was in the middle of drawing until that ends", async () => {
    const { host, maya } = await drawing(site, browser);
    for (const person of [maya, host]) await openBoard(person);
    await host.context.setOffline(true);
    await drawBox(host, 40, 300);
    await countBecomes(host, 1);
    await beginQuiet(maya);
    await shown(banner(maya));
    await host.context.setOffline(false);
    await shown(banner(host));
    await countBecomes(maya, 0);
    await endButton(maya).click();
    await countBecomes(maya, 1);
    await countBecomes(host, 1);
  });
});

describe("a board that is only to be looked at", () => {
  it("is so at once on an open page, and again drawn on where the host lets the panel", async () => {
    const { host, maya } = await drawing(site, browser);
    for (const person of [maya, host]) await openBoard(person);
    await drawBox(host, 40, 300);
    await countBecomes(maya, 1);
    const letEdit = async () => {
      await host.page.getByRole("button", { name: /^People/ }).click();
      await host.page.getByRole("switch", { name: "The panel may write on the answer sheet" }).click();
      await host.page.keyboard.press("Escape");
    };
    await letEdit();
    await shown(boardOf(host).getByText("To look at only, as Maya Lindqvist draws alone."));
    expect(await tools(host).count()).toBe(0);
    await letEdit();
    await gone(boardOf(host).getByText("To look at only"));
    // In the middle of a box.
    const at = await placeOf(canvasOf(host));
    await beginBox(host, 40, 400);
    await host.page.mouse.move(at.x + 90, at.y + 430);
    await frame(host);
    await host.page.evaluate(() =>
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Close")?.click(),
    );
    // A closed question has its board as a picture, on which nobody draws.
    await shown(host.page.getByRole("img", { name: "Board of question 1" }));
    await host.page.mouse.up();
    await gone(canvasOf(host));
    expect(await tools(host).count()).toBe(0);
    await host.shots("board-closed");
    for (const { faults } of [maya, host]) expect(faults).toEqual([]);
  });
});
