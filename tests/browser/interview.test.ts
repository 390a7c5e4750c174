import { readFile } from "node:fs/promises";
import type { BankQuestion } from "@whetstone/shared/bank";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  allSaved,
  becomes,
  gone,
  launchBrowser,
  Person,
  realBank,
  shown,
  startSite,
  textsBecome,
  there,
} from "../support/browser.ts";

/**
 * One interview from the first page to the export, by four people in four browsers. Each test goes on where the one before ended.
 * The computers' clocks are all wrong, each in its own way, and the server's can be moved forward.
 */

const MINUTE = 60_000;
let serverAhead = 0;
const site = await startSite({ now: () => Date.now() + serverAhead });
const browser = await launchBrowser();
const { questions } = await realBank();
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor", { clockAheadMs: 7 * MINUTE });
const candidate = await Person.arrive(browser, "Maya Lindqvist", { clockAheadMs: -90_000 });
const observer = await Person.arrive(browser, "Wei Zhang", { clockAheadMs: -180 * MINUTE });
const company = [host, interviewer, candidate, observer];
const named = company.map((person) => [person.name, person] as const);

afterAll(async () => {
  await browser.close();
  await site.close();
});

function question(id: string): BankQuestion {
  const found = questions.get(id);
  if (!found) throw new Error(`The bank has no ${id}.`);
  return found;
}
const titleOf = (id: string): string => question(id).title;

const LOSS = "loss-for-the-task";
const NETWORK = "network-by-hand";
const VANISHING = "vanishing-gradients";
const BATCH = "batch-normalisation";
const CODE = "self-attention-code-review";
const MATHS = "backprop-by-hand";
const BESIDE = "early-stopping";
const TYPED = "Why does $e^{i\\pi} + 1 = 0$ hold?\n\n```python\nprint('a typed question')\n```";

const links = { candidate: "", interviewer: "", observer: "" };
type Invited = keyof typeof links;

const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: true });

async function copyLink(role: Invited): Promise<string> {
  await button(host.page, `Copy link for the ${role}`).click();
  await shown(linkRow(role).getByText("Copied"));
  const text = await host.page.evaluate(() => navigator.clipboard.readText());
  const [, secret = ""] = text.split("/join#");
  expect(text).toBe(`${site.url}/join#${secret}`);
  expect(secret.length).toBeGreaterThan(40);
  return secret;
}

const linkRow = (role: Invited): Locator =>
  host.page.locator("li", { has: host.page.getByRole("button", { name: `Renew the ${role}'s link` }) });

async function stranger(secret: string): Promise<Person> {
  const person = await Person.arrive(browser, "A stranger");
  await person.page.goto(`${site.url}/join#${secret}`);
  return person;
}

