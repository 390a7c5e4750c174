import type { Locator } from "playwright-core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { areSound } from "../support/accessibility.ts";
import { gone, launchBrowser, Person, shown, startSite, textsBecome, there } from "../support/browser.ts";
import { UNSURE_LIST as LIST } from "../support/unsure-list.ts";

/** What an import was read as, side by side, and how each piece is put right, by hand and by key, in a real browser. */

const site = await startSite();
const browser = await launchBrowser();
const writer = await Person.arrive(browser, "Amara Okafor", {
  bypassCSP: true,
  viewport: { width: 1280, height: 900 },
});
const { page } = writer;

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = (name: string | RegExp, within: Locator | typeof page = page): Locator =>
  within.getByRole("button", { name, exact: true });
const side = (question: number, who: "the candidate sees" | "only the panel sees" | "left out"): Locator =>
  page.getByRole("list", { name: `Question ${question}: ${who}` });
const TEXTS = "[data-role] > div:last-child";
const candidateSees = (question: number, texts: readonly string[]): Promise<void> =>
  textsBecome(side(question, "the candidate sees"), TEXTS, texts);
const panelSees = (question: number, texts: readonly string[]): Promise<void> =>
  textsBecome(side(question, "only the panel sees"), TEXTS, texts);
/** The button that says what a piece is; it is called by both. */
const piece = (text: string): Locator => page.locator(`[data-stop][aria-label$=": “${text}”"]`);
const isFocused = (text: string): Promise<void> => shown(piece(text).and(page.locator(":focus")));
/** Waits until what is shown is what the server has read with all that was put right. */
const readAnew = (): Promise<void> => there(page.locator("[aria-busy=false]:has([data-stop])"));

async function look(text: string): Promise<void> {
  await page.goto(`${site.url}/bank/import`);
  await page.getByText("Paste a text instead").click();
  await page.getByLabel("Text", { exact: true }).fill(text);
  await button("Look at it").click();
  await shown(page.getByRole("heading", { name: "What the candidate sees, and what only the panel does" }));
}

/** Keeps the plan's screen, from its top. */
async function screens(step: string): Promise<void> {
  await page.locator("section", { has: page.locator("[data-stop]") }).evaluate((plan) => plan.scrollIntoView());
  await writer.shots(step);
}

/** Leaves the page as somebody does who has changed their mind. */
async function leave(): Promise<void> {
  page.once("dialog", (dialog) => void dialog.accept());
  await page.goto("about:blank");
}

