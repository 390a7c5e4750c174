import type { Locator } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, Person, shown, there } from "../../support/browser.ts";
import { left, openEditors, right, startEditorPage, textBecomes, textIn } from "../../support/editor-page.ts";

/** Whoever else is in a text: where they are, going with them, and only reading. */

const site = await startEditorPage();
const browser = await launchBrowser();
const maya = await Person.arrive(browser, "Maya Lindqvist");
const { page } = maya;

afterAll(async () => {
  await browser.close();
  await site.close();
});

const sides = { left: page.getByRole("region", { name: "Left" }), right: page.getByRole("region", { name: "Right" }) };
const LONG = Array.from({ length: 120 }, (_, index) => `line ${index + 1}`).join("\n");
const scrolled = (): Promise<number> => sides.right.locator(".cm-scroller").evaluate((pane) => pane.scrollTop);
const follows = sides.right.getByRole("button", { name: "Follow Maya" });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("It is not on the page.");
  return box;
}

describe("the cursor of somebody else", () => {
  it("stands where they are, says their name for a moment, and says it again where it is pointed at or pressed", async () => {
    await openEditors(page, site, { text: "one\ntwo\nthree" });
    await left(page).press("Control+End");
    const cursor = sides.right.locator(".other-cursor");
    const name = cursor.getByText("Maya Lindqvist");
    await shown(name);
    const [at, line] = [await boxOf(cursor), await boxOf(right(page).locator(".cm-line").nth(2))];
    expect(at.y).toBeGreaterThanOrEqual(line.y - 1);
    expect(at.y + at.height).toBeLessThanOrEqual(line.y + line.height + 1);
    await gone(name);
    await cursor.locator(".other-mark").hover();
    await shown(name);
    await page.mouse.move(0, 0);
    await gone(name);
    await sides.right.getByRole("list", { name: "Also here" }).getByRole("button", { name: "Maya Lindqvist" }).focus();
    await shown(name);
  });

  it("has a name that covers neither their line nor the one that is written", async () => {
    await openEditors(page, site, { text: "one\ntwo\nthree" });
    await left(page).press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await right(page).press("Control+Home");
    const cursor = sides.right.locator(".other-cursor");
    const name = cursor.locator(".other-name");
    await becomes(cursor, "data-name-place", "below");
    await right(page).press("Control+End");
    await becomes(cursor, "data-name-place", "above");
    const [label, written] = [await boxOf(name), await boxOf(right(page).locator(".cm-line").nth(1))];
    expect(label.y + label.height).toBeLessThanOrEqual(written.y + 3);
  });

  it("differs from another's in mark and line and not in colour alone, and their selection is underlined", async () => {
    await openEditors(page, site, { text: "one\ntwo\nthree" });
    await left(page).press("Control+Home");
    await page.keyboard.press("Shift+ArrowDown");
    const selection = sides.right.locator(".other-selection");
    await there(selection.first());
    await right(page).press("Control+End");
    await there(sides.left.locator(".other-cursor"));
    const looks = await page.evaluate(() =>
      [...document.querySelectorAll(".other-cursor")].map((cursor) => {
        const mark = cursor.querySelector(".other-mark");
        return [getComputedStyle(cursor).borderLeftStyle, mark && getComputedStyle(mark).clipPath];
      }),
    );
    expect(looks).toHaveLength(2);
    expect(looks[0]?.[0]).not.toBe(looks[1]?.[0]);
    expect(looks[0]?.[1]).not.toBe(looks[1]?.[1]);
    expect(await selection.first().evaluate((part) => getComputedStyle(part).borderBottomWidth)).toBe("1px");
  });

  it("is no part of the text: it is neither read out nor copied, and goes with whoever leaves", async () => {
    await openEditors(page, site, { text: "one\ntwo" });
    await left(page).press("Control+End");
    await there(sides.right.locator(".other-cursor"));
    expect(
      await sides.right.locator(".other-cursor").evaluate((part) => part.closest("[aria-hidden=true]") !== null),
    ).toBe(true);
    await right(page).press("Control+a");
    await page.keyboard.press("Control+c");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("one\ntwo");
    await page.evaluate(() => window.workspaces.left.awareness.setLocalState(null));
    await gone(sides.right.locator(".other-cursor"));
    await gone(sides.right.getByRole("list", { name: "Also here" }));
  });

  it("is nowhere where what comes of them is no place, and their name is text whatever it holds", async () => {
    await openEditors(page, site, { text: "one" });
    await page.evaluate(() => {
      const { awareness } = window.workspaces.left;
      awareness.setLocalState({
        user: { seatId: "s-left", name: "<b>Maya</b>", color: "red; background: url(https://elsewhere.example)" },
        cursor: { anchor: { type: 7 }, head: "nowhere" },
      });
    });
    await shown(sides.right.getByRole("button", { name: "<b>Maya</b>" }));
    expect(await sides.right.locator(".other-cursor").count()).toBe(0);
    await right(page).press("Control+End");
    await page.keyboard.type("!");
    await textBecomes(page, "one!");
    expect(maya.complaints).toEqual([]);
  });
});