describe("opening a room", () => {
  it("takes a title, the candidate's name, a role, a kit, minutes and a policy, and leads to the lobby", async () => {
    const { page } = host;
    await page.goto(site.url);
    await shown(page.getByRole("heading", { name: "Your rooms" }));
    await host.shots("01-home-empty");
    await page.getByRole("link", { name: "Open a room" }).first().click();
    await page.getByLabel("Your name").fill(host.name);
    await page.getByLabel("Title").fill("Technical interview, 2 of 3");
    await page.getByLabel("Candidate's name (optional)").fill(candidate.name);
    await page.getByLabel("Role or team (optional)").fill("Forecasting team");
    await page.getByRole("radio", { name: /Machine-learning engineer, first screen/ }).check();
    await page.getByRole("radio", { name: "60", exact: true }).check();
    await page.getByRole("radio", { name: /After one's own/ }).check();
    await host.shots("02-new-room");
    await button(page, "Open the room").click();

    await shown(page.getByText("Who is here"));
    await shown(page.getByRole("heading", { name: candidate.name }));
    await shown(page.getByText("Technical interview, 2 of 3 · Forecasting team · 60 minutes"));
    await shown(page.getByText("Scorecards open: after one's own."));
    await textsBecome(page.locator("ol"), "li b", [NETWORK, LOSS, VANISHING, BATCH, CODE].map(titleOf));
    await host.shots("03-lobby-host");
  });

  it("gives a link for each kind of seat, to copy, with its expiry", async () => {
    for (const role of ["candidate", "interviewer", "observer"] as const) {
      await shown(linkRow(role).getByText("Valid for 7 days"));
      links[role] = await copyLink(role);
    }
    expect(new Set(Object.values(links)).size).toBe(3);
  });

  it("a revoked link says so to whoever opens it, and a renewed one works for as long as was chosen", async () => {
    const { page } = host;
    await button(page, "Revoke the interviewer's link").click();
    await button(page, "Revoke the interviewer's link").click();
    await shown(linkRow("interviewer").getByText("Revoked"));
    const late = await stranger(links.interviewer);
    await shown(late.page.getByText("This link does not open a room"));
    await shown(late.page.getByText("This link was revoked. Ask the host for a new one."));
    await late.shot("04-revoked-link");

    await button(page, "Renew the interviewer's link").click();
    await button(page, "1 day").click();
    await shown(linkRow("interviewer").getByText(/Valid until/));
    const renewed = await copyLink("interviewer");
    expect(renewed).not.toBe(links.interviewer);
    links.interviewer = renewed;
    await late.page.goto(`${site.url}/join#${renewed}`);
    await shown(late.page.getByRole("heading", { name: "Technical interview, 2 of 3" }));
    await late.leave();
  });

  it("is remembered by the home page, which leads back", async () => {
    const { page } = host;
    await page.goto(site.url);
    await shown(page.getByText("Technical interview, 2 of 3 · Forecasting team · 60 min"));
    await host.shots("05-home");
    await page.getByRole("link", { name: candidate.name }).click();
    await shown(page.getByText("Who is here"));
    await shown(button(page, "Copy link for the candidate"));
  });
});

describe("the lobby", () => {
  it("lets the candidate in with a name, and says who they wait for", async () => {
    const { page } = candidate;
    await page.goto(`${site.url}/join#${links.candidate}`);
    await shown(page.getByRole("heading", { name: "Technical interview, 2 of 3" }));
    expect(await page.getByLabel("Your name").inputValue()).toBe(candidate.name);
    await candidate.shots("06-join-candidate");
    await page.getByLabel("Your name").fill("");
    await button(page, "Join").click();
    await shown(page.getByText("Write the name that the others should see."));
    await page.getByLabel("Your name").fill(candidate.name);
    await button(page, "Join").click();
    await shown(page.getByRole("heading", { name: `Waiting for ${host.name}` }));
    await shown(page.getByText(`You are here as ${candidate.name}.`));
    await candidate.shots("07-candidate-waits");
  });

  it("lists interviewers and observers, each with whether they are here", async () => {
    await interviewer.join(site, links.interviewer);
    await shown(interviewer.page.getByRole("heading", { name: `Waiting for ${host.name}` }));
    await host.letIn(interviewer);
    await observer.join(site, links.observer);
    for (const { page } of [interviewer, observer])
      await shown(page.getByText(`${host.name} will start the interview.`));
    for (const { page } of [host, interviewer, observer]) {
      await shown(page.getByRole("listitem").filter({ hasText: interviewer.name }).getByText("Interviewer, here"));
      await shown(page.getByRole("listitem").filter({ hasText: observer.name }).getByText("Observer, here"));
      const waits = page.getByRole("listitem").filter({ hasText: candidate.name });
      await shown(waits.getByText("Candidate, waiting to be admitted"));
    }
    await interviewer.shots("08-lobby-interviewer");
    await host.shots("09-lobby-full");
  });

  it("the host reorders the plan with buttons and by dragging, and the interviewer sees it", async () => {
    const { page } = host;
    await button(page, `Move ${titleOf(LOSS)} up`).click();
    await textsBecome(page.locator("ol"), "li b", [LOSS, NETWORK, VANISHING, BATCH, CODE].map(titleOf));
    await page.locator("ol li").nth(4).dragTo(page.locator("ol li").nth(0));
    const dragged = [CODE, LOSS, NETWORK, VANISHING, BATCH].map(titleOf);
    await textsBecome(page.locator("ol"), "li b", dragged);
    await textsBecome(interviewer.page.locator("ol"), "li b", dragged);
  });

  it("the host adds a question from the bank's drawer and takes one out", async () => {
    const { page } = host;
    await page.keyboard.press("/");
    const drawer = page.getByRole("dialog", { name: "Question bank" });
    await drawer.getByLabel("Search the bank").fill(titleOf(MATHS));
    await drawer.getByRole("button", { name: titleOf(MATHS) }).click();
    await shown(drawer.getByText("Strong answer"));
    await button(drawer, "Add to the plan").click();
    await shown(button(drawer, "In the plan"));
    await host.shots("10-bank-drawer");
    await button(page, "Close the bank").click();
    await gone(drawer);
    await button(page, `Take ${titleOf(BATCH)} out of the plan`).click();
    const plan = [CODE, LOSS, NETWORK, VANISHING, MATHS].map(titleOf);
    await textsBecome(page.locator("ol"), "li b", plan);
    await textsBecome(observer.page.locator("ol"), "li b", plan);
  });

  it("a removed person is told at once, their link no longer works, and nobody else notices", async () => {
    const guest = await Person.arrive(browser, "Temporary Guest");
    await guest.join(site, links.interviewer);
    await button(host.page, `Remove ${guest.name}`).click();
    await shown(host.page.getByRole("button", { name: "Keep" }));
    await button(host.page, `Remove ${guest.name}`).click();
    await shown(guest.page.getByText("This seat is closed"));
    await shown(guest.page.getByText("The host has removed this seat from the room."));
    await guest.shot("11-seat-removed");
    await guest.page.goto(`${site.url}/join#${links.interviewer}`);
    await shown(guest.page.getByText("This link was revoked. Ask the host for a new one."));
    await guest.page.goBack();
    await shown(guest.page.getByText("The host has removed this seat from the room."));
    await guest.leave();

    await gone(host.page.getByRole("listitem").filter({ hasText: guest.name }));
    await interviewer.page.reload();
    for (const { page } of [interviewer, observer])
      await shown(page.getByText(`${host.name} will start the interview.`));
    await shown(candidate.page.getByRole("heading", { name: `Waiting for ${host.name}` }));
  });

  it("the host admits the candidate, and starts", async () => {
    const { page } = host;
    await shown(page.getByText(`${candidate.name} is waiting`));
    await button(page, "Admit").click();
    await shown(candidate.page.getByRole("heading", { name: `You are in. ${host.name} will start in a moment` }));
    await button(page, "Start the interview").click();
    for (const panel of [host, interviewer, observer]) await shown(panel.page.getByText("Nothing is asked yet"));
    await shown(candidate.page.getByRole("heading", { name: "You are talking" }));
    await host.shots("12-live-empty");
    await candidate.shots("13-candidate-talks");
  });
});

describe("asking", () => {
  const asked = (page: Page, text: string): Promise<void> =>
    shown(page.getByRole("region", { name: "Question", exact: true }).getByText(text).first());
  const next = (number: number): Promise<void> =>
    shown(candidate.page.getByRole("region", { name: `Question ${number}`, exact: true }));

  it("one key asks the next question of the plan, once however often it is hit, and nothing is refused", async () => {
    await host.page.evaluate(() => {
      for (const key of ["a", "a"]) window.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
    });
    await next(1);
    await allSaved(host.page);
    const refused = host.page.getByRole("alert").getByRole("button", { name: "Dismiss" });
    const count = await refused.count();
    for (const dismiss of await refused.all()) await dismiss.click();
    expect(count).toBe(0);
  });

  it("everybody sees the question, code and all", async () => {
    await next(1);
    await shown(candidate.page.locator("pre code").getByText("def attend(x, Wq, Wk, Wv):"));
    for (const { page } of [host, interviewer, observer]) {
      await asked(page, "A colleague wrote one head of self-attention for an encoder.");
      await shown(page.locator("pre code").getByText("def attend(x, Wq, Wk, Wv):"));
    }
    await host.shots("14-question-1-host");
    await candidate.shots("15-question-1-candidate");
  });

  it("a new question is said to a screen reader", async () => {
    const announced = candidate.page.locator("[aria-live=polite]");
    await there(announced.filter({ hasText: /^Question 1: A colleague wrote one head of self-attention/ }));
  });

  it("a hint and a follow-up reach the candidate by a key each, and by a click", async () => {
    const { page } = candidate;
    const [hint = "", secondHint = ""] = question(CODE).hints;
    await host.page.keyboard.press("h");
    await shown(page.getByText(hint.slice(0, 40)).last());
    await there(page.locator("[aria-live=polite]").filter({ hasText: `A hint: ${hint.slice(0, 40)}` }));
    await interviewer.page.keyboard.press("f");
    await shown(page.getByText("The head is now to be used in a model that writes text").last());
    await button(host.page, "Reveal F: Follow-up 2").click();
    await shown(page.getByText("Why use eight heads of width 64").last());
    await shown(observer.page.getByText(/revealed 0:\d\d/).first());
    expect(await page.getByText(secondHint.slice(0, 20)).count()).toBe(0);
    await host.shots("16-revealed-host");
    await candidate.shots("17-revealed-candidate");
  });

  it("says of a hint or a follow-up who gave it, or nobody", async () => {
    const byAmara = candidate.page.getByText("The head is now to be used in a model that writes text").last();
    const said = candidate.page.locator("section > div").filter({ has: byAmara }).last();
    await shown(said);
    expect(await said.innerText()).not.toContain(host.name);
  });

  it("a click asks any other planned question, closes the one before, and is marked as out of order", async () => {
    const { page } = host;
    await button(page, `Ask ${titleOf(MATHS)}`).click();
    await next(2);
    await shown(page.getByText("asked out of order"));
    await gone(candidate.page.getByText("def attend(x, Wq, Wk, Wv):"));
    for (const person of company) await shown(person.page.locator(".katex").first());
    await page
      .getByRole("navigation", { name: "Plan" })
      .getByRole("button", { name: titleOf(CODE) })
      .click();
    await shown(page.getByText("Closed", { exact: false }).first());
    await shown(button(page, "Reopen"));
    await button(page, "To the open question").click();
    await shown(page.getByText(`${candidate.name} sees this`));
    await host.shots("18-question-2-host");
  });

  it("the drawer searches and filters, and asks what the plan does not hold", async () => {
    const { page } = host;
    await page.keyboard.press("/");
    const drawer = page.getByRole("dialog", { name: "Question bank" });
    const count = drawer.getByRole("status");
    const results = drawer.getByRole("listitem").getByRole("button");
    await shown(count.filter({ hasText: `${questions.size} questions` }));

    await drawer.getByLabel("Not asked yet").check();
    await shown(count.filter({ hasText: `${questions.size - 2} questions` }));
    expect(await results.filter({ hasText: titleOf(CODE) }).count()).toBe(0);
    const all = [...questions.values()].filter(({ id }) => id !== CODE && id !== MATHS);
    const inTopic = all.filter(({ topic }) => topic === question(BESIDE).topic);
    await drawer.getByLabel("Topic").selectOption(question(BESIDE).topic);
    await shown(count.filter({ hasText: `${inTopic.length} question` }));
    const atLevel = inTopic.filter(({ level }) => level === question(BESIDE).level);
    await drawer.getByLabel("Level").selectOption(question(BESIDE).level);
    await shown(count.filter({ hasText: `${atLevel.length} question` }));
    await drawer.getByLabel("Minutes").selectOption("8");
    const short = atLevel.filter(({ minutes }) => minutes <= 8);
    await shown(count.filter({ hasText: `${short.length} question` }));
    await drawer.getByLabel("Search the bank").fill("early stop");
    await results.filter({ hasText: titleOf(BESIDE) }).click();
    await host.shots("19-drawer-live");
    await button(drawer, "Ask now").click();
    await next(3);
    await gone(drawer);
    await shown(page.getByText("not in the plan"));
  });

  it("the host types a question of their own, with maths and code", async () => {
    const { page } = host;
    await page.keyboard.press("/");
    await button(page, "Type a question of your own").click();
    await page.getByLabel("Your question").fill(TYPED);
    await page.getByRole("spinbutton", { name: "Minutes" }).fill("4");
    await shown(page.getByRole("dialog").locator(".katex").first());
    await host.shots("20-typed-question");
    await button(page.getByRole("dialog"), "Ask now").click();
    await next(4);
    for (const person of company) {
      await shown(person.page.locator(".katex").first());
      await shown(person.page.getByText("print('a typed question')").first());
    }
    for (const { page: panel } of [host, interviewer]) {
      await shown(panel.getByRole("region", { name: "Substance" }));
      await shown(panel.getByText("This question was typed in the room."));
    }
  });

  it("a question that was asked before is reopened, with what was revealed of it", async () => {
    const { page } = host;
    await page
      .getByRole("navigation", { name: "Plan" })
      .getByRole("button", { name: titleOf(CODE) })
      .click();
    await button(page, "Reopen").click();
    await next(1);
    await shown(candidate.page.getByText("def attend(x, Wq, Wk, Wv):"));
    await shown(candidate.page.getByText("Why use eight heads of width 64").last());
    await asked(interviewer.page, "A colleague wrote one head of self-attention for an encoder.");
  });
});

describe("the candidate's page", () => {
  it("shows an answer to the panel as it is typed", async () => {
    const sheet = candidate.page.getByRole("textbox");
    await sheet.pressSequentially("softmax over the wrong axis");
    for (const { page } of [host, interviewer, observer]) {
      await shown(page.getByTestId("answer").getByText("softmax over the wrong axis"));
    }
    await sheet.press("Enter");
    await sheet.pressSequentially("and no 1/sqrt(d)");
    await shown(host.page.getByTestId("answer").getByText("and no 1/sqrt(d)"));
    await shown(candidate.page.getByText("Everything you write is saved"));
  });

  it("raises a hand, which the panel sees and lowers", async () => {
    const { page } = candidate;
    await button(page, "Raise hand").click();
    await becomes(button(page, "Hand raised"), "aria-pressed", "true");
    for (const panel of [host, interviewer, observer]) {
      await shown(button(panel.page, `Hand raised by ${candidate.name}. Lower it`));
    }
    await host.shots("21-hand-raised");
    await button(interviewer.page, `Hand raised by ${candidate.name}. Lower it`).click();
    await becomes(button(page, "Raise hand"), "aria-pressed", "false");
    await gone(button(host.page, `Hand raised by ${candidate.name}. Lower it`));
  });

  it("loads no code of the panel's", async () => {
    const scriptsOf = ({ requested }: Person) =>
      requested.map((url) => new URL(url).pathname).filter((path) => path.endsWith(".js"));
    const scripts = scriptsOf(candidate);
    expect(scripts.some((path) => path.includes("/way-in-"))).toBe(true);
    expect(scripts.filter((path) => /PanelScreen|Home|OpenRoom|Bank|Lobby|Ending|Rubric|LiveRoom/.test(path))).toEqual(
      [],
    );
    const saidToPanels = async (person: Person) => {
      const codes = await Promise.all(
        scriptsOf(person).map(async (path) => (await fetch(new URL(path, site.url))).text()),
      );
      return ["Admit and start", "Submit your scorecard"].filter((words) => codes.some((code) => code.includes(words)));
    };
    expect(await saidToPanels(candidate)).toEqual([]);
    expect(await saidToPanels(host)).toContain("Admit and start");
  });

  it("fits into a telephone without scrolling sideways", async () => {
    const { page } = candidate;
    await page.setViewportSize({ width: 390, height: 844 });
    await candidate.shots("22-candidate-narrow");
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    await page.setViewportSize({ width: 1280, height: 720 });
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
});

describe("scoring", () => {
  const card = (page: Page): Locator => page.getByRole("complementary", { name: "Your scorecard" });
  const level = (page: Page, criterion: string, value: number): Locator =>
    page.getByRole("region", { name: criterion, exact: true }).locator(`button[data-level="${value}"]`);
  const names = question(CODE).criteria.map(({ name }) => name);
  const [first = "", second = ""] = names;

  it("shows every anchor of every criterion in full", async () => {
    for (const { page } of [host, interviewer]) {
      const regions = card(page).locator("section[data-focused]");
      expect(await regions.count()).toBe(names.length + 1);
      const clipped = await regions.locator("button[data-level]").evaluateAll((anchors) => ({
        count: anchors.length,
        clipped: anchors.filter(
          (anchor) => anchor.scrollHeight > anchor.clientHeight + 1 || anchor.scrollWidth > anchor.clientWidth + 1,
        ).length,
      }));
      expect(clipped).toEqual({ count: 4 * (names.length + 1), clipped: 0 });
    }
  });

  it("keys 1 to 4 rate the marked criterion, the same key again clears it, and J and K move the mark", async () => {
    const { page } = interviewer;
    const focused = (name: string): Promise<void> =>
      becomes(page.getByRole("region", { name, exact: true }), "data-focused", "true");
    await focused(first);
    await page.keyboard.press("3");
    await becomes(level(page, first, 3), "aria-checked", "true");
    await page.keyboard.press("3");
    await becomes(level(page, first, 3), "aria-checked", "false");
    await page.keyboard.press("3");
    await page.keyboard.press("j");
    await focused(second);
    await page.keyboard.press("4");
    await becomes(level(page, second, 4), "aria-checked", "true");
    await page.keyboard.press("k");
    await focused(first);
    await page.keyboard.press("2");
    await becomes(level(page, first, 2), "aria-checked", "true");
    await becomes(level(page, first, 3), "aria-checked", "false");
    await level(host.page, first, 1).click();
    await becomes(level(host.page, first, 1), "aria-checked", "true");
  });

  it("key points are ticked as they are heard", async () => {
    const boxes = interviewer.page.getByRole("checkbox");
    expect(await boxes.count()).toBe(question(CODE).strongAnswer.length);
    await boxes.nth(0).check();
    await boxes.nth(2).check();
    await boxes.nth(0).uncheck();
  });

  it("N writes a note, a leading sign marks it, and it can support a rating", async () => {
    const { page } = interviewer;
    await page.keyboard.press("n");
    await page.keyboard.type("+Found both faults unprompted.");
    await becomes(button(page, "+ strength"), "aria-pressed", "true");
    await button(page, `evidence for ${first}`).click();
    await page.getByLabel("New note").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("-Unsure about the scale. 4 j");
    await page.keyboard.press("Enter");
    const notes = page.getByRole("region", { name: "Your notes" });
    const strength = notes.getByRole("listitem").filter({ hasText: "Found both faults unprompted." });
    await shown(strength.getByText(`evidence for ${first}`));
    await shown(strength.locator("[data-mark=strength]"));
    await shown(
      notes.getByRole("listitem").filter({ hasText: "Unsure about the scale. 4 j" }).locator("[data-mark=concern]"),
    );
    await shown(page.getByRole("region", { name: first, exact: true }).getByText("rated, 1 note"));
    await page.keyboard.press("Escape");
    await allSaved(page);
    await interviewer.shots("23-scoring-interviewer");
  });

  it("everything that was scored and written is there after a reload", async () => {
    const { page } = interviewer;
    await page.reload();
    await becomes(level(page, first, 2), "aria-checked", "true");
    await becomes(level(page, second, 4), "aria-checked", "true");
    await shown(page.getByText("Found both faults unprompted."));
    expect(
      await page.getByRole("checkbox").evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).checked)),
    ).toEqual(question(CODE).strongAnswer.map((_, index) => index === 2));
    await allSaved(page);
  });

  it("nobody else receives any of it", () => {
    for (const { received } of [host, candidate, observer]) {
      const all = received.join("\n");
      expect(all).not.toContain("Found both faults");
      expect(all).not.toContain("Unsure about the scale");
    }
    expect(interviewer.received.join("\n")).toContain("Found both faults");
  });
});

describe("an observer", () => {
  it("sees the question, the strong answer, the hints and the rubric, and can neither act nor score", async () => {
    const { page } = observer;
    await shown(page.getByText("def attend(x, Wq, Wk, Wv):"));
    await shown(page.getByText("Strong answer"));
    await shown(page.getByText(question(CODE).hints[1]?.slice(0, 20) ?? "").first());
    await shown(page.getByText(question(CODE).criteria[0]?.anchors[0].slice(0, 30) ?? ""));
    expect(await page.getByRole("complementary", { name: "Your scorecard" }).count()).toBe(0);
    expect(await page.locator("[data-level]:enabled, [data-level][aria-checked]").count()).toBe(0);
    expect(await page.getByText(/\brated\b/).count()).toBe(0);
    expect(await page.getByRole("checkbox").count()).toBe(0);
    for (const name of [/^Reveal/, /^Ask /, /^Pause/, "End the interview", "Reopen", /^Extend/, /^Question bank/]) {
      expect(await page.getByRole("button", { name }).count()).toBe(0);
    }
    for (const key of ["1", "a", "h", "n", "p", "/"]) await page.keyboard.press(key);
    expect(observer.received.some((text) => text.includes('"ok":false'))).toBe(false);
    await observer.shots("24-observer");
  });

  it("is on the candidate's page only when the host wants it", async () => {
    const who = candidate.page.getByRole("list", { name: "Who is present" });
    await shown(who.getByText(interviewer.name));
    expect(await who.getByText(observer.name).count()).toBe(0);
    expect(candidate.received.join("\n")).not.toContain(observer.name);
    await host.page.getByRole("button", { name: /^People/ }).click();
    await host.page.getByRole("switch", { name: "The candidate sees who observes" }).click();
    await shown(who.getByText(observer.name));
    await host.shots("25-people");
    await host.page.getByRole("switch", { name: "The candidate sees who observes" }).click();
    await gone(who.getByText(observer.name));
    await host.page.keyboard.press("Escape");
  });
});

describe("the time", () => {
  const clock = (page: Page): Locator => page.getByRole("timer");
  const running = (page: Page): Locator => clock(page).locator("b").first();
  const ofQuestion = (page: Page): Locator => clock(page).locator("b").nth(1);
  const panel = [host, interviewer, observer];

  const secondsOf = (text: string): number => {
    const [, sign, minutes, seconds] = /^(−?)(\d+):(\d\d)$/.exec(text.trim()) ?? [];
    if (minutes === undefined) throw new Error(`${text} is no time.`);
    return (sign ? -1 : 1) * (Number(minutes) * 60 + Number(seconds));
  };
  const minutesLeft = async (): Promise<number> => {
    const text = (await clock(candidate.page).textContent()) ?? "";
    return Number(/(\d+) minutes? left/.exec(text)?.[1]);
  };
  /** Waits until the page shows at least so many seconds of running time, and not a minute more. */
  const runs = async (page: Page, seconds: number): Promise<void> => {
    await page.waitForFunction((least) => {
      const [, minutes, rest] =
        /^(\d+):(\d\d)$/.exec(document.querySelector("[role=timer] b")?.textContent ?? "") ?? [];
      const shownSeconds = Number(minutes) * 60 + Number(rest);
      return shownSeconds >= least && shownSeconds < least + 60;
    }, seconds);
  };
  /** The server's clock moves on, and everybody comes back to it. */
  const pass = async (ms: number): Promise<void> => {
    serverAhead += ms;
    for (const { page } of company) await page.reload();
    for (const { page } of company) await shown(clock(page));
  };

  it("is the same for all, whatever their own computers' clocks say; the candidate's goes by minutes", async () => {
    for (const { page } of panel) await shown(ofQuestion(page));
    const read = await Promise.all(
      panel.map(({ page }) =>
        page.evaluate(() =>
          [...document.querySelectorAll("[role=timer] b")].map(({ textContent }) => textContent ?? ""),
        ),
      ),
    );
    for (const which of [0, 1]) {
      const seconds = read.map((texts) => secondsOf(texts[which] ?? ""));
      expect(Math.max(...seconds) - Math.min(...seconds)).toBeLessThanOrEqual(1);
    }
    const left = 60 - secondsOf(read[0]?.[0] ?? "") / 60;
    expect(Math.abs((await minutesLeft()) - left)).toBeLessThanOrEqual(1);
    expect((await clock(candidate.page).textContent()) ?? "").not.toMatch(/\d:\d\d/);
  });

  it("is never another for a moment, also where the server's time comes late and the computer's is wrong", async () => {
    const before = secondsOf((await running(host.page).textContent()) ?? "");
    const late = await Person.arrive(browser, "Late Observer", { clockAheadMs: -180 * MINUTE });
    const { page } = late;
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { timesSeen: seen });
      new MutationObserver(() => {
        const text = document.querySelector("[role=timer] b")?.textContent;
        if (text && seen.at(-1) !== text) seen.push(text);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.routeWebSocket(/socket\.io/, (near) => {
      const far = near.connectToServer();
      near.onMessage((message) => far.send(message));
      far.onMessage(async (message) => {
        // An answer, which for an observer is always to the question for the time: the page has half a second of frames without it.
        if (String(message).startsWith("43")) {
          const frames = page.evaluate(async () => {
            for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
          });
          await frames.catch(() => undefined);
        }
        if (page.isClosed()) return;
        near.send(message);
      });
    });
    await late.join(site, links.observer);
    await runs(page, before);
    const seen = await page.evaluate(() => ("timesSeen" in window ? (window.timesSeen as string[]) : []));
    await late.leave();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((text) => Math.abs(secondsOf(text) - before) > 60)).toEqual([]);
  });

  it("stands still in a pause, and goes on after it", async () => {
    await host.page.keyboard.press("p");
    for (const { page } of panel) await shown(clock(page).getByText("Paused"));
    await shown(clock(candidate.page).getByText("Paused"));
    const before = await Promise.all(
      panel.map(async ({ page }) => [await running(page).textContent(), await ofQuestion(page).textContent()]),
    );
    await candidate.shots("26-paused-candidate");
    await host.shots("27-paused-host");
    await pass(11 * MINUTE);
    for (const [index, { page }] of panel.entries()) {
      expect([await running(page).textContent(), await ofQuestion(page).textContent()]).toEqual(before[index]);
    }
    await button(host.page, /^Resume/).click();
    await gone(clock(host.page).getByText("Paused"));
    await pass(60_000);
    for (const { page } of panel) await runs(page, secondsOf(before[0]?.[0] ?? "") + 60);
  });

  it("says which clock is the interview's and counts up, which is the question's and counts down, and which is extended", async () => {
    for (const { page } of panel) {
      await shown(clock(page).getByText("Interview", { exact: true }));
      await shown(clock(page).getByText("Question", { exact: true }));
      expect(await clock(page).innerText()).toMatch(
        /^Interview\s+\d+:\d\d\s+of 60:00(\s+\+5\s+interview)?\s+Question\s+\d+:\d\d\s+left(\s+\+5\s+question)?$/,
      );
    }
    expect(await clock(host.page).getByRole("button").allTextContents()).toEqual(["+5 interview", "+5 question"]);
    for (const width of [1280, 1024]) {
      await host.page.setViewportSize({ width, height: 720 });
      await host.shots(`27-clocks-${width}`);
      const boxes = await clock(host.page)
        .locator("div > *")
        .evaluateAll((parts) =>
          parts
            .map((part) => part.getBoundingClientRect())
            .map(({ top, bottom, left, right }) => [top, bottom, left, right]),
        );
      for (const [top = -1, bottom = 999, left = -1, right = 9999] of boxes) {
        expect(top).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual(52);
        expect(left).toBeGreaterThan(0);
        expect(right).toBeLessThan(width);
      }
      expect(await host.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await host.page.setViewportSize({ width: 1280, height: 720 });
  });

  it("is extended by five minutes, for the interview and for the question", async () => {
    await button(host.page, "Extend by +5 interview minutes").click();
    for (const { page } of panel) await shown(clock(page).getByText("of 65:00"));
    const used = secondsOf((await running(host.page).textContent()) ?? "") / 60;
    const minutes = [Math.ceil(65 - used), Math.ceil(65 - used) - 1];
    await shown(clock(candidate.page).getByText(new RegExp(`^(${minutes.join("|")}) minutes left`)));
    const left = secondsOf((await ofQuestion(host.page).textContent()) ?? "");
    await button(host.page, "Extend by +5 question minutes").click();
    await shown(
      clock(interviewer.page).getByText(new RegExp(`${Math.floor(left / 60) + 5}:|${Math.floor(left / 60) + 4}:`)),
    );
  });

  it("asks for attention at four fifths of a budget, and says when it is over", async () => {
    for (const { page } of panel) {
      await becomes(running(page), "data-urgency", "calm");
      await becomes(ofQuestion(page), "data-urgency", "calm");
    }
    // 7 minutes of budget and 5 more: four fifths are 9:36.
    await pass(9 * MINUTE);
    for (const { page } of panel) await becomes(ofQuestion(page), "data-urgency", "soon");
    await shown(candidate.page.getByText(/about \d+ min for this question/));
    // Of 65 minutes, four fifths are 52.
    await pass(44 * MINUTE);
    for (const { page } of panel) {
      await becomes(ofQuestion(page), "data-urgency", "over");
      await becomes(running(page), "data-urgency", "soon");
    }
    await host.shots("28-time-soon");
    await shown(candidate.page.getByText("No hurry with this question"));
    await pass(20 * MINUTE);
    for (const { page } of panel) await becomes(running(page), "data-urgency", "over");
    await shown(clock(candidate.page).getByText("Time is up; take the moment that you need"));
    await host.shots("29-time-over");
  });
});

describe("the end", () => {
  const over = (page: Page): Locator => page.getByRole("heading", { name: "Your scorecard" });
  const answers = (page: Page, text: string): Promise<void> =>
    there(page.locator("article pre").filter({ hasText: text }));

  async function downloadBytes(person: Person, format: string): Promise<Buffer> {
    const [file] = await Promise.all([person.page.waitForEvent("download"), button(person.page, format).click()]);
    expect(file.suggestedFilename()).toMatch(
      /^whetstone-maya-lindqvist-technical-interview-2-of-3\.(md|csv|json|pdf|xlsx)$/,
    );
    return readFile(await file.path());
  }
  const download = async (person: Person, format: "Markdown" | "CSV" | "JSON"): Promise<string> =>
    (await downloadBytes(person, format)).toString("utf8");

  it("comes for all at once when the host ends, and what was being typed is not lost", async () => {
    const { page } = host;
    await button(page, "End the interview").click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: "End the interview" });
    await shown(confirm);
    await host.shots("30-end-asked");
    await candidate.page.getByRole("textbox").pressSequentially(" MY LAST WORDS");
    await confirm.click();
    await shown(candidate.page.getByRole("heading", { name: "The interview is over" }));
    await shown(over(page));
    await shown(over(interviewer.page));
    await shown(observer.page.getByRole("heading", { name: "The interview is over" }));
    await answers(page, "MY LAST WORDS");
    await answers(interviewer.page, "MY LAST WORDS");
    await shown(
      candidate.page
        .getByText("Everything you write is saved; you can close this page.")
        .or(candidate.page.getByText("Everything you wrote is saved; you can close this page.")),
    );
    await candidate.shots("31-over-candidate");
    await observer.shots("32-over-observer");
    await host.shots("33-ending-host");
  });

  /** Submits what there is, and says why not more. */
  async function submit(page: Page): Promise<void> {
    await page.getByLabel("Or submit without it, because").fill("The rest was not asked.");
    await button(page, "Submit all the same").click();
  }

  it("a scorecard says what it lacks, is submitted once, with a reason for that, and is locked then", async () => {
    const { page } = host;
    await page.getByLabel("Summary").fill("Solid on the mechanism. PRIVATE TO JONAS.");
    expect(await button(page, "Submit your scorecard").count()).toBe(0);
    await page.getByRole("radio", { name: "No", exact: true }).check();
    await page.getByRole("radio", { name: "Medium", exact: true }).check();
    await button(page, "Submit all the same").click();
    await shown(page.getByText("Say why you submit without it."));
    await submit(page);
    await shown(page.getByText(/^Submitted/).first());
    await shown(page.getByRole("radio", { name: "No", exact: true, disabled: true }));
    expect(await page.getByLabel("Summary").isEditable()).toBe(false);
    expect(await page.locator("button[data-level]:enabled").count()).toBe(0);
    await allSaved(page);
    await page.reload();
    await shown(page.getByText(/^Submitted/).first());
    expect(await page.getByLabel("Summary").inputValue()).toBe("Solid on the mechanism. PRIVATE TO JONAS.");
  });

  it("each sees another's scorecard only after submitting their own", async () => {
    await interviewer.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(interviewer.page.getByText("It opens as soon as you have submitted your scorecard."));
    expect(interviewer.received.join("\n")).not.toContain("PRIVATE TO JONAS");
    await interviewer.page.getByRole("tab", { name: "Your scorecard" }).click();
    await host.page.getByRole("tab", { name: "Debrief" }).click();
    await shown(host.page.getByText("Solid on the mechanism. PRIVATE TO JONAS.").first());
    // That nothing of theirs is submitted is all that is said of them.
    const missing = host.page.getByRole("region", { name: "Scorecards that are missing" });
    await shown(missing.getByText(`Not submitted yet: ${interviewer.name}.`));
    const named = await host.page.getByText(interviewer.name, { exact: true }).count();
    expect(await missing.getByText(interviewer.name, { exact: true }).count()).toBe(named);
  });

  it("an export made before holds one's own scorecard and nobody else's", async () => {
    for (const format of ["Markdown", "CSV", "JSON"] as const) {
      const hosts = await download(host, format);
      expect(hosts).toContain(host.name);
      expect(hosts).not.toContain("Found both faults");
      const interviewers = await download(interviewer, format);
      expect(interviewers).toContain("Found both faults unprompted.");
      expect(interviewers).not.toContain("PRIVATE TO JONAS");
    }
  });

  it("once both have submitted, both see both", async () => {
    const { page } = interviewer;
    await page.getByRole("radio", { name: "Strong yes" }).check();
    await page.getByLabel("Summary").fill("Would hire. PRIVATE TO AMARA.");
    await submit(page);
    await page.getByRole("tab", { name: "Debrief" }).click();
    await shown(page.getByText("Solid on the mechanism. PRIVATE TO JONAS.").first());
    await shown(host.page.getByText("Would hire. PRIVATE TO AMARA.").first());
    await shown(host.page.getByText("Strong yes").first());
    await shown(host.page.getByText("Found both faults unprompted.").first());
    await interviewer.shots("34-both-submitted");
    for (const { received } of [candidate, observer]) expect(received.join("\n")).not.toMatch(/PRIVATE TO/);
  });

  it("an export is to be had as Markdown, CSV and JSON, with the questions, the answer and the scores", async () => {
    const markdown = await download(host, "Markdown");
    expect(markdown).toMatch(/^# Maya Lindqvist\n/);
    expect(markdown).toContain(`### 1. ${titleOf(CODE)}`);
    expect(markdown).toContain("MY LAST WORDS");
    expect(markdown).toContain("## Scorecard of Jonas Dahl");
    expect(markdown).toContain("Would hire. PRIVATE TO AMARA.");

    const csv = await download(host, "CSV");
    expect(csv.startsWith('\u{feff}"room","candidate","for_role","kit","rater",')).toBe(true);
    const rows = csv.split("\r\n").filter((row) => row.includes(CODE));
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => row.includes(`,"${interviewer.name}",`))).toHaveLength(2);
    expect(csv).toContain("Found both faults unprompted.");

    expect((await downloadBytes(host, "PDF")).subarray(0, 5).toString()).toBe("%PDF-");
    expect((await downloadBytes(host, "Excel")).subarray(0, 2).toString()).toBe("PK");

    const json: unknown = JSON.parse(await download(host, "JSON"));
    expect(json).toMatchObject({
      format: "whetstone-room",
      exportedBy: host.name,
      room: { title: "Technical interview, 2 of 3", candidate: candidate.name, phase: "ended" },
      asks: [
        { number: 1, deviation: "none" },
        { deviation: "out_of_order" },
        { deviation: "not_in_plan" },
        { deviation: "not_in_plan" },
      ],
      scorecards: [
        { rater: host.name, own: true, recommendation: "no", ratings: [{ level: 1 }] },
        { rater: interviewer.name, own: false, recommendation: "strong_yes", ratings: [{ level: 2 }, { level: 4 }] },
      ],
    });
  });
});

