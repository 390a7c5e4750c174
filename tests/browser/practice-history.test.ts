import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Level, QuestionLevel } from "@whetstone/shared/bank";
import { historyOf, type PracticeRecord } from "@whetstone/shared/practice/history/record";
import type { AxeResults, RunOptions } from "axe-core";
import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, Person, realBank, shown, startSite, textsBecome } from "../support/browser.ts";
import { DAY, practiced, rated } from "../support/practice.ts";

/** The history of practice in real browsers: brought in as a file, looked at, taken elsewhere and wiped. */

const site = await startSite();
const browser = await launchBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { questions, packs } = await realBank();

afterAll(async () => {
  await browser.close();
  await site.close();
});

declare global {
  interface Window {
    readonly axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

/** A history of twelve questions of the bank, asked a day apart up to yesterday: rated by a partner, most by oneself too, and some given. */
function seeded(): PracticeRecord[] {
  const bank = [...questions.values()].filter((_, index) => index % 9 === 0).slice(0, 12);
  return bank.flatMap(({ id, title, topic, level, minutes, pack, strongAnswer }, index) => {
    const topicName = packs.get(pack)?.topics.find((known) => known.id === topic)?.name ?? null;
    const at = Date.now() - (bank.length - index) * DAY;
    const levelOf = (by: number) => (1 + ((index * 3 + by) % 4)) as Level;
    const about = { questionId: id, title, topic: topicName, level: level as QuestionLevel, minutes, at };
    const theirs = practiced(`asked-${index}`, {
      ...about,
      ratings: rated(levelOf(0), levelOf(1), levelOf(1)),
      heard: strongAnswer.slice(0, 2),
      missed: strongAnswer.slice(2),
    });
    const own = practiced(`self-${index}`, {
      ...about,
      kind: "self",
      ratings: rated(1, levelOf(1), 1),
      partnerName: null,
    });
    const given = practiced(`given-${index}`, { ...about, questionId: null, kind: "given", ratings: rated(4, 3, 2) });
    return [theirs, ...(index < 7 ? [own] : []), ...(index % 2 === 0 ? [given] : [])];
  });
}

const ENTRIES = seeded();
const FILE = JSON.stringify(historyOf(ENTRIES));

async function openHistory(name: string, viewport = { width: 1280, height: 900 }): Promise<Person> {
  const person = await Person.arrive(browser, name, { viewport, bypassCSP: true });
  await person.page.goto(`${site.url}/practice/history`);
  await shown(person.page.getByRole("heading", { name: "Your practice" }));
  return person;
}

const importText = ({ page }: Person, text: string) =>
  page
    .getByLabel("History to import")
    .setInputFiles({ name: "history.json", mimeType: "application/json", buffer: Buffer.from(text) });

async function exported({ page }: Person): Promise<{ readonly name: string; readonly text: string }> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = await downloading;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

const stored = ({ page }: Person) => page.evaluate(() => localStorage.getItem("whetstone.practice"));

async function isSound({ page }: Person): Promise<void> {
  const found: string[] = [];
  await page.addScriptTag({ content: axe });
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations) {
      if (impact === "serious" || impact === "critical") found.push(...nodes.map(({ html }) => `${id}: ${html}`));
    }
  }
  expect(found).toEqual([]);
}

