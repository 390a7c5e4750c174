import { readFile } from "node:fs/promises";
import { JoinResponse } from "@whetstone/shared/links-wire";
import type { Command } from "@whetstone/shared/room/command";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { allSaved, gone, launchBrowser, Person, realBank, shown, startSite, textsBecome } from "../support/browser.ts";
import { newId, Seat } from "../support/seats.ts";

/**
 * What a candidate is told, from the panel's notes to the candidate's own browser. The interview itself is held over bare
 * connections. Each test goes on where the one before ended.
 */

const site = await startSite();
const browser = await launchBrowser();
const wide = { viewport: { width: 1440, height: 900 } };
const host = await Person.arrive(browser, "Jonas Dahl", wide);
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const { questions } = await realBank();

afterAll(async () => {
  await browser.close();
  await site.close();
});

const QUESTION = "loss-for-the-task";
const UNANSWERED = "vanishing-gradients";
const ANSWER = "Cross-entropy, because the <classes> exclude each other.\n\tlogits -> softmax";
const STRENGTH = "canary-strength: derived the gradient without being asked";
const CONCERN = "canary-concern: guessed at the learning rate";
const UNMARKED = "canary-unmarked: seemed nervous at first";
const SUMMARY = "canary-summary: solid on the basics, thin on practice";
const REASON = "canary-reason: had to leave early";
const SECRETS = [STRENGTH, CONCERN, UNMARKED, SUMMARY, REASON, "strong_no", "Strong no", "Amara"];
const MESSAGE = "Dear Maya,\n\nthank you for the hour. You were clear and open.";

const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("button", { name, exact: true });
const textBox = (page: Page, name: string): Locator => page.getByRole("textbox", { name, exact: true });
const letterText = (page: Page): Promise<string> => page.getByRole("article").innerText();
const publishing = (page: Page): Locator => page.getByRole("region", { name: "Publishing" });

const Hosted = z.array(
  z.looseObject({
    roomId: z.string(),
    hostSecret: z.string(),
    links: z.record(z.string(), z.looseObject({ secret: z.string() })),
  }),
);

let room: z.infer<typeof Hosted>[number];
const secretFor = (role: string): string => room.links[role]?.secret ?? "";

/** Takes the seat of a link, does something in it, and hangs up. */
async function inSeat(secret: string, name: string | null, act: (seat: Seat) => Promise<void>): Promise<Seat> {
  const response = await fetch(`${site.url}/api/links/join`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, name }),
  });
  const seat = await new Seat(site.url, JoinResponse.parse(await response.json()).token).connect();
  await act(seat);
  return seat;
}

const note = (askId: string, text: string, mark: "strength" | "concern" | null): Command => {
  return { type: "writeNote", noteId: newId("n"), askId, text, mark, evidenceFor: null, ageMs: 0 };
};

/** An interview of two questions, which the interviewer scores and submits, and the host does not. */
async function holdInterview(): Promise<void> {
  const maya = await inSeat(secretFor("candidate"), candidate.name, async () => {});
  const amara = await inSeat(secretFor("interviewer"), "Amara Okafor", async () => {});
  const jonas = await inSeat(room.hostSecret, null, async (seat) => {
    for (const { seatId } of [maya, amara]) await seat.must({ type: "admit", seatId });
    await seat.must({ type: "start" });
    await seat.must({ type: "push", source: { kind: "bank", questionId: QUESTION } });
  });
  const { askId, question } = jonas.openAsk;
  await maya.must({ type: "writeAnswer", askId, text: ANSWER });
  await jonas.must({ type: "reveal", askId, kind: "hint", index: 0 });
  for (const { id } of question.criteria) await amara.must({ type: "rate", askId, criterionId: id, level: 3 });
  await amara.must(note(askId, STRENGTH, "strength"));
  await amara.must(note(askId, CONCERN, "concern"));
  await amara.must(note(askId, UNMARKED, null));
  await jonas.must({ type: "push", source: { kind: "bank", questionId: UNANSWERED } });
  await jonas.must({ type: "end" });
  await amara.must({ type: "writeSummary", text: SUMMARY });
  await amara.must({ type: "recommend", recommendation: "strong_no" });
  await amara.must({ type: "submitScorecard", reason: REASON });
  for (const seat of [maya, amara, jonas]) seat.disconnect();
}

async function openComposer({ page }: Person): Promise<void> {
  await page.goto(`${site.url}/join#${room.hostSecret}`);
  await page.waitForURL("**/room/*");
  await page.getByRole("tab", { name: "Feedback for the candidate" }).click();
  await shown(publishing(page));
}

async function copiedLink(page: Page): Promise<string> {
  await button(page, "Copy link to the feedback").click();
  await shown(publishing(page).getByText("Copied"));
  return page.evaluate(() => navigator.clipboard.readText());
}

let link = "";