describe("following", () => {
  it("keeps the cursor of whoever is followed in sight, until the reader scrolls, and again by its button", async () => {
    await openEditors(page, site, { text: LONG, follows: "yes" });
    await left(page).press("Control+Home");
    await left(page).press("Control+End");
    await becomes(follows, "aria-pressed", "true");
    const last = right(page).getByText("line 120", { exact: true });
    await shown(last);
    expect(await scrolled()).toBeGreaterThan(500);
    await right(page).hover();
    await page.mouse.wheel(0, -10_000);
    await becomes(follows, "aria-pressed", "false");
    await shown(right(page).getByText("line 1", { exact: true }));
    await left(page).press("Enter");
    await textBecomes(page, `${LONG}\n`, "right");
    expect(await scrolled()).toBe(0);
    await follows.click();
    await becomes(follows, "aria-pressed", "true");
    await shown(last);
    await left(page).press("Control+Home");
    await shown(right(page).getByText("line 1", { exact: true }));
    await right(page).press("PageDown");
    await becomes(follows, "aria-pressed", "false");
  });

  it("ends by writing, and not by what the others write", async () => {
    await openEditors(page, site, { text: LONG, follows: "yes" });
    await left(page).press("Control+End");
    await page.keyboard.type("more");
    await textBecomes(page, `${LONG}more`, "right");
    await becomes(follows, "aria-pressed", "true");
    await right(page).focus();
    await page.keyboard.type("x");
    await becomes(follows, "aria-pressed", "false");
  });
});

describe("a text that is only read", () => {
  it("says so, is reached and gone through by keyboard, and copied, but not changed", async () => {
    await openEditors(page, site, { text: LONG, right: "closed" });
    expect(await right(page).getAttribute("aria-readonly")).toBe("true");
    expect(await left(page).getAttribute("aria-readonly")).toBe("false");
    await shown(sides.right.getByText("Plain text, to read only"));
    await sides.left.getByRole("list", { name: "Also here" }).getByRole("button").focus();
    await page.keyboard.press("Tab");
    expect(await right(page).evaluate((field) => document.activeElement === field)).toBe(true);
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageDown");
    await page.waitForFunction(() => (document.querySelectorAll(".cm-scroller")[1]?.scrollTop ?? 0) > 100);
    await page.keyboard.type("x");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LONG);
    await page.keyboard.press("Control+x");
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Control+z");
    expect(await textIn(page, "right")).toBe(LONG);
    expect(await page.evaluate(() => window.workspaces.right.awareness.getLocalState()?.cursor ?? null)).toBe(null);
    await page.keyboard.press("Tab");
    expect(await right(page).evaluate((field) => document.activeElement === field)).toBe(false);
  });

  it("leaves single keys to the room, and takes them when it may be written in", async () => {
    await openEditors(page, site, { text: "one", right: "closed" });
    await right(page).focus();
    await page.keyboard.press("a");
    expect(await page.evaluate(() => window.noted)).toEqual(["key a"]);
    await page.getByRole("button", { name: "Open it" }).click();
    await becomes(right(page), "aria-readonly", "false");
    await right(page).press("Control+End");
    await page.keyboard.press("a");
    await textBecomes(page, "onea");
    expect(await page.evaluate(() => window.noted)).toEqual(["key a"]);
    await page.getByRole("button", { name: "Close it" }).click();
    await becomes(right(page), "aria-readonly", "true");
    await gone(sides.left.locator(".other-cursor"));
  });
});
