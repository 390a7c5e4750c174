import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { bankAtWorst } from "../support/bank-at-worst.ts";
import {
  allSaved,
  becomes,
  gone,
  launchBrowser,
  openRoom,
  Person,
  realBank,
  shown,
  startSite,
} from "../support/browser.ts";
import {
  anchors,
  beyondWindow,
  CANDIDATE_SIZES,
  hidden,
  marked,
  missingOnCandidate,
  missingOnPanel,
  ownSheet,
  PANEL_SIZES,
  questionPane,
  type Size,
  sheetOf,
  windowOf,
} from "../support/looking.ts";

/**
 * Question, answer and rubric at every width that people have. A window that is zoomed has as many CSS pixels less, so that it is here as
 * a smaller one. Each test goes on where the one before ended.
 */

let serverAhead = 0;
const site = await startSite({ now: () => Date.now() + serverAhead, bank: await bankAtWorst() });
const browser = await launchBrowser();
const { questions } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const observer = await Person.arrive(browser, "Wei Zhang");
const candidate = await Person.arrive(browser, "Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const CODE = "self-attention-code-review";
const LONG = Array.from({ length: 60 }, (_, line) => `line ${line + 1} of what the candidate writes`).join("\n");

const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: true });

const enlarge = ({ page }: Person, [width, height]: Size): Promise<void> => page.setViewportSize({ width, height });

const ask = async (id: string): Promise<void> => {
  const title = questions.get(id)?.title ?? "";
  await enlarge(host, [1280, 720]);
  await button(host.page, `Ask ${title}`)
    .or(button(host.page, `Ask A ${title}`))
    .click();
};

describe("the room", () => {
  it("is under way", async () => {
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await interviewer.join(site, secrets.interviewer);
    await host.letIn(interviewer);
    await observer.join(site, secrets.observer);
    await button(host.page, "Admit and start").click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await ask(CODE);
    await shown(ownSheet(candidate.page));
    await host.page.keyboard.press("h");
    await shown(candidate.page.getByText("A hint", { exact: true }));
    await host.page.keyboard.press("f");
    await shown(candidate.page.getByText("A follow-up", { exact: true }));
    await ownSheet(candidate.page).fill(LONG);
    await shown(host.page.getByText("line 60 of what"));
    for (const { page } of [host, interviewer]) {
      await page.keyboard.press("3");
      await becomes(anchors(page).nth(2), "aria-checked", "true");
      for (const text of ["Names the shape of the weights unasked", "Hesitates at the bias"]) {
        await page.getByLabel("New note").fill(text);
        await page.getByLabel("New note").press("Enter");
      }
      await page.getByLabel("New note").blur();
      await allSaved(page);
    }
    await observer.page.getByRole("button", { name: "Communication" }).click();
    await becomes(marked(observer.page), "aria-label", "Communication");
  });
});

describe.each([
  ["the host", host],
  ["an interviewer", interviewer],
  ["an observer", observer],
])("%s", (name, person) => {
  it.each(PANEL_SIZES)("sees question, sheet and the marked criterion's anchors at %i × %i", async (width, height) => {
    await enlarge(person, [width, height]);
    await person.shots(`widths-${name.split(" ")[1]}-${width}x${height}`);
    expect(await missingOnPanel(person.page)).toEqual([]);
  });
});

describe("a candidate", () => {
  it.each(CANDIDATE_SIZES)("sees the question and their sheet at %i × %i", async (width, height) => {
    await enlarge(candidate, [width, height]);
    await candidate.shots(`widths-candidate-${width}x${height}`);
    expect(await missingOnCandidate(candidate.page)).toEqual([]);
  });

  it("has the sheet to the right of the question from 1100 px on, and beneath it below", async () => {
    const { page } = candidate;
    for (const [width, isBeside] of [
      [1100, true],
      [1099, false],
    ] as const) {
      await enlarge(candidate, [width, 720]);
      const [question, sheet] = [await boxOf(questionPane(page)), await boxOf(windowOf(ownSheet(page)))];
      expect(sheet.x >= question.x + question.width - 1).toBe(isBeside);
      expect(sheet.y >= question.y + question.height - 1).toBe(!isBeside);
    }
  });

  it("is shown a hint that comes while the question's pane stands elsewhere", async () => {
    const { page } = candidate;
    await enlarge(candidate, [640, 360]);
    await questionPane(page).evaluate((pane) => pane.scrollTo(0, 0));
    await button(host.page, "Reveal F: Follow-up 2").click();
    const followUp = page.getByText(/^Why use eight heads/);
    await shown(followUp);
    await becomesSeen(followUp, 20);
  });
});

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not drawn.");
  return box;
};

