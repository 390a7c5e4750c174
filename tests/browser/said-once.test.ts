import { afterAll, expect, it } from "vitest";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { heardUpTo, listenTo, saidTwice } from "../support/hearing.ts";
import { ownSheet } from "../support/looking.ts";

/**
 * What happens in a room is read out once, however many places of a page speak of it, whether they are seen or not. Each test goes on where
 * the one before ended.
 */

const site = await startSite();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
for (const { context } of [host, interviewer, candidate]) await listenTo(context);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const forget = ({ page }: Person): Promise<void> => page.evaluate(() => void window.heard.splice(0));

it("whoever comes into the lobby", async () => {
  await host.enterAsHost(site, secrets.host);
  await shown(host.page.getByRole("heading", { name: "Who is here" }));
  await interviewer.join(site, secrets.interviewer);
  await heardUpTo(host.page, /^Amara Okafor waits to be let in\.$/);
  await shown(interviewer.page.getByRole("heading", { name: "Waiting for Jonas Dahl" }));
  await host.letIn(interviewer);
  await heardUpTo(interviewer.page, /^You are in\.$/);
  await allSaved(host.page);
  await forget(host);
  await candidate.join(site, secrets.candidate);
  await shown(host.page.getByText("Maya Lindqvist is waiting"));
  const heard = await heardUpTo(host.page, /^Maya Lindqvist waits to be let in\.$/);
  expect(heard.filter((text) => text.includes("wait"))).toEqual(["Maya Lindqvist waits to be let in."]);
});

it("that a link was copied", async () => {
  await forget(host);
  await host.page.getByRole("button", { name: "Copy my way back" }).click();
  await shown(host.page.getByRole("button", { name: "Copied" }));
  expect(await heardUpTo(host.page, /clipboard/)).toEqual(["It is on the clipboard."]);
});

it("a question that is asked while one looks at another", async () => {
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await shown(ownSheet(candidate.page));
  const plan = interviewer.page.getByRole("navigation", { name: "Plan" });
  await plan.getByRole("button", { name: "A self-attention head to review" }).click();
  await shown(interviewer.page.getByRole("button", { name: /^Go there/ }));
  await forget(interviewer);
  await forget(host);
  await host.page.keyboard.press("a");
  await shown(interviewer.page.getByText("Question 2 is asked:").first());
  expect(await heardUpTo(interviewer.page, /^Question 2 is asked: A loss for delivery times$/)).toEqual([
    "Question 2 is asked: A loss for delivery times",
  ]);
  expect(saidTwice(await heardUpTo(host.page, /Take back U$/))).toEqual([]);
});

it("a question that comes, and one that goes, while one writes", async () => {
  const { page } = candidate;
  await ownSheet(page).focus();
  await page.keyboard.type("Half a sen");
  await shown(host.page.getByText("Half a sen"));
  await forget(candidate);
  await host.page.keyboard.press("a");
  await shown(page.getByRole("button", { name: "Go to question 3" }));
  const heard = await heardUpTo(page, /^Question 3: /);
  expect(saidTwice(heard)).toEqual([]);
  const own = heard.filter((text) => text.includes("You are still on your sheet of question 2"));
  expect(own).toHaveLength(1);
  await page.getByRole("button", { name: "Go to question 3" }).click();
  await page.keyboard.type("And another");
  await shown(host.page.getByText("And another"));
  await forget(candidate);
  await host.page.getByRole("button", { name: "Close", exact: true }).click();
  await shown(page.getByRole("button", { name: "Done" }));
  const closed = await heardUpTo(page, /Question 3 is closed\.$/);
  expect(saidTwice(closed)).toEqual([]);
  await page.getByRole("button", { name: "Done" }).click();
});

it("a connection that is lost, and that it is back", async () => {
  for (const person of [candidate, host, interviewer]) {
    await allSaved(person === candidate ? host.page : person.page);
    await forget(person);
    await person.context.setOffline(true);
    await shown(person.page.getByText("Reconnecting…"));
    const lost = await heardUpTo(person.page, /Reconnecting…/);
    expect(lost.filter((text) => /reconnect|not connected/i.test(text))).toHaveLength(1);
    await person.context.setOffline(false);
    await gone(person.page.getByText("Reconnecting…"));
    const back = await heardUpTo(person.page, /^Connected again\.$/);
    expect([...saidTwice(back), ...saidTwice([...lost, ...back])]).toEqual([]);
  }
});

it("a pause, the end and the reopening", async () => {
  for (const [words, act] of [
    [/^The interview is paused\.$/, () => host.page.keyboard.press("p")],
    [/^The interview goes on\.$/, () => host.page.keyboard.press("p")],
    [
      /^The interview has ended\.$/,
      async () => {
        await host.page.getByRole("button", { name: "End the interview", exact: true }).click();
        await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
      },
    ],
    [/The interview was reopened\.$/, () => host.page.getByRole("button", { name: /^Reopen/ }).click()],
  ] as const) {
    for (const person of [host, interviewer, candidate]) await forget(person);
    await act();
    for (const { page } of [host, interviewer, candidate])
      expect(saidTwice(await heardUpTo(page, words)), String(words)).toEqual([]);
  }
});