/** Keeps the screen at each width in both schemes; it is no wider than its window. */
async function looks(person: Person, step: string): Promise<void> {
  const { page } = person;
  for (const width of [320, 768, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const sideways = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(sideways, `${width} px`).toBe(0);
    await person.shots(`${step}-${width}`);
  }
}

describe("a history of practice", () => {
  it("that is empty invites, offers what was never asked without its title, and is sound in both schemes", async () => {
    const maya = await openHistory("Maya Lindqvist");
    const { page } = maya;
    await shown(page.getByText("Nothing has been practised in this browser yet"));
    expect(await page.getByRole("link", { name: "Practise alone", exact: true }).getAttribute("href")).toBe(
      "/practice/alone",
    );
    const offered = page.getByRole("link", { name: /^Practise it: A new question on/ });
    await shown(offered.first());
    expect(await offered.count()).toBe(6);
    const ids = await offered.evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get("question")),
    );
    for (const id of ids) {
      const title = questions.get(id ?? "")?.title;
      expect(title).toBeDefined();
      expect(await page.locator("main").innerText()).not.toContain(title);
    }
    expect(await page.getByRole("button", { name: "Export" }).isDisabled()).toBe(true);
    await isSound(maya);
    await looks(maya, "practice-history-empty");
    expect(maya.complaints).toEqual([]);
    await maya.leave();
  });

  it("that is imported is shown in pictures that say their figures, and is sound in both schemes", async () => {
    const maya = await openHistory("Maya Lindqvist");
    const { page } = maya;
    await importText(maya, FILE);
    await shown(page.getByText(`Imported: ${ENTRIES.length} entries are new.`));

    const topics = [...new Set(ENTRIES.flatMap(({ kind, topic }) => (kind === "given" ? [] : (topic ?? []))))].sort();
    const map = page.getByRole("table", { name: /by topic and level of question/ });
    await textsBecome(map, "tbody th", topics);
    await shown(page.getByRole("img", { name: /by a partner on/ }).first());
    expect(await page.getByRole("img", { name: /by (a partner|yourself) on/ }).count()).toBe(topics.length);

    // Of twelve questions with three ratings each, and of six that were given with 4, 3 and 2.
    await shown(
      page.getByText(/^You gave 3\.0 on average, in 18 ratings; you received 2\.\d on average, in 36 ratings/),
    );
    await shown(
      page.getByText(/^On 7 questions that both you and a partner rated, you underrate yourself by \d\.\d levels/),
    );
    await textsBecome(
      page.getByRole("table", { name: "How many ratings are at each level" }).locator("tbody"),
      'td[data-side="given"]',
      ["6", "6", "6", "0"],
    );

    const next = page.getByRole("region", { name: "What to practise next" });
    await shown(next.getByText(/^Rated 1\.\d on .*: worth another try\.$/).first());
    const again = next.getByRole("link").first();
    const href = (await again.getAttribute("href")) ?? "";
    expect(ENTRIES.map(({ questionId }) => `/practice/alone?question=${questionId}`)).toContain(href);

    await page.getByText("Partners", { exact: true }).click();
    await gone(page.getByText("rated by yourself", { exact: true }));
    await page.getByText("As a table").click();
    expect(await page.getByRole("table").filter({ hasText: "Rated by" }).locator("tbody tr").count()).toBe(12);
    await page
      .getByText(ENTRIES.at(-1)?.title ?? "", { exact: true })
      .last()
      .click();
    await isSound(maya);
    await looks(maya, "practice-history");
    expect(maya.complaints).toEqual([]);
    await maya.leave();
  });

  it("keeps to the topics that are chosen, after a reload too", async () => {
    const maya = await openHistory("Maya Lindqvist");
    const { page } = maya;
    const next = page.getByRole("region", { name: "What to practise next" });
    await next.getByText("Of all topics").click();
    const topic = (await next.locator("label").first().innerText()).trim();
    await next.getByLabel(topic, { exact: true }).check();
    await shown(next.getByText(`Only of ${topic}`));
    await page.reload();
    await shown(next.getByText(`Only of ${topic}`));
    await shown(next.getByRole("link").first());
    const names = await next.getByRole("link").evaluateAll((links) => links.map((link) => link.ariaLabel));
    expect(names.filter((name) => !name?.includes(`A new question on ${topic},`))).toEqual([]);
    await maya.leave();
  });

  it("is the same in another browser after an export and an import, and in another tab at once", async () => {
    const [here, there] = [await openHistory("Maya Lindqvist"), await openHistory("Maya, elsewhere")];
    await importText(here, FILE);
    await shown(here.page.getByText("entries are new"));
    const file = await exported(here);
    expect(file.name).toMatch(/^whetstone-practice-\d{4}-\d\d-\d\d\.json$/);
    await importText(there, file.text);
    await shown(there.page.getByText(`Imported: ${ENTRIES.length} entries are new.`));
    expect((await exported(there)).text).toBe(file.text);
    expect(await there.page.getByRole("table", { name: /by topic and level/ }).innerText()).toBe(
      await here.page.getByRole("table", { name: /by topic and level/ }).innerText(),
    );
    await importText(there, file.text);
    await shown(there.page.getByText("Everything in this file was here already."));

    const tab = await there.context.newPage();
    await tab.goto(`${site.url}/practice/history`);
    await importText(there, JSON.stringify(historyOf([practiced("new", { topic: "A topic of another tab" })])));
    await shown(tab.getByRole("rowheader", { name: "A topic of another tab", exact: true }));
    expect([...here.complaints, ...there.complaints]).toEqual([]);
    await here.leave();
    await there.leave();
  });

  it("counts as asked in the bank, also what came from another browser; and what a room asked here is not offered as new", async () => {
    const maya = await openHistory("Maya Lindqvist");
    const { page } = maya;
    await importText(maya, FILE);
    await shown(page.getByText("entries are new"));
    const had = new Set(ENTRIES.flatMap(({ questionId }) => questionId ?? []));
    await page.goto(`${site.url}/bank`);
    await shown(page.getByRole("radio", { name: `Asked ${had.size} questions` }));
    // As a room keeps it, in which nothing of it was rated.
    const unrated = [...questions.keys()].find((id) => !had.has(id)) ?? "";
    await page.evaluate((id) => localStorage.setItem("whetstone.asked", JSON.stringify([id])), unrated);
    const searched = page.waitForRequest((request) => request.url().endsWith("/api/bank/search"));
    await page.goto(`${site.url}/practice/history`);
    const { asked } = (await searched).postDataJSON() as { asked: { ids: string[]; keep: string } };
    expect(asked.keep).toBe("not_asked");
    expect(new Set(asked.ids)).toEqual(new Set([unrated, ...had]));
    await maya.leave();
  });

  it("takes nothing of a file that is wrong, and says what is wrong with it", async () => {
    const maya = await openHistory("Maya Lindqvist");
    await importText(maya, FILE);
    await shown(maya.page.getByText("entries are new"));
    const before = await stored(maya);
    const wrong = JSON.stringify({
      ...historyOf([]),
      entries: [practiced("fresh"), { ...practiced("bad"), level: 7 }],
    });
    await importText(maya, wrong);
    const alert = maya.page.getByRole("alert");
    await shown(alert.getByText("“level” of entry 2 is not as it should be. Nothing was imported."));
    await importText(maya, FILE.slice(0, 500));
    await shown(alert.getByText("This file is no JSON, or it was cut off."));
    expect(await stored(maya)).toBe(before);
    await maya.leave();
  });

  it("is wiped in two steps, with all that was kept of it", async () => {
    const maya = await openHistory("Maya Lindqvist");
    const { page } = maya;
    await importText(maya, FILE);
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await press("Wipe…");
    await shown(page.getByText(`${ENTRIES.length} entries go: the questions you had`));
    await isSound(maya);
    await press("Keep it");
    expect(await stored(maya)).not.toBeNull();
    await press("Wipe…");
    await press("Wipe it for ever");
    await shown(page.getByText("Your history is wiped."));
    await shown(page.getByText("Nothing has been practised in this browser yet"));
    const storage = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(storage).not.toContain(ENTRIES[0]?.title);
    await page.reload();
    await shown(page.getByText("Nothing has been practised in this browser yet"));
    await maya.leave();
  });
});