describe("all along", () => {
  it("the candidate's browser received no title, strong answer, red flag, probe, anchor or unrevealed hint", () => {
    const received = candidate.received.join("\n");
    const revealed = new Set([
      question(CODE).hints[0],
      ...question(CODE)
        .followUps.slice(0, 2)
        .map(({ ask }) => ask),
    ]);
    const leaked = [...questions.values()].flatMap((asked) =>
      [
        asked.title,
        ...asked.hints,
        ...asked.strongAnswer,
        ...asked.redFlags,
        ...asked.followUps.flatMap(({ ask, probes }) => [ask, probes]),
        ...asked.criteria.flatMap(({ anchors }) => anchors),
      ]
        .filter((text) => !revealed.has(text))
        .filter((text) => received.includes(text) || received.includes(JSON.stringify(text).slice(1, -1))),
    );
    expect(leaked).toEqual([]);
    expect(received).toContain("A colleague wrote one head of self-attention");
  });

  it.each(named)("the browser of %s had nothing to complain about", (_name, { faults }) => {
    expect(faults).toEqual([]);
  });

  it.each(named)("the browser of %s asked nothing of anybody else", (_name, { requested }) => {
    const { host: own } = new URL(site.url);
    const elsewhere = requested.filter((url) => !/^(data|blob):/.test(url) && new URL(url).host !== own);
    expect(elsewhere).toEqual([]);
    expect(requested.some((url) => url.startsWith("ws:"))).toBe(true);
  });
});
