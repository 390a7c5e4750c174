import type { BankQuestion } from "@whetstone/shared/bank";
import type { CDPSession, Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** What single keys do in a live room, and what they do not, under hands, keyboards and input methods of many kinds. */

const site = await startSite();
const browser = await launchBrowser();
const { questions, kits } = await realBank();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const company = [host, interviewer, candidate];

await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await interviewer.join(site, secrets.interviewer);
await host.letIn(interviewer);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));

afterAll(async () => {
  await browser.close();
  await site.close();
});

const planned = kits.get("ml-engineer-screen")?.questions.map((item) => question(item.question)) ?? [];
const keyboards = {
  host: await host.context.newCDPSession(host.page),
  interviewer: await interviewer.context.newCDPSession(interviewer.page),
};

function question(id: string): BankQuestion {
  const found = questions.get(id);
  if (!found) throw new Error(`The bank has no ${id}.`);
  return found;
}
const at = (index: number): BankQuestion => {
  const found = planned[index];
  if (!found) throw new Error(`The kit has no question ${index + 1}.`);
  return found;
};

/** A key as a keyboard of any layout gives it: what it writes, and its place. */
async function press(
  keyboard: CDPSession,
  key: string,
  code: string,
  how: { readonly modifiers?: number } = {},
): Promise<void> {
  const event = { key, code, ...(key.length === 1 && { text: key }), ...how };
  await keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
  await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
}
const SHIFT = 8;

