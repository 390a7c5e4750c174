import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** A question before it is asked: the panel reads the whole of it, in the lobby and in the room, and nobody else a word. */

const site = await startSite();
const browser = await launchBrowser();
const { questions, kits } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const observer = await Person.arrive(browser, "Wei Zhang");
const candidate = await Person.arrive(browser, "Maya Lindqvist");

await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await interviewer.join(site, secrets.interviewer);
await host.letIn(interviewer);
await observer.join(site, secrets.observer);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const third = questions.get(kits.get("ml-engineer-screen")?.questions[2]?.question ?? "");
if (!third) throw new Error("The kit has no third question.");
const { title, strongAnswer, criteria } = third;
const words = (text = ""): string =>
  text
    .replace(/[`*$\\].*/s, "")
    .trim()
    .slice(0, 25);
const anchors = criteria.flatMap((criterion) => criterion.anchors.map(words));

const seesAll = async (within: Locator): Promise<void> => {
  for (const anchor of anchors) await shown(within.getByText(anchor).first());
};

describe("in the lobby", () => {
  it.each([
    ["the host", host],
    ["an interviewer", interviewer],
  ])("%s reads prompt, strong answer and rubric of a planned question", async (_, { page }) => {
    const item = page.getByRole("listitem").filter({ hasText: title });
    const read = item.getByRole("button", { name: `Read ${title}` });
    await read.click();
    await seesAll(item);
    await shown(item.getByText(words(strongAnswer[0])).first());
    await read.click();
    await gone(item.getByText(anchors[0] ?? ""));
  });

  it("an observer is not offered to", async () => {
    await shown(observer.page.getByText(title));
    expect(await observer.page.getByRole("button", { name: `Read ${title}` }).count()).toBe(0);
  });

  it("it can be read on a narrow screen", async () => {
    const { page } = interviewer;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: `Read ${title}` }).click();
    await seesAll(page.getByRole("listitem").filter({ hasText: title }));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await interviewer.shots("before-asked-1-lobby-narrow");
    await page.setViewportSize({ width: 1280, height: 720 });
    await interviewer.shots("before-asked-2-lobby");
  });
});

describe("in the room", () => {
  it("the plan's preview has the rubric beside it, and its last word can be reached", async () => {
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    const { page } = interviewer;
    await page.getByRole("navigation", { name: "Plan" }).getByRole("button").filter({ hasText: title }).click();
    await seesAll(page.getByRole("complementary", { name: "Your scorecard" }));
    const pane = page.getByRole("region", { name: "Question", exact: true });
    const last = pane.getByText(words(strongAnswer.at(-1))).last();
    await last.scrollIntoViewIfNeeded();
    const box = await last.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
    await interviewer.shots("before-asked-3-room");
  });

  it("an observer reads the title alone", async () => {
    const { page } = observer;
    await page.getByRole("navigation", { name: "Plan" }).getByRole("button").filter({ hasText: title }).click();
    await shown(page.getByRole("heading", { name: title }));
    expect(await page.getByText(anchors[0] ?? "").count()).toBe(0);
  });

  it("nothing of it reached the candidate, or failed anywhere", () => {
    for (const anchor of anchors) expect(candidate.received.join("\n")).not.toContain(anchor);
    for (const { faults } of [host, interviewer, observer, candidate]) expect(faults).toEqual([]);
  });
});
