import { afterAll, expect, test } from "vitest";
import { type Person, shown, startSite } from "../support/browser.ts";
import { arriveToCall, connectionsMade, joinCall, launchWithDevices, untilFlows } from "../support/callers.ts";

/** Two people who practise with each other are in one call from the lobby to the end, whoever asks. */

const site = await startSite();
const browser = await launchWithDevices();
const ana = await arriveToCall(browser, "Ana");
const bo = await arriveToCall(browser, "Bo", { viewport: { width: 390, height: 844 } });
const people = [ana, bo];

afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = ({ page }: Person, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const flows = async () => {
  for (const { page } of people) await untilFlows(page, 1);
};

test("the call stands through the swap of a pair, by the same connection", async () => {
  await ana.page.goto(`${site.url}/practice`);
  await ana.page.getByLabel("Your name").fill("Ana");
  await ana.page.getByLabel("Who you practise with").fill("Bo");
  await press(ana, "Open the room");
  await press(ana, /link for Bo/);
  await bo.page.goto(await ana.page.evaluate(() => navigator.clipboard.readText()));
  await press(bo, "Join");
  for (const person of people) await joinCall(person);
  await flows();
  for (const person of people) await press(person, "I am ready");
  await shown(ana.page.getByText("Nothing is asked yet"));
  await press(ana, /^Ask/);
  await shown(bo.page.getByText("Question 1", { exact: true }));
  await flows();
  await ana.shot("call-pair-asks");
  await bo.shot("call-pair-answers-390");
  for (const person of people) await press(person, "Done");
  for (const person of people) await shown(person.page.getByRole("heading", { name: "A breath" }));
  await flows();
  await ana.shot("call-pair-breath");
  for (const person of people) await press(person, "I am ready");
  await shown(bo.page.getByText("Nothing is asked yet"));
  await press(bo, /^Ask/);
  await shown(ana.page.getByText("Question 1", { exact: true }));
  await flows();
  for (const person of people) await press(person, "Done");
  for (const person of people) await shown(person.page.getByRole("heading", { name: "What you say of each other" }));
  await flows();
  await bo.shot("call-pair-end-390");
  expect(await Promise.all(people.map(connectionsMade))).toEqual([1, 1]);
  expect(people.flatMap(({ faults }) => faults)).toEqual([]);
});