const beginning = (text: string): string =>
  text
    .replace(/[`*$\\\n].*/s, "")
    .trim()
    .slice(0, 30);
const asks = async (index: number): Promise<void> => {
  for (const { page } of company) await shown(page.getByText(beginning(at(index).prompt)).first());
};
const marked = ({ page }: Person): Locator => page.locator('[data-focused="true"]');
const isMarked = (person: Person, index: number, criterion: number): Promise<void> =>
  becomes(
    person.page.getByRole("region", { name: at(index).criteria[criterion]?.name ?? "", exact: true }),
    "data-focused",
    "true",
  );
const isRated = (person: Person, level: number): Promise<void> =>
  becomes(marked(person).locator(`[data-level="${level}"]`), "aria-checked", "true");
const ratings = ({ page }: Person): Promise<number> => page.locator('[data-level][aria-checked="true"]').count();
const bar = ({ page }: Person): Locator => page.getByRole("status").filter({ hasText: "Go there" });
const planItem = ({ page }: Person, index: number): Locator =>
  page
    .getByRole("navigation", { name: "Plan" })
    .getByRole("button")
    .filter({ hasText: at(index).title })
    .first();

/** How many hints and follow-ups of a question the candidate reads. */
async function given(index: number): Promise<number> {
  const { hints, followUps } = at(index);
  const texts = [...hints, ...followUps.map(({ ask }) => ask)].map(beginning);
  const counts = await Promise.all(texts.map((text) => candidate.page.getByText(text).count()));
  return counts.filter((count) => count > 0).length;
}

/** Passes the moment in which a letter may still turn out to belong to a word, as the page itself counts it. */
const aMoment = ({ page }: Person): Promise<void> =>
  page.evaluate(() => new Promise<void>((resolve) => void setTimeout(resolve, 600)));

describe("a word that is typed beside the field", () => {
  it("asks nothing, reveals nothing and pauses nothing", async () => {
    await host.page.keyboard.press("a");
    await asks(0);
    await host.page
      .getByText(beginning(at(0).prompt))
      .first()
      .click();
    await host.page.keyboard.type("happy path, half of a proof", { delay: 30 });
    await aMoment(host);
    expect(await given(0)).toBe(0);
    await host.page.keyboard.press("h");
    await shown(candidate.page.getByText(beginning(at(0).hints[0] ?? "")).first());
    expect(await given(0)).toBe(1);
    await shown(host.page.getByRole("button", { name: "Pause P" }));
    await shown(planItem(host, 0).getByText(", asked now"));
  });

  it("an impatient hand reveals one hint", async () => {
    await aMoment(host);
    for (let times = 0; times < 4; times++) await host.page.keyboard.press("h");
    await shown(candidate.page.getByText(beginning(at(0).hints[1] ?? "")).first());
    await aMoment(host);
    expect(await given(0)).toBe(2);
  });
});

describe("keyboards and alphabets", () => {
  const cases: readonly [string, string, string, { modifiers?: number }, number][] = [
    ["a French keyboard's digit without Shift", "é", "Digit2", {}, 2],
    ["the same with Shift", "3", "Digit3", { modifiers: SHIFT }, 3],
    ["a numeric pad", "4", "Numpad4", {}, 4],
    ["an Arabic keyboard", "١", "Digit1", {}, 1],
    ["a Czech keyboard without Shift", "ě", "Digit2", {}, 2],
  ];
  it.each(cases)("%s rates", async (_what, key, code, how, level) => {
    await press(keyboards.interviewer, key, code, how);
    await isRated(interviewer, level);
    expect(await ratings(interviewer)).toBe(1);
  });

  it.each([
    ["Cyrillic", "о", "KeyJ", "л", "KeyK"],
    ["Greek with Caps Lock", "Ξ", "KeyJ", "Κ", "KeyK"],
    ["Hangul", "ㅓ", "KeyJ", "ㅏ", "KeyK"],
    ["Hebrew", "ח", "KeyJ", "ל", "KeyK"],
    ["Latin with Caps Lock", "J", "KeyJ", "K", "KeyK"],
    ["Dvorak, where the letters stand elsewhere", "j", "KeyC", "k", "KeyV"],
  ])("the mark moves in %s", async (_layout, down, downAt, up, upAt) => {
    await isMarked(interviewer, 0, 0);
    await press(keyboards.interviewer, down, downAt);
    await isMarked(interviewer, 0, 1);
    await press(keyboards.interviewer, up, upAt);
    await isMarked(interviewer, 0, 0);
  });

  it("a letter that reaches the candidate does so from another alphabet too", async () => {
    await aMoment(interviewer);
    await press(keyboards.interviewer, "а", "KeyF");
    await shown(candidate.page.getByText(beginning(at(0).followUps[0]?.ask ?? "")).first());
  });

  it("? opens help, wherever the sign stands, and Escape closes it", async () => {
    const help = host.page.getByRole("dialog");
    await press(keyboards.host, "?", "Minus", { modifiers: SHIFT });
    await shown(help.getByText("Ask the next question of the plan"));
    await host.page.keyboard.press("Escape");
    await gone(help);
    await press(keyboards.host, ",", "Slash", { modifiers: SHIFT });
    await aMoment(host);
    expect(await help.count()).toBe(0);
  });

  it("a key of text that is composed does nothing, by either sign of it", async () => {
    const before = await ratings(interviewer);
    await interviewer.page.evaluate(() => {
      const say = (init: KeyboardEventInit) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
      say({ key: "4", code: "Digit4", isComposing: true });
      say({ key: "4", code: "Digit4", keyCode: 229 });
      say({ key: "f", code: "KeyF", isComposing: true });
      say({ key: "Process", code: "KeyF", keyCode: 229 });
    });
    await aMoment(interviewer);
    await press(keyboards.interviewer, "j", "KeyJ");
    await isMarked(interviewer, 0, 1);
    await press(keyboards.interviewer, "3", "Digit3");
    await isRated(interviewer, 3);
    expect(await ratings(interviewer)).toBe(before + 1);
    expect(await given(0)).toBe(3);
  });

  it("the Enter that ends a composed word keeps it in the field, as Safari says it too", async () => {
    const field = interviewer.page.getByLabel("New note");
    await field.focus();
    await keyboards.interviewer.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    await keyboards.interviewer.send("Input.insertText", { text: "日本" });
    await field.evaluate((element) =>
      element.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 229, bubbles: true, cancelable: true }),
      ),
    );
    await interviewer.page.keyboard.type("語");
    expect(await field.inputValue()).toBe("日本語");
    await interviewer.page.keyboard.press("Enter");
    await shown(interviewer.page.getByRole("listitem").filter({ hasText: "日本語" }));
    await interviewer.page.keyboard.press("Escape");
  });
});

describe("another question is asked while one looks elsewhere", () => {
  it("a bar says so, and no key rates or reveals what is not shown", async () => {
    await planItem(interviewer, 2).click();
    await shown(bar(interviewer).getByText(at(0).title));
    await host.page.keyboard.press("a");
    await shown(bar(interviewer).getByText(at(1).title));
    await shown(bar(interviewer).getByText("Question 2 is asked"));
    await interviewer.shots("keys-1-elsewhere");
    for (const key of ["2", "h", "f"]) {
      await interviewer.page.keyboard.press(key);
      await aMoment(interviewer);
    }
    expect(await given(1)).toBe(0);
    await interviewer.page.keyboard.press("j");
    expect(await interviewer.page.getByRole("button", { name: /^evidence for/ }).count()).toBe(0);
    await interviewer.page.keyboard.press("g");
    await gone(bar(interviewer));
    await asks(1);
    await isMarked(interviewer, 1, 0);
    expect(await ratings(interviewer)).toBe(0);
  });

  it("nor do they on a question that is closed, which a click rates still", async () => {
    await planItem(interviewer, 0).click();
    await shown(bar(interviewer).getByText(at(1).title));
    const before = await ratings(interviewer);
    await interviewer.page.keyboard.press("4");
    await aMoment(interviewer);
    await marked(interviewer).locator('[data-level="1"]').click();
    await isRated(interviewer, 1);
    expect(await ratings(interviewer)).toBe(before);
    await bar(interviewer).getByRole("button", { name: "Go there" }).click();
    await gone(bar(interviewer));
    expect(await ratings(interviewer)).toBe(0);
  });

  it("the mark returns to the first criterion with each question, and it is on the screen", async () => {
    const last = at(1).criteria.length - 1;
    for (let moved = 0; moved < last; moved++) await interviewer.page.keyboard.press("j");
    await isMarked(interviewer, 1, last);
    await aMoment(host);
    await host.page.keyboard.press("a");
    await asks(2);
    await isMarked(interviewer, 2, 0);
    const card = await marked(interviewer).boundingBox();
    const beneath = await interviewer.page.locator("header").first().boundingBox();
    expect(card?.y).toBeGreaterThanOrEqual((beneath?.y ?? 0) + (beneath?.height ?? 0));
    expect((card?.y ?? 0) + 40).toBeLessThan(interviewer.page.viewportSize()?.height ?? 0);
    await interviewer.page.keyboard.press("2");
    await isRated(interviewer, 2);
  });
});

describe("the bank beside the room", () => {
  it("a letter in it reaches nobody", async () => {
    const { page } = host;
    await page.keyboard.press("/");
    const drawer = page.getByRole("dialog", { name: "Question bank" });
    await shown(drawer);
    await shown(drawer.getByRole("listitem").first());
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.closest("li") !== null)).toBe(true);
    for (const key of ["a", "h", "f", "p"]) {
      await page.keyboard.press(key);
      await aMoment(host);
    }
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await gone(drawer);
    await shown(planItem(host, 2).getByText(", asked now"));
    await shown(page.getByRole("button", { name: "Pause P" }));
    expect(await given(2)).toBe(0);
  });
});

it("nothing failed in the browsers meanwhile", () => {
  for (const person of company) expect(person.faults).toEqual([]);
});
