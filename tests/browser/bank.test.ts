import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { refusal } from "@whetstone/shared/room/refusal";
import type { AxeResults, RunOptions } from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** The bank's pages: browsing, searching, one question, what is covered, and the drawer where there is no network. */

const site = await startSite();
const browser = await launchBrowser();
const bank = await realBank();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const questions = [...bank.questions.values()];
const reader = await Person.arrive(browser, "Jonas Dahl", { bypassCSP: true });
const { page } = reader;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };

afterAll(async () => {
  await browser.close();
  await site.close();
});

declare global {
  interface Window {
    readonly axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

function question(id: string) {
  const found = bank.questions.get(id);
  if (!found) throw new Error(`The bank has no ${id}.`);
  return found;
}

const VANISHING = question("vanishing-gradients");
const search = page.getByRole("searchbox", { name: "Search the bank" });
const results = page.getByRole("list", { name: "Results" }).getByRole("link");
const status = page.getByRole("status");
const filters = page.getByRole("complementary", { name: "Filters" });
const says = (text: string | RegExp): Promise<void> => shown(status.filter({ hasText: text }));
const resultCalled = (title: string): Locator => results.and(page.getByRole("link", { name: title, exact: true }));
const focusedText = (): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute("aria-label"));

async function open(address: string): Promise<void> {
  await page.goto(`${site.url}${address}`);
}

/** The page in both colour schemes and at both widths, and what axe finds wrong with it in earnest. */
async function looksSound(step: string): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of [NARROW, WIDE]) {
    await page.setViewportSize(viewport);
    await reader.shots(`${step}-${viewport.width}`);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (sideways > 0) found.push(`${viewport.width}: ${sideways} pixels sideways`);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)).map((violation) => `${viewport.width} ${colorScheme} ${violation}`));
    }
  }
  return found;
}