describe("the host", () => {
  it("can begin to write before the scorecards are open, and reads nothing of them there", async () => {
    const { page } = host;
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Your name").fill(host.name);
    await page.getByLabel("Title").fill("Interview: نموذج / 面试");
    await page.getByLabel("Candidate's name (optional)").fill(candidate.name);
    await page.getByLabel("Role or team (optional)").fill("Forecasting team");
    await button(page, "Open the room").click();
    await shown(page.getByText("Who is here"));
    const stored = await page.evaluate(() => localStorage.getItem("whetstone.rooms"));
    const [opened] = Hosted.parse(JSON.parse(stored ?? "[]"));
    if (!opened) throw new Error("This browser does not remember the room.");
    room = opened;
    await holdInterview();

    await openComposer(host);
    await shown(publishing(page).getByText("Not published."));
    await shown(publishing(page).getByText("It can be published once you have submitted your own scorecard."));
    expect(await publishing(page).getByRole("button").count()).toBe(0);
    await textBox(page, "Message").fill(MESSAGE);
    await allSaved(page);
    expect(host.received.join("\n")).not.toContain("canary-");
    await host.shot("60-feedback-closed");
  });

  it("copies the panel's material to reword it, and is told where it still is private", async () => {
    const { page } = host;
    await inSeat(room.hostSecret, null, async (seat) => {
      await seat.must({ type: "submitScorecard", reason: "Amara scored it all." });
      seat.disconnect();
    });
    await openComposer(host);
    expect(await textBox(page, "Message").inputValue()).toBe(MESSAGE);
    const sources = page.getByRole("region", { name: "From the panel" });
    for (const text of [STRENGTH, CONCERN, SUMMARY]) await shown(sources.getByText(text));
    expect(await sources.getByText(UNMARKED).count()).toBe(0);

    await button(sources, `Copy to reword: ${STRENGTH}`).click();
    const point = textBox(page, "What went well, 1");
    expect(await point.inputValue()).toBe(STRENGTH);
    const copied = page.getByText("Word for word Amara Okafor's private text. Say it in words meant for them.");
    await shown(copied);
    await host.shots("61-feedback-copied");
    await point.fill("You found the gradient on your own. Strong no from Amara.");
    await gone(copied);
    await shown(page.getByText("“Strong no” sounds like a recommendation, which stays with the panel."));
    await shown(page.getByText("Names Amara Okafor, whose name is not to be given."));
    await shown(publishing(page).getByText("2 things in it to look at first, marked below."));
    await point.fill("You found the gradient on your own.");
    await gone(page.getByText("sounds like a recommendation"));
    await allSaved(page);
  });

  it("adds, moves and takes out points, and a reload keeps them", async () => {
    const { page } = host;
    await button(page, "Add a concern").click();
    await textBox(page, "What to work on, 1").fill("Check a guess before you build on it.");
    await button(page, "Add a concern").click();
    await textBox(page, "What to work on, 2").fill("قل لماذا، وليس فقط ماذا.\nواذكر البدائل.");
    await button(page, "Add a concern").click();
    await textBox(page, "What to work on, 3").fill("One point too many.");
    await button(page, "Move concern 2 up").click();
    await button(page, "Take concern 3 out").click();
    await page.getByLabel("List them, each with the panel's level").check();
    await allSaved(page);
    await page.reload();
    await shown(publishing(page));
    expect(await textBox(page, "What to work on, 1").inputValue()).toContain("قل لماذا");
    expect(await textBox(page, "What to work on, 2").inputValue()).toBe("Check a guess before you build on it.");
    expect(await textBox(page, "What to work on, 3").count()).toBe(0);
    const read = page.getByRole("region", { name: `What ${candidate.name} will read` });
    await textsBecome(read.locator("ul[data-kind=strengths]"), "li", ["You found the gradient on your own."]);
    await shown(read.getByText("Level 3 of 4: Explains it"));
    await shown(read.getByText("No level was given"));
  });

  it("publishes also what was typed a moment ago, under a link of its own", async () => {
    const { page } = host;
    await textBox(page, "Message").fill(`${MESSAGE}\n\nUntil soon`);
    await publishing(page).getByLabel("The link works for").selectOption("7 days");
    await button(publishing(page), "Publish").click();
    await shown(publishing(page).getByText("Published", { exact: true }));
    await shown(publishing(page).getByText(/^The link works until /));
    link = await copiedLink(page);
    expect(link).toMatch(new RegExp(`^${site.url}/feedback#r_[a-z0-9]+\\.[\\w-]{43}$`));
    await host.shots("62-feedback-published");
    await page.setViewportSize({ width: 390, height: 844 });
    await host.shots("63-feedback-composer-narrow");
    expect(await sideways(page)).toBe(0);
    await page.setViewportSize(wide.viewport);
  });
});

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("the candidate", () => {
  it("reads exactly what the host saw", async () => {
    const { page } = candidate;
    await page.goto(link);
    await shown(page.getByRole("heading", { name: `Feedback for ${candidate.name}`, level: 1 }));
    const text = await letterText(page);
    expect(text).toBe(await letterText(host.page));
    expect(text).toContain("Until soon");
    expect(text).toContain("Interview: نموذج / 面试");
    await page.getByText("Question 1, as it was put to you").click();
    await shown(page.getByText((questions.get(QUESTION)?.hints[0] ?? "").slice(0, 30)));
    await shown(page.locator("pre").getByText("Cross-entropy, because the <classes> exclude each other."));
    await candidate.shots("64-feedback-candidate");
  });

  it("receives nothing that is the panel's, and none of the panel's code", async () => {
    const received = candidate.received.join("\n");
    expect(received).toContain("Until soon");
    expect(SECRETS.filter((secret) => received.includes(secret))).toEqual([]);
    const { strongAnswer = [], redFlags = [], criteria = [] } = questions.get(QUESTION) ?? {};
    const rubric = [...strongAnswer, ...redFlags, ...criteria.flatMap(({ anchors }) => anchors)];
    expect(rubric.length).toBeGreaterThan(10);
    expect(rubric.filter((text) => received.includes(JSON.stringify(text).slice(1, -1)))).toEqual([]);
    expect(
      candidate.requested.filter((url) => url.startsWith("ws:") || url.includes(link.split("#")[1] ?? "")),
    ).toEqual([]);
    expect(candidate.complaints).toEqual([]);
  });

  it("takes the feedback and their own answers home, under names that every system takes", async () => {
    const { page } = candidate;
    const saved = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
    };
    const feedback = await saved("Download feedback");
    expect(feedback.name).toBe("feedback-Interview-نموذج-面试.md");
    expect(feedback.text).toContain("- You found the gradient on your own.");
    expect(feedback.text).toContain("### Question 1. Level 3 of 4: Explains it");
    const answers = await saved("Download your answers");
    expect(answers.name).toBe("answers-Interview-نموذج-面试.md");
    expect(answers.text).toContain(`\`\`\`text\n${ANSWER}\n\`\`\``);
    const both = feedback.text + answers.text;
    expect(SECRETS.filter((secret) => both.includes(secret))).toEqual([]);
  });

  it("can read it on a telephone without scrolling sideways", async () => {
    const { page } = candidate;
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await sideways(page)).toBe(0);
    await candidate.shots("65-feedback-candidate-narrow");
    await page.setViewportSize({ width: 1280, height: 720 });
  });
});