describe("the plan of an import", () => {
  beforeEach(async () => {
    await look(LIST);
    return leave;
  });

  it("shows for each question what the candidate sees beside what only the panel does, with topics and what is left out", async () => {
    await candidateSees(1, ["Why is copper red?"]);
    await panelSees(1, ["It absorbs blue.", "It has one electron more"]);
    await candidateSees(2, ["Alloys"]);
    await panelSees(2, ["Mixtures of metals", "What is bronze?", "A closing word."]);
    await candidateSees(3, ["Why is neon inert?", "Who found it?"]);
    await candidateSees(4, ["Which gas is heaviest?"]);
    await shown(page.getByText("There is no answer to it in the text.").first());
    await textsBecome(page.getByRole("list", { name: "Topic" }).nth(1), TEXTS, ["Gases"]);
    await textsBecome(page.getByRole("list", { name: "Left out" }), TEXTS, ["Our list"]);
    await shown(page.getByText("4 pieces are unsure"));
    await screens("97-import-sides");
    await areSound(page);
  });

  it("leads from one unsure piece to the next, and takes one as right", async () => {
    await button("Next unsure piece").click();
    await isFocused("It absorbs blue.");
    await page.keyboard.press("u");
    await isFocused("Alloys");
    await page.keyboard.press("Shift+U");
    await isFocused("It absorbs blue.");
    await page.keyboard.press("y");
    await shown(page.getByText("3 pieces are unsure"));
    await shown(button("Answer: “It absorbs blue.”"));
    await isFocused("It absorbs blue.");
  });

  it("puts a piece on the other side by a key and by a click, keeps the focus at it, and takes it back", async () => {
    await piece("It absorbs blue.").focus();
    await page.keyboard.press("p");
    await readAnew();
    await candidateSees(1, ["Why is copper red?", "It absorbs blue."]);
    await isFocused("It absorbs blue.");
    await shown(page.getByText("“It absorbs blue.” is part of the prompt: the candidate sees it."));
    await page.keyboard.press("Control+z");
    await panelSees(1, ["It absorbs blue.", "It has one electron more"]);
    await page.keyboard.press("Control+Shift+z");
    await candidateSees(1, ["Why is copper red?", "It absorbs blue."]);
    await button("Answer instead: “Who found it?”").click();
    await panelSees(3, ["Who found it?"]);
    await isFocused("Who found it?");
    await button("Undo all").click();
    await panelSees(1, ["It absorbs blue.", "It has one electron more"]);
    await candidateSees(3, ["Why is neon inert?", "Who found it?"]);
  });

  it("puts all of one shape right at once, from the choices and after one of them", async () => {
    await piece("It has one electron more").click();
    const choice = page.getByRole("group", { name: "What is “It has one electron more”?" });
    await choice.getByLabel(/^Also 2 others that look like it$/).check();
    await screens("97-import-choices");
    await areSound(page);
    await button(/^Hint/, choice).click();
    await readAnew();
    await candidateSees(1, ["Why is copper red?", "It has one electron more"]);
    await candidateSees(2, ["Alloys", "Mixtures of metals", "What is bronze?"]);
    await gone(choice);
    await button("Undo").click();
    await panelSees(2, ["Mixtures of metals", "What is bronze?", "A closing word."]);
    await piece("Mixtures of metals").focus();
    await page.keyboard.press("r");
    await shown(button("Red flag: “Mixtures of metals”"));
    await button("Also 2 others that look like it").click();
    await readAnew();
    await shown(button("Red flag: “It has one electron more”"));
    await piece("What is bronze?").focus();
    await page.keyboard.press("Shift+A");
    await readAnew();
    await shown(button("Answer: “It has one electron more”"));
    await shown(button("Answer: “Mixtures of metals”"));
  });

  it("makes a topic of a question and a question of a topic, joins, and leaves out what it quotes", async () => {
    await button("Topic instead: “Alloys”").click();
    await shown(button("Topic: “Alloys”"));
    await isFocused("Alloys");
    await page.keyboard.press("q");
    await panelSees(2, ["Mixtures of metals", "What is bronze?", "A closing word."]);
    await button("Question instead: “Gases”").click();
    await readAnew();
    await candidateSees(3, ["Gases"]);
    await piece("It has one electron more").focus();
    await page.keyboard.press("j");
    await shown(button("Joined: “It has one electron more”"));
    await piece("A closing word.").focus();
    await page.keyboard.press("x");
    await readAnew();
    await shown(button("Joined: “It has one electron more”"));
    await textsBecome(side(2, "left out"), TEXTS, ["A closing word."]);
    await page.keyboard.press("ArrowUp");
    await isFocused("What is bronze?");
  });

  it("says why a piece stays left out that no question stands before", async () => {
    await piece("Our list").focus();
    await page.keyboard.press("a");
    await shown(page.getByText("“Our list” is still left out, as no question stands before it."));
  });

  it("fits a narrow window, one side below the other, each with its name", async () => {
    for (const width of [360, 768]) {
      await page.setViewportSize({ width, height: 800 });
      await piece("It absorbs blue.").click();
      await shown(page.getByRole("group", { name: "What is “It absorbs blue.”?" }));
      await shown(page.locator("p", { hasText: "Only the panel" }).first());
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      await screens(`97-import-sides-${width}`);
      await areSound(page);
      await piece("It absorbs blue.").click();
    }
    const [candidate, panel] = await Promise.all([
      side(1, "the candidate sees").boundingBox(),
      side(1, "only the panel sees").boundingBox(),
    ]);
    await page.setViewportSize({ width: 360, height: 800 });
    const below = await side(1, "only the panel sees").boundingBox();
    expect(panel?.x).toBeGreaterThan((candidate?.x ?? 0) + 100);
    expect(below?.x).toBe((await side(1, "the candidate sees").boundingBox())?.x);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

describe("carried out", () => {
  it("brings into the bank what was put right, and forgets it with another text", async () => {
    await look(LIST);
    await piece("It absorbs blue.").focus();
    await page.keyboard.press("p");
    await page.keyboard.press("ArrowDown");
    await button("Import").click();
    await shown(page.getByText("Imported: 4 added."));
    await gone(page.getByRole("heading", { name: "What the candidate sees, and what only the panel does" }));
    const all = (await (await fetch(`${site.url}/api/own/questions`)).json()) as { draft: { prompt: string } }[];
    expect(all.map(({ draft }) => draft.prompt)).toContain("Why is copper red?\n\nIt absorbs blue.");
    await page.getByLabel("Text", { exact: true }).fill(LIST.replaceAll("copper", "gold"));
    await button("Look at it").click();
    await panelSees(1, ["It absorbs blue.", "It has one electron more"]);
  });
});

describe("what was put right", () => {
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const choose = async (name: string, text: string): Promise<void> => {
    await page.goto(`${site.url}/bank/import`);
    await page.getByLabel("Files to import").setInputFiles([file(name, text)]);
    await button("Look at it").click();
    await shown(page.getByRole("heading", { name: "Question 1" }));
  };
  const toYours = (): Promise<void> => page.getByRole("link", { name: "Yours" }).first().click();

  it("is asked for before the page is left; where nothing was, nothing is asked", async () => {
    await choose("list.md", LIST);
    await toYours();
    await page.waitForURL("**/bank/own");
    await choose("list.md", LIST);
    await button("Prompt instead: “It absorbs blue.”").click();
    await toYours();
    await shown(page.getByRole("alertdialog"));
    await button("Stay here").click();
    await candidateSees(1, ["Why is copper red?", "It absorbs blue."]);
    await leave();
  });

  it("stays where the server does not answer, and is sent again", async () => {
    await choose("list.md", LIST);
    await page.route("**/bank/import/look", (route) => route.abort(), { times: 1 });
    await button("Prompt instead: “It absorbs blue.”").click();
    await shown(page.getByRole("alert"));
    await candidateSees(1, ["Why is copper red?", "It absorbs blue."]);
    await button("Try again").click();
    await gone(page.getByRole("alert"));
    await readAnew();
    await candidateSees(1, ["Why is copper red?", "It absorbs blue."]);
    await leave();
  });

  it("can be the columns of a table: which is the question, and what the others are", async () => {
    const rows = "Item,Key,Probe\nName a noble gas.,Neon,And another?\nName a metal.,Iron,\n";
    await page.goto(`${site.url}/bank/import`);
    await page.getByLabel("Files to import").setInputFiles([file("team.csv", rows)]);
    await button("Look at it").click();
    await shown(page.getByText(/none of the columns is called as a question is/));
    await gone(button("Import"));
    await screens("97-import-no-column");
    await areSound(page);
    await piece("Item: Name a noble gas.").focus();
    await page.keyboard.press("Shift+Q");
    await candidateSees(1, ["Name a noble gas."]);
    await candidateSees(2, ["Name a metal."]);
    await panelSees(1, ["Key: Neon", "Probe: And another?"]);
    await gone(page.getByText(/none of the columns is called as a question is/));
    await button("Follow-up instead: “Probe: And another?”").click();
    await candidateSees(1, ["Name a noble gas.", "And another?"]);
    await screens("97-import-columns");
    await areSound(page);
    await leave();
  });

  it("is imported only once the page shows what it comes to", async () => {
    await choose("list.md", "- Why is tin soft?\n\n  It melts early.\n");
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/bank/import/look", async (route) => held.then(() => route.continue()), { times: 1 });
    await shown(button("Import").and(page.locator(":enabled")));
    await button("Prompt instead: “It melts early.”").click();
    await shown(button("Import").and(page.locator(":disabled")));
    answer();
    await shown(button("Import").and(page.locator(":enabled")));
    await leave();
  });

  it("can be nothing in a file that says itself what each part is, which stands side by side too", async () => {
    await choose("list.csv", "prompt,strong_answer,hints\nWhy is gold yellow?,It absorbs blue.,Think of light.\n");
    await candidateSees(1, ["Why is gold yellow?", "Think of light."]);
    await panelSees(1, ["It absorbs blue."]);
    expect(await page.locator("[data-stop]").count()).toBe(0);
    await shown(page.getByText(/^The files say themselves what each part is/));
    await areSound(page);
  });
});

describe("a long import", () => {
  it("is shown in pages, and the keys lead over their edges", async () => {
    await look(Array.from({ length: 120 }, (_, at) => `- What is thing ${at + 1}?`).join("\n"));
    await shown(page.getByText("Questions 1 to 50 of 120").first());
    await piece("What is thing 50?").focus();
    await page.keyboard.press("ArrowDown");
    await isFocused("What is thing 51?");
    await shown(page.getByText("Questions 51 to 100 of 120").first());
    await page.keyboard.press("ArrowUp");
    await isFocused("What is thing 50?");
    await button("Next").last().click();
    await isFocused("What is thing 51?");
    await button("Previous").first().click();
    await isFocused("What is thing 1?");
  });

  it("shows markup as text and runs nothing of it", async () => {
    await look(`- What does <img src="x" onerror="document.title='run'"> do?\n`);
    await shown(page.getByText(/What does <img/).last());
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(await page.title()).not.toBe("run");
  });
});

it("nothing failed in the browser meanwhile", () => {
  expect(writer.faults).toEqual([]);
});
