import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { allSaved, gone, launchBrowser, Person, shown, startSite } from "../support/browser.ts";

/**
 * Two people who practise with each other, from the first page to what they said of each other, with the clock moved on as if they had taken
 * their time. Each test goes on where the one before ended.
 */

const MINUTE = 60_000;
let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead });
const browser = await launchBrowser();
const ana = await Person.arrive(browser, "Ana");
// Wrong by an hour, as some are.
const bo = await Person.arrive(browser, "Bo", { viewport: { width: 390, height: 844 }, clockAheadMs: 60 * MINUTE });
const people = [ana, bo];
/** That was sent to Bo. */
let link = "";

afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = (person: Person, name: string | RegExp) =>
  person.page.getByRole("button", { name, exact: true }).first().click();
const heading = (person: Person, name: string | RegExp) => shown(person.page.getByRole("heading", { name }));

/** Time passes on the server; whoever is in a room notices with the next thing that happens there. */
async function pass(minutes: number): Promise<void> {
  ahead += minutes * MINUTE;
  await bo.page.getByRole("textbox", { name: "Write a message" }).fill(`After ${minutes} minutes`);
  await bo.page.keyboard.press("Enter");
}

describe("a pair", () => {
  it("begins with one choice of three, two names and one link", async () => {
    await ana.page.goto(site.url);
    for (const way of [/Interview a candidate/, /Practise with somebody/, /Practise alone/]) {
      await shown(ana.page.getByRole("link", { name: way }));
    }
    await ana.shot("peers-home");
    await ana.page.getByRole("link", { name: /Practise with somebody/ }).click();
    await ana.page.getByLabel("Your name").fill("Ana");
    await ana.page.getByLabel("Who you practise with").fill("Bo");
    await press(ana, "Open the room");
    await heading(ana, "Practice: Ana, Bo");
    await press(ana, /link for Bo/);
    link = await ana.page.evaluate(() => navigator.clipboard.readText());
    await bo.page.goto(link);
    await heading(bo, "Welcome, Bo");
    await press(bo, "Join");
    await heading(bo, "Practice: Ana, Bo");
    await heading(ana, /^What you ask Bo/);
    await heading(bo, /^What you ask Ana/);
    await bo.shots("peers-lobby-390");
  });

  it("shows a third who opens the link no place and no name", async () => {
    const eve = await Person.arrive(browser, "Eve");
    await eve.page.goto(link);
    await shown(eve.page.getByText(/Somebody has taken this place already/));
    expect(await eve.page.getByText(/\bBo\b/).count()).toBe(0);
    await eve.leave();
  });

  it("may swap one of one's own questions", async () => {
    const titles = () => ana.page.locator("ol summary b").allTextContents();
    const before = await titles();
    await ana.page.getByRole("button", { name: /^Swap/ }).first().click();
    await shown(ana.page.getByText("One was swapped, and one is all that can be."));
    const after = await titles();
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1)).toEqual(before.slice(1));
  });

  it("begins when both press ready, at once, and the one asks while the other answers", async () => {
    await Promise.all(people.map((person) => press(person, "I am ready")));
    await shown(ana.page.getByText("Nothing is asked yet"));
    await ana.page.keyboard.press("a");
    await shown(bo.page.getByText("Question 1", { exact: true }));
    await bo.page.getByLabel(/Your answer sheet/).fill("I would begin with an example.");
    await shown(ana.page.getByText("I would begin with an example."));
    await shown(ana.page.getByRole("region", { name: "Your script" }));
    await ana.page.keyboard.press("2");
    await allSaved(ana.page);
    await ana.shots("peers-asking");
    await bo.shots("peers-answering-390");
  });

  it("have a line of text and a place for a meeting's link", async () => {
    await press(bo, "Messages");
    await bo.page.getByRole("textbox", { name: "Write a message" }).fill("Can you hear me?");
    await bo.page.keyboard.press("Enter");
    await shown(ana.page.getByText("1 new"));
    await press(ana, "Add a meeting link");
    await ana.page.getByRole("textbox", { name: /link|address/i }).fill("https://meet.example.org/ana-bo");
    await ana.page.keyboard.press("Enter");
    await shown(bo.page.getByRole("link", { name: /Join the meeting/ }));
  });

  it("swap when the time is over, after a breath that counts down, also over a reload", async () => {
    await pass(25);
    await heading(ana, "A breath");
    await Promise.all([ana.page.reload(), bo.page.reload()]);
    await heading(ana, "A breath");
    await heading(bo, "A breath");
    await shown(ana.page.getByText(/Bo asks you now/));
    await shown(bo.page.getByText(/You ask Ana now/));
    await bo.shots("peers-breath-390");
    await press(ana, "One minute more");
    await Promise.all(people.map((person) => press(person, "I am ready")));
    await shown(bo.page.getByText("Nothing is asked yet"));
    await bo.page.getByRole("button", { name: /^Ask/ }).first().click();
    await shown(ana.page.getByText("Question 1", { exact: true }));
    await ana.page.getByLabel(/Your answer sheet/).fill("It depends on the data.");
    await shown(bo.page.getByText("It depends on the data."));
    await allSaved(bo.page);
  });

  it("end earlier where both are done", async () => {
    await press(ana, "Done");
    await shown(bo.page.getByText("Ana is done"));
    await press(bo, "Done");
    for (const person of people) await heading(person, "What you say of each other");
    const answers = ["It depends on the data.", "I would begin with an example."];
    for (const [index, { page }] of people.entries()) {
      const own = page.getByRole("region", { name: "Your questions and answers" });
      await shown(own.getByText(answers[index] ?? ""));
      expect(await own.getByText(answers[1 - index] ?? "").count()).toBe(0);
      await shown(own.getByRole("button", { name: "Copy all" }));
    }
  });

  it("read what the other gave them at the same moment, and not before", async () => {
    await ana.page.getByLabel("One thing that went well").fill("You began with an example.");
    await ana.page.getByLabel("One to try next").fill("Say what you assume.");
    await bo.page.getByLabel("One thing that went well").fill("kingfisher");
    for (const person of people) await allSaved(person.page);
    await press(ana, "Give it");
    await shown(ana.page.getByText(/Bo/).first());
    expect(ana.received.join("\n")).not.toContain("kingfisher");
    await press(bo, "Give it");
    for (const person of people) await heading(person, "What you were given");
    await shown(ana.page.getByText("kingfisher"));
    await shown(bo.page.getByText("You began with an example."));
    await ana.shots("peers-given");
    await bo.shots("peers-given-390");
  });

  it("keep it as a file, and in the history of their browser", async () => {
    const downloading = bo.page.waitForEvent("download");
    await press(bo, "Markdown");
    const file = await (await downloading).path();
    expect(await readFile(file, "utf8")).toContain("You began with an example.");
    await bo.page.goto(`${site.url}/practice/history`);
    await gone(bo.page.getByText("Nothing has been practised in this browser yet", { exact: false }));
    await bo.shots("peers-history-390");
  });

  it("without a complaint of the browser", () => {
    expect(people.flatMap(({ faults }) => faults)).toEqual([]);
  });
});

