import type { BankQuestion } from "@whetstone/shared/bank";
import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** A slip of the hand is undone by one key or one click: a question, a hint, a note, the end. */

const site = await startSite();
const browser = await launchBrowser();
const { questions, kits } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const company = [host, interviewer, candidate];

await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await interviewer.join(site, secrets.interviewer);
await host.letIn(interviewer);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));

afterAll(async () => {
  await browser.close();
  await site.close();
});

const planned = kits.get("ml-engineer-screen")?.questions.map((item) => item.question) ?? [];
function at(index: number): BankQuestion {
  const found = questions.get(planned[index] ?? "");
  if (!found) throw new Error(`The kit has no question ${index + 1}.`);
  return found;
}
const beginning = (text: string): string =>
  text
    .replace(/[`*$\\\n].*/s, "")
    .trim()
    .slice(0, 30);
const promptOn = ({ page }: Person, index: number) => page.getByText(beginning(at(index).prompt)).first();
const offer = ({ page }: Person) => page.getByRole("status").filter({ hasText: "Take back" });
const askNext = async (index: number): Promise<void> => {
  await host.page.keyboard.press("a");
  for (const person of company) await shown(promptOn(person, index));
};

describe("what was asked", () => {
  it("is gone from everybody's page by one key", async () => {
    await askNext(0);
    await shown(offer(host).getByText(`Asked Maya Lindqvist: ${at(0).title}`));
    expect(await offer(interviewer).count()).toBe(0);
    await host.shots("taking-back-1-asked");
    await host.page.keyboard.press("u");
    await gone(promptOn(candidate, 0));
    await shown(interviewer.page.getByText("Nothing is asked yet"));
    await shown(host.page.getByText("Nothing is asked yet"));
    await gone(offer(host));
    await candidate.shot("taking-back-2-candidate");
  });

  it("can be asked again, and the one that a slip closed is open again with what was written", async () => {
    await askNext(0);
    const sheet = candidate.page.getByLabel(/answer/i).first();
    await sheet.fill("I would begin with the data.");
    await shown(host.page.getByTestId("answer").getByText("I would begin with the data."));
    await askNext(1);
    await offer(host).getByRole("button", { name: "Take back" }).click();
    for (const person of company) await shown(promptOn(person, 0));
    await gone(promptOn(candidate, 1));
    expect(await wordsOn(sheet)).toBe("I would begin with the data.");
    await shown(host.page.getByText("Maya Lindqvist sees this"));
  });
});

it("a question that was typed is kept to be asked again, and is nowhere on the candidate's page", async () => {
  const { page } = host;
  const QUESTION = "Which baseline would you be ashamed to lose to?";
  const compose = async () => {
    await page.keyboard.press("/");
    await page.getByRole("button", { name: "Type a question of your own" }).click();
  };
  await compose();
  await page.getByLabel("Your question").fill(QUESTION);
  await page.getByRole("button", { name: "Ask now" }).click();
  await shown(candidate.page.getByText(QUESTION).first());
  await shown(offer(host));
  await page.keyboard.press("u");
  await gone(candidate.page.getByText(QUESTION).first());
  await shown(page.getByText("but for what you have not sent"));
  await page.keyboard.press("/");
  await shown(page.getByText("The question that you typed and have not asked is kept there."));
  await host.shots("taking-back-typed");
  await page.getByRole("button", { name: "Type a question of your own" }).click();
  expect(await page.getByLabel("Your question").inputValue()).toBe(QUESTION);
  await page.getByRole("button", { name: "Ask now" }).click();
  await shown(candidate.page.getByText(QUESTION).first());
  await shown(offer(host));
  await page.keyboard.press("u");
  await gone(candidate.page.getByText(QUESTION).first());
  await compose();
  await page.getByLabel("Your question").fill("");
  await gone(page.getByText("but for what you have not sent"));
  await page.keyboard.press("Escape");
  await gone(page.getByRole("dialog"));
  expect(
    await candidate.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
  ).not.toContain("ashamed");
});

it("what was revealed is hidden again, by who revealed it", async () => {
  const hint = candidate.page.getByText(beginning(at(0).hints[0] ?? "")).first();
  await interviewer.page.keyboard.press("h");
  await shown(hint);
  await shown(offer(interviewer).getByText("Revealed to Maya Lindqvist: hint 1"));
  expect(await offer(host).count()).toBe(0);
  await interviewer.page.keyboard.press("u");
  await gone(hint);
  await shown(interviewer.page.getByRole("button", { name: "Reveal H: Hint 1" }));
});

it("while the interview is paused nothing is asked, and the plan, a question of it and the bank say why", async () => {
  const { page } = host;
  const why = page.getByText("The interview is paused. Questions can be asked once it goes on.");
  const plan = page.getByRole("navigation", { name: "Plan" });
  const ask = plan.getByRole("button", { name: /^Ask / }).last();
  const isExplained = async (button: Locator) => {
    expect(await button.isDisabled()).toBe(true);
    const id = (await button.getAttribute("aria-describedby")) ?? "";
    await shown(page.locator(`[id="${id}"]`, { hasText: "The interview is paused." }));
  };
  await shown(ask);
  expect(await why.count()).toBe(0);
  await page.keyboard.press("p");
  await shown(plan.getByText("The interview is paused."));
  await isExplained(ask);
  await page.keyboard.press("/");
  const drawer = page.getByRole("dialog", { name: "Question bank" });
  await drawer.getByRole("listitem").first().getByRole("button").click();
  await isExplained(drawer.getByRole("button", { name: "Ask now" }));
  await page.getByRole("button", { name: "Close the bank" }).click();
  await gone(drawer);
  await page.keyboard.press("p");
  await gone(why);
});

it("while the interview is paused nothing is revealed, neither by its button nor by its key, and both say why", async () => {
  const why = /The interview is paused\. Hints and follow-ups can be revealed once it goes on\./;
  const hint = candidate.page.getByText(beginning(at(0).hints[0] ?? "")).first();
  const { page } = interviewer;
  const button = page.getByRole("button", { name: "Reveal H: Hint 1" });
  await host.page.keyboard.press("p");
  await shown(page.getByText(why));
  expect(await button.isDisabled()).toBe(true);
  expect(await button.evaluate((element) => element.getAttribute("aria-describedby"))).toBe(
    await page.getByText(why).getAttribute("id"),
  );
  await page.keyboard.press("h");
  const refused = page.getByRole("alert").getByText(/It is paused: this can be done once it goes on/);
  await shown(refused);
  expect(await hint.count()).toBe(0);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await gone(refused);

  await host.page.keyboard.press("p");
  await gone(page.getByText(why));
  await page.keyboard.press("h");
  await shown(hint);
  await shown(offer(interviewer));
  await page.keyboard.press("u");
  await gone(hint);
});

it("a note that was removed comes back as it was", async () => {
  const { page } = interviewer;
  await page.keyboard.press("n");
  await page.keyboard.type("Names the base rate first");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  const row = page.getByRole("listitem").filter({ hasText: "Names the base rate first" });
  const time = await row.locator("time").textContent();
  await row.getByRole("button", { name: "Remove the note" }).click();
  await gone(row);
  await offer(interviewer).getByRole("button", { name: "Take back" }).click();
  await shown(row);
  expect(await row.locator("time").textContent()).toBe(time);
});

describe("an end that was not meant", () => {
  it("is undone by the host, and everybody is where they were", async () => {
    await interviewer.page.keyboard.press("3");
    const rated = interviewer.page.locator('[data-focused="true"] [data-level="3"]');
    await becomes(rated, "aria-checked", "true");
    await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await shown(candidate.page.getByRole("heading", { name: "The interview is over" }));
    const reopen = host.page.getByRole("button", { name: "Reopen the interview" });
    await shown(reopen);
    await shown(interviewer.page.getByRole("tab", { name: "Your scorecard" }));
    expect(await interviewer.page.getByRole("button", { name: "Reopen the interview" }).count()).toBe(0);
    await host.shots("taking-back-3-ended");
    await reopen.click();
    for (const person of company) await shown(promptOn(person, 0));
    await becomes(rated, "aria-checked", "true");
    const sheet = candidate.page.getByLabel(/answer/i).first();
    expect(await wordsOn(sheet)).toBe("I would begin with the data.");
    await sheet.fill("I would begin with the data, and its labels.");
    await shown(host.page.getByTestId("answer").getByText("and its labels."));
  });
});

it("nothing failed in the browsers meanwhile", () => {
  for (const person of company) expect(person.faults).toEqual([]);
});
