import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { focused } from "../support/focus.ts";
import { ownSheet } from "../support/looking.ts";

/** Under forced colours whatever takes the focus has a line around it while it does, of every kind and on every page. */

const site = await startSite({ peerQueue: true });
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const visitor = await Person.arrive(browser, "Visitor");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const met = new Set<string>();

async function expectSeen(page: Page): Promise<void> {
  const { kinds, unseen } = await focused(page);
  for (const kind of kinds) met.add(kind);
  expect(kinds.length).toBeGreaterThan(0);
  expect(unseen).toEqual([]);
}

describe("the focus is seen", () => {
  it.each([
    "/",
    "/new?kit=ml-engineer-screen",
    "/practice",
    "/practice/alone",
    "/practice/find",
    "/practice/history",
    "/bank",
    "/bank/questions/self-attention-code-review",
    "/bank/coverage",
    "/bank/import",
    "/bank/own/new",
    "/kits",
    "/kits/ml-engineer-screen",
    "/kits/new",
    `/join#${secrets.candidate}`,
  ])("on %s", async (path) => {
    await visitor.page.goto(site.url + path, { waitUntil: "networkidle" });
    await shown(visitor.page.getByRole("heading", { level: 1 }).first());
    await visitor.page.locator("details").evaluateAll((all) => {
      for (const details of all) details.setAttribute("open", "");
    });
    await expectSeen(visitor.page);
  });

  it("on a question on a narrow window, whose sides are tabs", async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${site.url}/bank/questions/self-attention-code-review`, { waitUntil: "networkidle" });
    await shown(page.getByRole("tab").first());
    await expectSeen(page);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("in the lobby", async () => {
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await interviewer.join(site, secrets.interviewer);
    await host.letIn(interviewer);
    await shown(interviewer.page.getByText(`${host.name} will start the interview.`));
    await shown(host.page.getByRole("button", { name: "Admit and start" }));
    await expectSeen(host.page);
    await expectSeen(interviewer.page);
  });

  it("in the interview, of the panel and of the candidate", async () => {
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("a");
    await shown(ownSheet(candidate.page));
    await host.page.getByRole("button", { name: "Ask A self-attention head to review" }).click();
    await shown(candidate.page.getByText("Question 2", { exact: true }).first());
    await host.page.getByLabel("New note").fill("A note");
    await host.page.getByLabel("New note").press("Enter");
    await allSaved(host.page);
    await expectSeen(host.page);
    await host.page.setViewportSize({ width: 720, height: 450 });
    await expectSeen(host.page);
    await host.page.setViewportSize({ width: 1280, height: 720 });
    await candidate.page.getByText("Question 1", { exact: true }).first().click();
    await expectSeen(candidate.page);
    await candidate.page.setViewportSize({ width: 390, height: 844 });
    await expectSeen(candidate.page);
  });

  it("in the bank's drawer, among people and in the help", async () => {
    const { page } = host;
    await page.getByRole("button", { name: /^Question bank/ }).click();
    const drawer = page.getByRole("dialog", { name: "Question bank" });
    await drawer.getByRole("listitem").first().getByRole("button").first().click();
    await shown(drawer.getByText("Strong answer"));
    await expectSeen(page);
    await page.getByRole("button", { name: "Close the bank" }).click();
    await gone(drawer);
    for (const name of [/^People/, "Help and keys"]) {
      await page.getByRole("button", { name }).click();
      await shown(page.getByRole("dialog"));
      await expectSeen(page);
      await page.keyboard.press("Escape");
      await gone(page.getByRole("dialog"));
    }
  });

  it("when it has ended: on the scorecard, in the debrief, in the feedback and in what is kept", async () => {
    const { page } = host;
    await page.getByRole("button", { name: "End the interview", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await shown(page.getByRole("heading", { name: "Your scorecard" }));
    await expectSeen(page);
    await page.getByRole("radio", { name: "Strong yes" }).check();
    await page.getByLabel("Or submit without it, because").fill("It was only a test.");
    await page.getByRole("button", { name: "Submit all the same" }).click();
    await shown(page.getByText(/^Submitted/).first());
    for (const [tab, there] of [
      ["Debrief", page.getByRole("heading", { name: "Decision" })],
      ["Feedback for the candidate", page.getByRole("textbox", { name: "Message", exact: true })],
      ["What is kept", page.getByText("opened the room")],
    ] as const) {
      await page.getByRole("tab", { name: tab }).click();
      await shown(there.first());
      await expectSeen(page);
    }
    await expectSeen(candidate.page);
  });

  it("of every kind that there is", () => {
    const KINDS = [
      "button",
      "checkbox",
      "field",
      "link",
      "pane",
      "radio",
      "select",
      "separator",
      "summary",
      "switch",
      "tab",
    ];
    expect(KINDS.filter((kind) => !met.has(kind))).toEqual([]);
  });
});