/** Waits until nothing keeps so much of an element from being seen. */
async function becomesSeen(locator: Locator, atLeast: number): Promise<void> {
  await locator.page().waitForFunction(
    ([element, least]) => {
      const { left, top, width } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + least / 2);
      return found !== null && element.contains(found);
    },
    [await locator.evaluateHandle((element) => element), atLeast] as const,
  );
}

describe("the next question", () => {
  it.each([
    [320, 568],
    [640, 360],
    [1280, 720],
  ] as const)("begins with its first line for a candidate at %i × %i, who had scrolled", async (width, height) => {
    const { page } = candidate;
    await enlarge(candidate, [width, height]);
    const number = Number(
      (
        await page
          .getByText(/^Question \d+$/)
          .first()
          .innerText()
      ).replace(/\D/g, ""),
    );
    await questionPane(page).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
    await host.page.keyboard.press("a");
    const next = page.getByText(`Question ${number + 1}`, { exact: true }).first();
    await shown(next);
    expect(await hidden(next)).toEqual([]);
    expect(await hidden(page.locator("main p", { hasNotText: /^Question/ }).first(), { atLeast: 20 })).toEqual([]);
  });

  it("leaves those before and one's own answers to read, and to finish for a minute", async () => {
    const { page } = candidate;
    await enlarge(candidate, [1280, 720]);
    await ownSheet(page).fill("The third answer");
    const number = (
      await page
        .getByText(/^Question \d+$/)
        .first()
        .innerText()
    ).replace(/\D/g, "");
    await shown(host.page.getByText("The third answer"));
    // Its writer is still at it.
    await ownSheet(page).fill("The third answer,");
    await button(host.page, "Close").click();
    const held = page.getByLabel(`Your answer sheet of question ${number}`);
    await held.fill("The third answer, gone on");
    await shown(host.page.getByText("The third answer, gone on"));
    await button(page, "Done").click();
    await gone(held);
    await page
      .getByRole("region", { name: "The questions before" })
      .getByText(`Question ${number}`, { exact: true })
      .click();
    const last = page.getByLabel(new RegExp(`^Your answer to question ${number}`));
    await last.fill("The third answer, finished");
    await shown(host.page.getByText("The third answer, finished"));
    await candidate.shots("widths-earlier-open");

    const earlier = page.getByRole("region", { name: "The questions before" });
    await earlier.getByText("Question 1", { exact: true }).click();
    await shown(earlier.getByRole("paragraph").filter({ hasText: "A colleague wrote one head" }));
    await shown(earlier.getByText("Why use eight heads"));
    serverAhead += 61_000;
    await host.page.keyboard.press("a");
    await shown(ownSheet(page));
    // A page learns the server's time when it comes.
    await page.reload();
    await shown(ownSheet(page));
    await earlier.getByText("Question 1", { exact: true }).click();
    await shown(earlier.locator("pre", { hasText: "line 60 of what the candidate writes" }));
    expect(await earlier.getByRole("textbox").count()).toBe(0);
    await candidate.shots("widths-earlier");
  });

  it("holds no hint that was opened to an earlier one after it closed", async () => {
    await host.page
      .getByRole("navigation", { name: "Plan" })
      .getByRole("button", { name: questions.get(CODE)?.title ?? "" })
      .click();
    await host.page
      .getByRole("button", { name: "Reveal Hint 2" })
      .or(host.page.getByRole("button", { name: "Hint 2" }))
      .first()
      .click();
    await allSaved(host.page);
    await shown(host.page.locator('[data-out="true"]', { hasText: "Hint 2" }));
    await candidate.page.reload();
    const earlier = candidate.page.getByRole("region", { name: "The questions before" });
    await earlier.getByText("Question 1", { exact: true }).click();
    await shown(earlier.getByText("Why use eight heads"));
    expect(await earlier.getByText("What do the rows of").count()).toBe(0);
    await host.page.keyboard.press("g");
  });
});