async function violations(inPage: Page): Promise<string[]> {
  await inPage.addScriptTag({ content: axe });
  const { violations: all } = await inPage.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return all
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`));
}

describe("the bank's page", () => {
  it("is one click from the rooms, and shows everything with the search at hand", async () => {
    await open("/");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Bank" }).click();
    await says(`${questions.length} questions`);
    expect(await search.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await results.count()).toBe(50);
    expect(await looksSound("60-bank")).toEqual([]);
  });

  it("shows the next questions on demand, and leads to the first of them", async () => {
    await page.getByRole("button", { name: "Show more" }).click();
    await shown(results.nth(50));
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-result"));
    expect(await results.nth(50).evaluate((link) => link === document.activeElement)).toBe(true);
  });

  it("finds while one types, by the beginning of a word", async () => {
    await page.keyboard.press("/");
    await search.pressSequentially("backprop");
    await shown(resultCalled(question("backprop-by-hand").title));
    await says(/^\d{1,2} questions$/);
    expect(await results.count()).toBeLessThan(50);
    expect(new URL(page.url()).search).toBe("?q=backprop");
  });

  it("searches for the nearest word where it finds nothing, and says so", async () => {
    await search.fill("vanishng gradeints");
    await says("Searching for vanishing gradients instead.");
    await shown(resultCalled(VANISHING.title));
    await reader.shots("61-bank-corrected");
  });

  it("says calmly that nothing fits, and how to go on", async () => {
    await search.fill("xqzwvkj");
    await says("0 questions");
    await shown(page.getByRole("heading", { name: "No question fits" }));
    expect(await looksSound("62-bank-nothing")).toEqual([]);
    await page.getByRole("button", { name: "Clear all" }).click();
    await says(`${questions.length} questions`);
    expect(await search.inputValue()).toBe("");
  });

  it("gives each choice its count, and exactly as many questions when it is chosen", async () => {
    const inVision = questions.filter(({ topic }) => topic === "computer-vision");
    await filters.getByRole("checkbox", { name: `Computer vision ${inVision.length} questions` }).check();
    await says(`${inVision.length} questions`);
    const advanced = inVision.filter(({ level }) => level === "advanced");
    await filters.getByRole("checkbox", { name: new RegExp(`^advanced ${advanced.length} question`) }).check();
    await says(new RegExp(`^${advanced.length} question`));
    expect(new URL(page.url()).search).toBe("?topic=computer-vision&level=advanced");
    await shown(page.getByRole("button", { name: "Remove Computer vision" }));
    expect(await looksSound("63-bank-filtered")).toEqual([]);
  });

  it("keeps its state in the address, over a reload and on the way back", async () => {
    const inVision = questions.filter(({ topic }) => topic === "computer-vision");
    await search.fill("image");
    await says(/question/);
    await page.reload();
    expect(await search.inputValue()).toBe("image");
    await becomes(page.getByRole("button", { name: "Remove advanced" }), "type", "button");
    expect(await filters.getByRole("checkbox", { name: /^Computer vision/ }).isChecked()).toBe(true);
    await page.goBack();
    await says(`${inVision.length} questions`);
    expect(await search.inputValue()).toBe("");
    expect(await filters.getByRole("checkbox", { name: /^advanced/ }).isChecked()).toBe(false);
  });

  it("takes a choice away by its chip", async () => {
    await page.getByRole("button", { name: "Remove Computer vision" }).click();
    await says(`${questions.length} questions`);
  });

  it("filters by a section of the source lists, whose group opens by itself where something in it is chosen", async () => {
    const inSection = questions.filter(({ covers }) => covers.some((item) => item.startsWith("A5.")));
    await open("/bank?section=A5");
    await says(new RegExp(`^${inSection.length} question`));
    expect(await filters.getByRole("checkbox", { name: /^A5 / }).isChecked()).toBe(true);
  });
});

describe("with the keyboard alone", () => {
  it("leads from the search to a question and back to the same place", async () => {
    await open("/bank");
    await says(`${questions.length} questions`);
    await page.keyboard.type("gradients");
    await says(/^\d{1,2} questions/);
    const titles = await results.allTextContents();
    await page.keyboard.press("ArrowDown");
    expect(await focusedText()).toBe(titles[0]);
    await page.keyboard.press("ArrowDown");
    expect(await focusedText()).toBe(titles[1]);
    await reader.shots("64-bank-keyboard");
    await page.keyboard.press("Enter");
    await shown(page.getByRole("heading", { level: 1, name: titles[1] ?? "", exact: true }));
    await page.goBack();
    await shown(results.nth(1));
    expect(await focusedText()).toBe(titles[1]);
    await page.keyboard.press("Escape");
    expect(await focusedText()).toBe("Search the bank");
  });

  it("reaches a filter by Tab and sets it by Space", async () => {
    await open("/bank");
    await says(`${questions.length} questions`);
    const first = filters.getByRole("checkbox").first();
    for (let step = 0; step < 4; step++) {
      if (await first.evaluate((box) => box === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Space");
    expect(await first.isChecked()).toBe(true);
    await shown(page.getByRole("button", { name: /^Remove / }));
  });
});

describe("where the server asks for its host key", () => {
  it("the page takes the key, says when it is another's, and keeps it", async () => {
    const visitor = await Person.arrive(browser, "Visitor");
    await visitor.page.route("**/api/bank/search", async (route) => {
      if (route.request().headers()["x-whetstone-key"] === "the right key") return route.continue();
      return route.fulfill({ status: 401, json: refusal("key_required") });
    });
    await visitor.page.goto(`${site.url}/bank`);
    const key = visitor.page.getByLabel("Host key");
    await key.fill("a wrong key");
    await visitor.page.getByRole("button", { name: "Open the bank" }).click();
    await shown(visitor.page.getByText("The key in this browser is not this server's host key."));
    await visitor.shot("71-bank-key");
    await key.fill("the right key");
    await key.press("Enter");
    await shown(visitor.page.getByRole("list", { name: "Results" }));
    await visitor.page.reload();
    await shown(visitor.page.getByRole("list", { name: "Results" }));
    await visitor.leave();
  });
});

describe("a question's page", () => {
  it("shows what the candidate sees beside what the interviewer does", async () => {
    await open(`/bank/questions/${VANISHING.id}`);
    const candidate = page.getByRole("region", { name: "As the candidate sees it" });
    const panel = page.getByRole("region", { name: "As the interviewer sees it" });
    await shown(candidate.getByText("A plain feed-forward network of thirty layers"));
    const seen = await candidate.innerText();
    for (const { probes } of VANISHING.followUps) expect(seen).not.toContain(probes.slice(0, 30));
    expect(seen).not.toContain(VANISHING.title);
    for (const title of ["Hints", "Follow-ups", "Strong answer", "Red flags", "Rubric"]) {
      await shown(panel.getByRole("heading", { name: title, exact: true }));
    }
    for (const { probes } of VANISHING.followUps) await shown(panel.getByText(probes.slice(0, 30)));
    const rows = panel.getByRole("table").getByRole("rowheader");
    expect(await rows.allInnerTexts()).toEqual([
      ...VANISHING.criteria.map(({ name }) => name),
      expect.stringContaining("Communication"),
    ]);
    expect(await panel.getByRole("table").getByRole("cell").count()).toBe(4 * (VANISHING.criteria.length + 1));
    expect(await looksSound("65-question")).toEqual([]);
  });

  it("has tabs for the two sides on a narrow screen", async () => {
    await page.setViewportSize(NARROW);
    await shown(page.getByText("A plain feed-forward network of thirty layers"));
    expect(await page.getByRole("heading", { name: "Rubric" }).isVisible()).toBe(false);
    await page.getByRole("tab", { name: "As the interviewer sees it" }).click();
    await shown(page.getByRole("heading", { name: "Rubric" }));
    await gone(page.getByText("A plain feed-forward network of thirty layers"));
    expect(await violations(page)).toEqual([]);
    await reader.shots("66-question-panel-narrow");
    await page.setViewportSize(WIDE);
  });

  it("leads to the items that it covers", async () => {
    const [item = ""] = VANISHING.covers;
    await page.getByRole("link", { name: item, exact: true }).click();
    await page.waitForURL(`**/bank/coverage#${item}`);
    // The address changes before the page does, and the page before has an item with these words too.
    await becomes(page.getByRole("listitem").filter({ hasText: item }).first(), "data-target", "true");
  });

  it("says so where there is no such question", async () => {
    await open("/bank/questions/no-such-question");
    await shown(page.getByRole("alert").getByText("That question is not in the bank any more."));
  });

  it("is copied into a question of one's own", async () => {
    await open(`/bank/questions/${VANISHING.id}`);
    await page.getByRole("button", { name: "Copy and change" }).click();
    await page.waitForURL(`**/bank/own/${VANISHING.id}-copy`);
  });
});