describe("alone", () => {
  it("one is asked by the room, uncovers what a strong answer holds, and takes it up again blind", async () => {
    const flo = await Person.arrive(browser, "Flo");
    const { page } = flo;
    await page.goto(`${site.url}/practice/alone`);
    await page.getByLabel("Your name").fill("Flo");
    await press(flo, "Open the room");
    await press(flo, "Begin");
    await press(flo, "First question");
    await shown(page.getByText("Question 1", { exact: true }));
    await page.getByLabel(/Your answer sheet/).fill("My first answer.");
    await shown(page.getByText("Everything you write is saved"));
    await press(flo, "Done");
    await press(flo, "Uncover the anchors");
    await heading(flo, "Your answers");
    await page.getByRole("checkbox").first().check();
    await shown(page.getByText(/1 of \d+ key points? said/));
    await flo.shots("peers-alone-review");
    ahead += 24 * 60 * MINUTE;
    await press(flo, /^Answer them again/);
    await press(flo, "Begin");
    await press(flo, "First question");
    await page.getByLabel(/Your answer sheet/).fill("My second answer.");
    await shown(page.getByText("Everything you write is saved"));
    expect(await page.getByText("My first answer.").count()).toBe(0);
    await press(flo, "Done");
    await press(flo, "Uncover the anchors");
    for (const answer of ["My first answer.", "My second answer."]) await shown(page.getByText(answer));
    expect(flo.faults).toEqual([]);
  });
});