describe("afterwards", () => {
  it("a change is not read before it is published", async () => {
    const { page } = host;
    await page.getByLabel("Give the panel's names").check();
    await shown(publishing(page).getByText("Changes since then are not published yet."));
    await candidate.page.reload();
    await shown(candidate.page.getByText("Until soon"));
    expect(await letterText(candidate.page)).not.toContain("You spoke with");
    await button(publishing(page), "Publish the changes").click();
    await shown(publishing(page).getByText("Published", { exact: true }));
    await candidate.page.reload();
    await shown(candidate.page.getByText("You spoke with Jonas Dahl and Amara Okafor."));
    expect(await letterText(candidate.page)).toBe(await letterText(page));
  });

  it("another browser of the host's cannot show the link, and can make a new one that ends the first", async () => {
    const elsewhere = await Person.arrive(browser, host.name, wide);
    const { page } = elsewhere;
    await openComposer(elsewhere);
    await shown(page.getByText("It was made in another browser, which alone can show it."));
    expect(await button(page, "Copy link to the feedback").count()).toBe(0);
    await button(page, "Make a new link").click();
    await page.getByLabel("The link works for").selectOption("as long as it is published");
    await button(page, "Publish under a new link").click();
    await shown(page.getByText("The link does not expire."));
    const renewed = await copiedLink(page);
    expect(renewed).not.toBe(link);
    await elsewhere.leave();

    await candidate.page.reload();
    await shown(candidate.page.getByRole("heading", { name: "This link does not open any feedback" }));
    await candidate.page.goto(renewed);
    await shown(candidate.page.getByText("You spoke with Jonas Dahl and Amara Okafor."));
  });

  it("withdrawn feedback says so, and what to do", async () => {
    await openComposer(host);
    const { page } = host;
    await button(page, "Withdraw").click();
    await button(page, "Withdraw the feedback").click();
    await shown(publishing(page).getByText("Withdrawn."));
    await candidate.page.reload();
    await shown(candidate.page.getByRole("heading", { name: "This feedback was withdrawn" }));
    await shown(candidate.page.getByText("Ask whoever sent you the link."));
    await candidate.shot("66-feedback-withdrawn");
    await button(publishing(page), "Publish again").click();
    await shown(publishing(page).getByText("Published", { exact: true }));
  });

  it("nothing went wrong in any browser", () => {
    expect(host.faults).toEqual([]);
    expect(candidate.faults).toEqual([]);
  });
});
