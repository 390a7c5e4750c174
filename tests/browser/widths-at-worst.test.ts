import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { bankAtWorst } from "../support/bank-at-worst.ts";
import { becomes, gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";
import {
  beyondWindow,
  CANDIDATE_SIZES,
  hidden,
  missingOnCandidate,
  missingOnPanel,
  ownSheet,
  PANEL_SIZES,
  type Size,
} from "../support/looking.ts";

/** A room at every width when most is said in it at once: notices, raised hands, lost connections, and a time that is up. */

let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead, bank: await bankAtWorst() });
const browser = await launchBrowser();
const { questions } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const USUAL: Size = [1280, 720];
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const enlarge = ({ page }: Person, [width, height]: Size) => page.setViewportSize({ width, height });

/** What is said of all sizes at once, so that each of them is looked at. */
async function atEach(person: Person, sizes: readonly Size[], look: (page: Page) => Promise<string[]>) {
  const found: string[] = [];
  for (const size of sizes) {
    await enlarge(person, size);
    found.push(...(await look(person.page)).map((problem) => `${size.join(" × ")}: ${problem}`));
  }
  await enlarge(person, USUAL);
  return found;
}

/** What in the page's head is not seen whole, or is covered by what stands beside it. */
async function missingInHead(page: Page): Promise<string[]> {
  const parts = page.getByRole("banner").locator("button:visible, [role=timer]:visible, [role=status]:visible");
  return (await Promise.all((await parts.all()).map((part) => hidden(part)))).flat();
}

it("an interview is under way", async () => {
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await interviewer.join(site, secrets.interviewer);
  await host.letIn(interviewer);
  await button(host.page, "Admit and start").click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await ownSheet(candidate.page).fill("Half a sen");
  await shown(host.page.getByText("Half a sen"));
});

describe("a question that is asked while a candidate writes", () => {
  it("is seen with their sheet and the way to its own at every size", async () => {
    const { page } = candidate;
    await ownSheet(page).focus();
    const title = questions.get("self-attention-code-review")?.title ?? "";
    await button(host.page, `Ask ${title}`)
      .or(button(host.page, `Ask A ${title}`))
      .click();
    const go = button(page, "Go to question 2");
    await shown(go);
    await candidate.shots("worst-moved");
    const look = async () => [
      ...(await missingOnCandidate(page)),
      ...(await hidden(go)),
      ...(await missingInFoot(page)),
    ];
    expect(await atEach(candidate, CANDIDATE_SIZES, look)).toEqual([]);
    await go.click();
  });
});

/** What stands at the page's foot and is covered, or lies over the sheet. */
const missingInFoot = async (page: Page): Promise<string[]> => [
  ...(await hidden(page.getByText("Everything you write is saved"))),
  ...(await hidden(button(page, /^(?:Raise hand|Hand raised)$/))),
];

describe("the panel", () => {
  it("sees what can be taken back whole, where there is little place", async () => {
    await host.page.keyboard.press("h");
    await shown(button(host.page, /^Take back/));
    const said = host.page.getByRole("status").filter({ hasText: "Take back" }).locator("span").first();
    const cut = () =>
      said.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
        scrollWidth > clientWidth || scrollHeight > clientHeight + 1 ? ["What can be taken back is cut"] : [],
      );
    expect(await atEach(host, [[720, 450], [853, 480], USUAL], cut)).toEqual([]);
    await gone(button(host.page, /^Take back/));
  });

  it("has the question that is next with its title in few lines beside what asks it", async () => {
    const row = host.page.getByRole("navigation", { name: "Plan" }).locator("span:has(> [data-next=true])");
    const title = await row.locator("b").first().boundingBox();
    const whole = await row.boundingBox();
    expect(title?.width ?? 0).toBeGreaterThan((whole?.width ?? 0) * 0.6);
    expect(await hidden(row.locator("[data-next=true]"))).toEqual([]);
  });

  it("sees everything while it is paused, a hand is raised, and a page is away with something unsaved", async () => {
    await button(candidate.page, "Raise hand").click();
    await shown(button(host.page, /^Hand raised/));
    await host.page.keyboard.press("p");
    await shown(host.page.getByText("Paused", { exact: true }));
    const [figures, paused] = await Promise.all([
      host.page.getByTitle("Running time").boundingBox(),
      host.page.getByText("Paused", { exact: true }).boundingBox(),
    ]);
    const middle = (box: typeof paused) => (box?.y ?? 0) + (box?.height ?? 0) / 2;
    expect(Math.abs(middle(figures) - middle(paused))).toBeLessThan(5);
    await host.context.setOffline(true);
    await shown(host.page.getByText("Reconnecting…"));
    await host.page.keyboard.press("2");
    await shown(host.page.getByText("Reconnecting, 1 unsaved"));
    await host.shots("worst-away");
    const look = async (page: Page) => [...(await missingOnPanel(page)), ...(await missingInHead(page))];
    expect(await atEach(host, PANEL_SIZES, look)).toEqual([]);
    await host.context.setOffline(false);
    await gone(host.page.getByText("Reconnecting…"));
    await host.page.keyboard.press("p");
    await gone(host.page.getByText("Paused", { exact: true }));
  });

  it("has what can be done about a person on one line", async () => {
    await button(host.page, /^People/).click();
    const row = host.page.getByRole("listitem").filter({ hasText: "Amara Okafor" });
    await shown(button(host.page, "Remove Amara Okafor"));
    for (const size of [[720, 450], USUAL] as const) {
      await enlarge(host, size);
      const tops = await row
        .getByRole("button")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
      expect(tops).toHaveLength(3);
      expect(new Set(tops).size).toBe(1);
    }
    await enlarge(host, USUAL);
    await host.page.keyboard.press("Escape");
  });
});

describe("a time that is up", () => {
  it("is said in its words at every width, to the candidate and to the panel", async () => {
    ahead += 50 * 60_000;
    await Promise.all([candidate, host].map(({ page }) => page.reload()));
    await shown(candidate.page.getByText("Time is up; take the moment that you need"));
    await shown(host.page.getByTitle("Running time"));
    await becomes(host.page.getByTitle("Running time"), "data-urgency", "over");
    await candidate.shots("worst-time-up");
    expect(
      await atEach(candidate, CANDIDATE_SIZES, async (page) => [
        ...(await missingOnCandidate(page)),
        ...(await hidden(page.getByText("Time is up; take the moment that you need"))),
        ...(await missingInFoot(page)),
      ]),
    ).toEqual([]);
    expect(
      await atEach(host, PANEL_SIZES, async (page) => [
        ...(await missingOnPanel(page)),
        ...(await missingInHead(page)),
      ]),
    ).toEqual([]);
  });
});

it("nothing went wrong in any browser, and nothing is wider than it", async () => {
  for (const person of [host, interviewer, candidate]) {
    expect(person.faults).toEqual([]);
    expect((await beyondWindow(person.page)).wide).toBe(0);
  }
});
