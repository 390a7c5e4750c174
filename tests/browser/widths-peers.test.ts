import { afterAll, expect, it } from "vitest";
import { bankAtWorst } from "../support/bank-at-worst.ts";
import { gone, launchBrowser, Person, shown, startSite } from "../support/browser.ts";
import {
  anchors,
  CANDIDATE_SIZES,
  hidden,
  missingOnCandidate,
  missingOnPanel,
  ownSheet,
  PANEL_SIZES,
} from "../support/looking.ts";

/** A round of peers at every width: whoever asks has a script above the question, and both have a line of text beside it. */

const site = await startSite({ bank: await bankAtWorst() });
const browser = await launchBrowser();
const ana = await Person.arrive(browser, "Ana");
/** A name as long as some are, which stands beside the question. */
const BO = "Bo-Alexander Fitzwilliam-Konstantinopoulos";
const bo = await Person.arrive(browser, BO);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = (person: Person, name: string | RegExp) =>
  person.page.getByRole("button", { name, exact: true }).first().click();

it("a round is under way", async () => {
  await ana.page.goto(site.url);
  await ana.page.getByRole("link", { name: /Practise with somebody/ }).click();
  await ana.page.getByLabel("Your name").fill("Ana");
  await ana.page.getByLabel("Who you practise with").fill(BO);
  await press(ana, "Open the room");
  await press(ana, /link for Bo/);
  await bo.page.goto(await ana.page.evaluate(() => navigator.clipboard.readText()));
  await press(bo, "Join");
  await Promise.all([ana, bo].map((person) => press(person, "I am ready")));
  await shown(ana.page.getByText("Nothing is asked yet"));
  await ana.page.keyboard.press("a");
  await ownSheet(bo.page).fill("I would begin with an example.");
  await shown(ana.page.getByText("I would begin with an example."));
  await shown(anchors(ana.page).first());
  await gone(ana.page.getByRole("button", { name: /^Take back/ }));
});

it.each(PANEL_SIZES)("whoever asks sees question, sheet and anchors at %i × %i", async (width, height) => {
  await ana.page.setViewportSize({ width, height });
  await ana.shots(`widths-asking-${width}x${height}`);
  expect(await missingOnPanel(ana.page)).toEqual([]);
});

it.each(CANDIDATE_SIZES)("whoever is asked sees question and sheet at %i × %i", async (width, height) => {
  await bo.page.setViewportSize({ width, height });
  await bo.shots(`widths-asked-${width}x${height}`);
  expect(await missingOnCandidate(bo.page)).toEqual([]);
});

it.each([
  [720, 450],
  [768, 1024],
] as const)("the line of text is read and written at %i × %i, and the anchors stay", async (width, height) => {
  await ana.page.setViewportSize({ width, height });
  await press(ana, "Messages");
  const writing = ana.page.getByRole("textbox", { name: "Write a message" });
  await writing.fill(`From ${width}`);
  await ana.shots(`widths-asking-line-${width}x${height}`);
  await writing.press("Enter");
  for (const anchor of await anchors(ana.page).all()) expect(await hidden(anchor)).toEqual([]);
  await press(ana, "Messages");
});

it.each([
  [320, 568],
  [390, 844],
  [640, 360],
  [1280, 720],
] as const)("whoever is asked writes into the line of text at %i × %i, however long it is", async (width, height) => {
  const { page } = bo;
  await page.setViewportSize({ width, height });
  await bo.page.getByRole("button", { name: /^Messages/ }).click();
  const writing = page.getByRole("textbox", { name: "Write a message" });
  await writing.fill(`A message from ${width} pixels that is long enough to take more than one line, as many are.`);
  await writing.press("Enter");
  await shown(page.getByText(`A message from ${width}`));
  await bo.shots(`widths-asked-line-${width}x${height}`);
  expect(await hidden(writing)).toEqual([]);
  expect(await missingOnCandidate(page)).toEqual([]);
  await bo.page.getByRole("button", { name: /^Messages/ }).click();
});

it("nothing went wrong in either browser", () => {
  for (const person of [ana, bo]) expect(person.faults).toEqual([]);
});