describe("the host's pane of the answer", () => {
  const pane = sheetOf(host.page).locator(".cm-scroller");
  /** How far its end is from what is in sight, in CSS pixels. */
  const fromEnd = (): Promise<number> =>
    pane.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  const NEAR = 40;

  it("goes with whoever writes", async () => {
    await enlarge(host, [1280, 720]);
    for (const last of [60, 63]) {
      await ownSheet(candidate.page).fill(`${LONG}${last === 63 ? "\nline 61\nline 62\nline 63" : ""}`);
      await shown(pane.getByText(new RegExp(`^line ${last}\\b`)));
      await expect.poll(fromEnd).toBeLessThan(NEAR);
    }
  });

  it("goes on with them when the pane becomes smaller", async () => {
    await enlarge(host, [1280, 600]);
    await ownSheet(candidate.page).press("ControlOrMeta+End");
    await candidate.page.keyboard.type(".");
    await expect.poll(fromEnd).toBeLessThan(NEAR);
    await enlarge(host, [1280, 720]);
  });

  it("stays where somebody reads who scrolled up, and goes with them again when it is asked to", async () => {
    await pane.hover();
    await host.page.mouse.wheel(0, -400);
    await expect.poll(fromEnd).toBeGreaterThan(300);
    const at = await pane.evaluate(({ scrollTop }) => scrollTop);
    await ownSheet(candidate.page).press("ControlOrMeta+End");
    await candidate.page.keyboard.type("\nline 64\nline 65");
    await shown(candidate.page.getByText("Everything you write is saved"));
    expect(await pane.evaluate(({ scrollTop }) => scrollTop)).toBe(at);
    await host.page.getByRole("button", { name: "Follow Maya Lindqvist" }).click();
    await shown(pane.getByText("line 65", { exact: true }));
    await candidate.page.keyboard.type("\nline 66");
    await shown(pane.getByText("line 66", { exact: true }));
    await expect.poll(fromEnd).toBeLessThan(NEAR);
  });
});

describe("panes", () => {
  const line = (page: Page, name: string): Locator => page.getByRole("separator", { name, exact: true });
  const aside = (page: Page): Locator => page.getByRole("complementary");

  it("are resized by dragging, and stay so over a reload", async () => {
    const { page } = host;
    const before = await boxOf(aside(page));
    await page.mouse.move(before.x, before.y + 300);
    await page.mouse.down();
    await page.mouse.move(before.x - 60, before.y + 310);
    await page.mouse.move(before.x - 120, before.y + 310);
    await page.mouse.up();
    expect((await boxOf(aside(page))).width).toBeCloseTo(before.width + 120, -1);
    await page.reload();
    await shown(aside(page));
    expect((await boxOf(aside(page))).width).toBeCloseTo(before.width + 120, -1);
    await line(page, "Width of the rubric").dblclick();
    expect((await boxOf(aside(page))).width).toBeCloseTo(before.width, 0);
  });

  it("are resized by the arrow keys, which a screen reader hears, and Escape gives them back their size", async () => {
    const { page } = host;
    const prompt = page.locator("[data-ask]");
    const before = await boxOf(prompt);
    const separator = line(page, "Height of the question");
    await separator.focus();
    const now = Number(await separator.getAttribute("aria-valuenow"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await becomes(separator, "aria-valuenow", String(now - 6));
    expect((await boxOf(prompt)).height).toBeLessThan(before.height - 20);
    await page.keyboard.press("Home");
    await becomes(separator, "aria-valuenow", (await separator.getAttribute("aria-valuemin")) ?? "");
    await page.keyboard.press("Escape");
    expect((await boxOf(prompt)).height).toBeCloseTo(before.height, 0);
  });

  it("are resized by touch", async () => {
    const { page } = candidate;
    await enlarge(candidate, [1280, 720]);
    const before = await boxOf(questionPane(page));
    const cdp = await candidate.context.newCDPSession(page);
    const x = before.x + before.width;
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: number) =>
      cdp.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: at, y: 300 }] });
    await touch("touchStart", x);
    await touch("touchMove", x - 50);
    await touch("touchMove", x - 100);
    await touch("touchEnd", x - 100);
    await cdp.detach();
    expect((await boxOf(questionPane(page))).width).toBeCloseTo(before.width - 100, -1);
    await line(page, "Width of the question").dblclick();
    expect((await boxOf(questionPane(page))).width).toBeCloseTo(before.width, 0);
  });

  it("leave the anchors on the screen however small the rubric was made", async () => {
    const { page } = host;
    await line(page, "Width of the rubric").focus();
    await page.keyboard.press("Home");
    for (const size of [
      [720, 450],
      [1280, 720],
    ] as const) {
      await enlarge(host, size);
      for (const anchor of await anchors(page).all()) expect(await hidden(anchor)).toEqual([]);
    }
    await line(page, "Width of the rubric").dblclick();
  });
});