describe("the coverage page", () => {
  const items = [...bank.sources.values()].flatMap(({ lists }) => lists.flatMap(({ sections }) => sections));

  it("shows the lists as they stand, with figures", async () => {
    await open("/bank/coverage");
    const total = items.flatMap((section) => section.items).length;
    await says(`${total} items`);
    const [pack] = bank.sources.values();
    const list = pack?.lists[0];
    const figure = list?.sections.flatMap((section) => section.items).length;
    await shown(page.getByRole("heading", { name: `${list?.title}` }).getByText(`${figure} of ${figure}`));
    expect(await page.getByText("No question covers this.").count()).toBe(0);
    expect(await looksSound("67-coverage")).toEqual([]);
  });

  it("filters the items, and leads from one to its question", async () => {
    await page.getByLabel("Filter the items").fill("vanishing");
    await shown(page.getByRole("link", { name: VANISHING.title }).first());
    await reader.shots("68-coverage-filtered");
    await page.getByRole("link", { name: VANISHING.title }).first().click();
    await page.waitForURL(`**/bank/questions/${VANISHING.id}`);
    await shown(page.getByRole("heading", { level: 1, name: VANISHING.title }));
  });

  it("opens at a section", async () => {
    await open("/bank/coverage#B3");
    await shown(page.locator("#B3"));
    await page.waitForFunction(() => (document.getElementById("B3")?.getBoundingClientRect().top ?? 9_999) < 800);
    expect(await page.locator("#B3").getAttribute("data-target")).toBe("true");
  });
});

describe("in a room", async () => {
  const { secrets } = await openRoom(site, { kitId: null });
  const host = await Person.arrive(browser, "Amara Okafor", { bypassCSP: true });
  const candidate = await Person.arrive(browser, "Maya Lindqvist");
  const drawer = host.page.getByRole("dialog", { name: "Question bank" });
  const count = drawer.getByRole("status");

  it("the drawer corrects a slip as the bank's page does", async () => {
    await host.enterAsHost(site, secrets.host);
    await candidate.join(site, secrets.candidate);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("/");
    await shown(count.filter({ hasText: `${questions.length} questions` }));
    await drawer.getByLabel("Search the bank").fill("vanishng gradeints");
    await shown(count.filter({ hasText: "Searching for vanishing gradients instead." }));
    await host.page.keyboard.press("ArrowDown");
    await drawer.getByRole("button", { name: VANISHING.title }).click();
    await shown(drawer.getByText("Strong answer"));
    for (const anchor of VANISHING.criteria[1]?.anchors ?? []) await shown(drawer.getByText(anchor));
    expect(await violations(host.page)).toEqual([]);
    await host.shots("69-drawer-preview");
  });

  it("the drawer says plainly that it cannot search without a network, and keeps what it has", async () => {
    await host.context.setOffline(true);
    await drawer.getByLabel("Search the bank").fill("attention");
    await shown(count.filter({ hasText: "This search could not be done." }));
    await shown(count.filter({ hasText: "Below is what was found before." }));
    await shown(drawer.getByRole("button", { name: VANISHING.title }));
    await shown(drawer.getByText("Strong answer"));
    await host.shots("70-drawer-offline");
    await host.context.setOffline(false);
    await shown(drawer.getByRole("button", { name: question("self-attention-code-review").title }));
  });

  it("what was asked is remembered, and the bank's page filters by it", async () => {
    await drawer.getByLabel("Search the bank").fill(VANISHING.title);
    await drawer.getByRole("button", { name: "Ask now" }).click();
    await shown(candidate.page.getByRole("region", { name: "Question 1", exact: true }));
    await host.page.goto(`${site.url}/bank`);
    await host.page.getByRole("radio", { name: "Asked 1 question" }).check();
    await shown(host.page.getByRole("status").filter({ hasText: /^1 question$/ }));
    await shown(host.page.getByRole("link", { name: VANISHING.title, exact: true }));
    await host.page.getByRole("radio", { name: `Not asked yet ${questions.length - 1} questions` }).check();
    await shown(host.page.getByRole("status").filter({ hasText: `${questions.length - 1} questions` }));
  });

  it("nobody's page complained", () => {
    expect([...reader.faults, ...host.faults, ...candidate.faults]).toEqual([]);
  });
});
