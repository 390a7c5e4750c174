import type { Page } from "playwright-core";
import { afterAll, expect, it } from "vitest";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/**
 * What a screen reader is told while somebody looks elsewhere: all of it, once, in plain words, and to the candidate nothing that is the panel's.
 * Each test goes on where the one before ended.
 */

const site = await startSite();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const company = [host, interviewer, candidate];

afterAll(async () => {
  await browser.close();
  await site.close();
});

declare global {
  interface Window {
    told: string[];
  }
}

/** Writes down from now on what is put into the page's live regions that nobody sees. */
for (const { context } of company) {
  await context.addInitScript(() => {
    window.told = [];
    const look = () => {
      for (const sentence of document.querySelectorAll(".visually-hidden[aria-live=polite] p")) {
        if (sentence.hasAttribute("data-told")) continue;
        sentence.setAttribute("data-told", "");
        window.told.push(sentence.textContent ?? "");
      }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
}

/** Waits until the last that was told is this, and gives all that was told since it was asked last. */
async function toldUpTo({ page }: Person, last: string): Promise<string[]> {
  await page.waitForFunction((sentence) => window.told.at(-1) === sentence, last);
  return page.evaluate(() => window.told.splice(0));
}
const heard = (page: Page): Promise<string[]> => page.evaluate(() => window.told);

it("who waits is told to the host, and who is let in is told so", async () => {
  await host.enterAsHost(site, secrets.host);
  await shown(host.page.getByRole("heading", { name: "Who is here" }));
  await interviewer.join(site, secrets.interviewer);
  expect(await toldUpTo(host, "Amara Okafor waits to be let in.")).toEqual(["Amara Okafor waits to be let in."]);
  await shown(interviewer.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
  await host.letIn(interviewer);
  expect(await toldUpTo(interviewer, "You are in.")).toEqual(["You are in."]);
  await candidate.join(site, secrets.candidate);
  await shown(candidate.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
  expect(await toldUpTo(host, "Maya Lindqvist waits to be let in.")).toEqual(["Maya Lindqvist waits to be let in."]);
  expect(await heard(interviewer.page)).toEqual([]);
});

it("being let in is told to the candidate, and the beginning to everybody", async () => {
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  const admitted = await toldUpTo(candidate, "The interview has begun.");
  expect(admitted).toEqual([expect.stringMatching(/^You are (?:in|let in)\.$/), "The interview has begun."]);
  for (const person of [host, interviewer])
    expect(await toldUpTo(person, "The interview has begun.")).toEqual(["The interview has begun."]);
});

it("a question is read as plain text, once, and to the panel by its number", async () => {
  await host.page.keyboard.press("/");
  await host.page.getByRole("button", { name: "Type a question of your own" }).click();
  const prompt =
    "## Look at *this*\n\nWhy does `f` cost $O(n^2)$?\n\n```py\ndef f(x):\n    return x\n```\n\n- time\n- **space**";
  await host.page.getByLabel("Your question").fill(prompt);
  await host.page.getByRole("dialog").getByRole("button", { name: "Ask now" }).click();
  const spoken = "Question 1: Look at this. Why does f cost O(n^2)? 2 lines of code. time. space.";
  expect(await toldUpTo(candidate, spoken)).toEqual([spoken]);
  const [told = ""] = await toldUpTo(interviewer, (await toldLast(interviewer)) ?? "");
  expect(told).toMatch(/^Question 1 is asked: Look at this$/);
  // The bar that takes it back says so to whoever asked.
  await shown(host.page.getByRole("status").filter({ hasText: "Asked Maya Lindqvist" }));
  expect(await heard(host.page)).toEqual([]);
});

const toldLast = async ({ page }: Person): Promise<string | undefined> => {
  await page.waitForFunction(() => window.told.length > 0);
  return page.evaluate(() => window.told.at(-1));
};

it("a hint is told to the candidate, and that it was taken back", async () => {
  await gone(host.page.getByRole("dialog"));
  await host.page.getByRole("button", { name: "Ask A self-attention head to review" }).click();
  await toldLast(candidate);
  const [asked = ""] = await candidate.page.evaluate(() => window.told.splice(0));
  expect(asked).toMatch(/^Question 2: A colleague wrote .* \d+ lines of code\./);
  expect(asked).not.toMatch(/[`*]/);
  await shown(host.page.getByRole("button", { name: /^Reveal H/ }).first());
  await host.page.keyboard.press("h");
  const hint = (await toldLast(candidate)) ?? "";
  expect(hint).toMatch(/^A hint: /);
  await shown(host.page.getByRole("status").filter({ hasText: "Take back" }));
  await host.page.keyboard.press("u");
  expect(await toldUpTo(candidate, "A hint was taken back.")).toEqual([hint, "A hint was taken back."]);
});

it("a question that is taken back is told to be, and is read no more", async () => {
  await host.page.keyboard.press("a");
  const asked = (await toldLast(candidate)) ?? "";
  expect(asked).toMatch(/^Question 3: /);
  await shown(host.page.getByRole("status").filter({ hasText: "Take back" }));
  await host.page.keyboard.press("u");
  // The one before is open again, and is read as the question that is asked now.
  await candidate.page.waitForFunction(() => window.told.length > 1);
  const [, again = ""] = await candidate.page.evaluate(() => window.told.splice(0));
  expect(again).toMatch(/^Question 2: /);
  expect(await candidate.page.locator("[aria-live=polite]").filter({ hasText: "Question 3" }).count()).toBe(0);
  for (const person of [host, interviewer]) await toldUpTo(person, "Question 3 was taken back.");
});

it("a raised hand is told to the panel, and to the candidate that it was lowered", async () => {
  await candidate.page.getByRole("button", { name: "Raise hand" }).click();
  for (const person of [host, interviewer])
    expect(await toldUpTo(person, "Maya Lindqvist raised a hand.")).toEqual(["Maya Lindqvist raised a hand."]);
  await host.page.getByRole("button", { name: /^Hand raised by/ }).click();
  expect(await toldUpTo(candidate, "Your hand is lowered.")).toEqual(["Your hand is raised.", "Your hand is lowered."]);
  await toldUpTo(host, "The hand of Maya Lindqvist is lowered.");
  await toldUpTo(interviewer, "The hand of Maya Lindqvist is lowered.");
});

it("a pause and that it goes on are told to everybody", async () => {
  await host.page.keyboard.press("p");
  for (const person of company)
    expect(await toldUpTo(person, "The interview is paused.")).toEqual(["The interview is paused."]);
  await host.page.keyboard.press("p");
  for (const person of company)
    expect(await toldUpTo(person, "The interview goes on.")).toEqual(["The interview goes on."]);
});

it("the candidate is told nothing of what the panel rates and writes", async () => {
  await interviewer.page.keyboard.press("3");
  await interviewer.page.keyboard.press("n");
  await interviewer.page.keyboard.type("+secret");
  await interviewer.page.keyboard.press("Enter");
  await shown(interviewer.page.getByText("secret"));
  await shown(interviewer.page.getByText("All saved", { exact: true }));
  expect(await heard(candidate.page)).toEqual([]);
});

it("a connection that is back is told", async () => {
  await candidate.context.setOffline(true);
  await shown(candidate.page.getByText("Reconnecting…"));
  await candidate.context.setOffline(false);
  expect(await toldUpTo(candidate, "Connected again.")).toEqual(["Connected again."]);
});

it("a second host is told to the panel", async () => {
  await host.page.getByRole("button", { name: /^People/ }).click();
  await host.page.getByRole("button", { name: "Make host: Amara Okafor" }).click();
  await host.page.getByRole("button", { name: "Make host: Amara Okafor" }).click();
  expect(await toldUpTo(interviewer, "You are a host now.")).toEqual(["You are a host now."]);
  expect(await toldUpTo(host, "Amara Okafor is a host now.")).toEqual(["Amara Okafor is a host now."]);
  expect(await toldUpTo(candidate, "Amara Okafor is a host now.")).toEqual(["Amara Okafor is a host now."]);
  await host.page.keyboard.press("Escape");
});

it("the end and the reopening are told to everybody", async () => {
  await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
  await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
  for (const person of company)
    expect(await toldUpTo(person, "The interview has ended.")).toEqual(["The interview has ended."]);
  await host.page.getByRole("button", { name: /^Reopen/ }).click();
  for (const person of company) {
    const told = await toldUpTo(person, "The interview was reopened.");
    expect(told.at(-1)).toBe("The interview was reopened.");
  }
});