describe("a narrow room", () => {
  it("has the plan in a panel above, from which one looks at a question and asks it", async () => {
    const { page } = host;
    await enlarge(host, [768, 1024]);
    await page.getByRole("button", { name: /^Plan \d of \d asked/ }).click();
    const plan = page.getByRole("navigation", { name: "Plan" });
    await shown(plan);
    await host.shots("widths-plan-open");
    await plan.getByRole("button", { name: questions.get(CODE)?.title ?? "" }).click();
    await gone(plan);
    await shown(page.getByTestId("prompt").getByText("A colleague wrote one head"));
    await page.getByRole("button", { name: /^Go there/ }).click();
    await gone(page.getByTestId("prompt").getByText("A colleague wrote one head"));
  });

  it("has the strong answer behind a tab where there is no place for both", async () => {
    const { page } = host;
    await enlarge(host, [720, 450]);
    await shown(sheetOf(page));
    await page.getByRole("tab", { name: "Strong answer" }).click();
    await shown(page.getByText("Red flags"));
    await host.shots("widths-tab-strong");
    await page.keyboard.press("ArrowLeft");
    await shown(sheetOf(page));
    await enlarge(host, [1280, 720]);
    await shown(page.getByText("Red flags"));
    await shown(sheetOf(page));
  });

  it("can be used by scrolling the page below 720 px", async () => {
    const { page } = host;
    await enlarge(host, [640, 360]);
    await host.shots("widths-host-640x360");
    expect((await beyondWindow(page)).wide).toBe(0);
    for (const part of [
      page.getByTestId("prompt"),
      sheetOf(page),
      anchors(page).first(),
      page.getByLabel("New note"),
    ]) {
      await part.scrollIntoViewIfNeeded();
      expect(await hidden(part, { atLeast: 20 })).toEqual([]);
    }
    await enlarge(host, [1280, 720]);
  });
});

describe("the levels of a criterion", () => {
  it("are one stop of the Tab key, within which the arrows choose and go round", async () => {
    const { page } = interviewer;
    await enlarge(interviewer, [1280, 720]);
    const group = marked(page).getByRole("radiogroup");
    await expectTabStops(group, 1);
    await anchors(page).first().focus();
    await page.keyboard.press("ArrowDown");
    await becomes(anchors(page).nth(1), "aria-checked", "true");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await becomes(anchors(page).nth(3), "aria-checked", "true");
    expect(await group.getByRole("radio", { checked: true }).count()).toBe(1);
    await expectTabStops(group, 1);
    await page.keyboard.press("Space");
    await becomes(anchors(page).nth(3), "aria-checked", "false");
    expect(await group.getByRole("radio", { checked: true }).count()).toBe(0);
  });

  it("rate a folded criterion, which unfolds and shows when it folds again how it was rated", async () => {
    const { page } = interviewer;
    const communication = page.locator("aside").getByRole("region", { name: "Communication", exact: true });
    await becomes(communication, "data-folded", "true");
    await communication.getByRole("radio").nth(1).click();
    await becomes(communication, "data-focused", "true");
    await page.keyboard.press("j");
    await becomes(communication, "data-folded", "true");
    await becomes(communication.getByRole("radio").nth(1), "aria-checked", "true");
    await communication.getByRole("button", { name: "Communication" }).click();
    await becomes(communication, "data-focused", "true");
    expect(await page.locator('aside [data-folded="false"]').count()).toBe(1);
  });

  it("are read and not chosen by an observer", async () => {
    expect(await observer.page.getByRole("radio").count()).toBe(0);
  });
});

/** How many of a group's elements the Tab key stops at. */
async function expectTabStops(group: Locator, count: number): Promise<void> {
  expect(await group.locator('[tabindex="0"]').count()).toBe(count);
}

it("nothing went wrong in any browser", () => {
  for (const person of [host, interviewer, observer, candidate]) expect(person.faults).toEqual([]);
});
