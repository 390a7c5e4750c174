import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, Person, shown } from "../../support/browser.ts";
import { left, openEditors, right, startEditorPage, textBecomes, textIn } from "../../support/editor-page.ts";

/** Writing in a text that somebody else writes in at the same time: by keyboard, input method, paste and script. */

const site = await startEditorPage();
const browser = await launchBrowser();
const maya = await Person.arrive(browser, "Maya Lindqvist");
const { page } = maya;
const keyboard = await maya.context.newCDPSession(page);

afterAll(async () => {
  await browser.close();
  await site.close();
});

beforeEach(() => {
  maya.complaints.length = 0;
});

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const compose = (text: string) =>
  keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
const isFocused = (locator: ReturnType<typeof left>): Promise<boolean> =>
  locator.evaluate((element) => document.activeElement === element);
const noted = (): Promise<string[]> => page.evaluate(() => window.noted);

describe("what is written", () => {
  it("is in both documents at once, in several lines, also where a script fills the field", async () => {
    await openEditors(page, site);
    await left(page).fill("first\n\n  second\nthird");
    await textBecomes(page, "first\n\n  second\nthird", "right");
    expect(await textIn(page)).toBe("first\n\n  second\nthird");
    await left(page).fill("other");
    await textBecomes(page, "other", "right");
    await right(page).press("Control+Home");
    await page.keyboard.type("an");
    await textBecomes(page, "another");
    expect(maya.complaints).toEqual([]);
  });

  it("is told to the page with its field, and nothing is told of what others write", async () => {
    await openEditors(page, site);
    await right(page).fill("from the other side");
    await textBecomes(page, "from the other side");
    expect(await noted()).toEqual([]);
    await left(page).press("End");
    await page.keyboard.type("!");
    expect(await noted()).toEqual(["a-1 was written in"]);
    await press("Control+z");
    await textBecomes(page, "from the other side");
    expect(await noted()).toEqual(["a-1 was written in", "a-1 was written in"]);
  });

  it("is undone and done again by whoever wrote it, and takes nothing of another with it", async () => {
    await openEditors(page, site, { text: "start " });
    await left(page).press("Control+End");
    await page.keyboard.type("mine ");
    await right(page).press("Control+End");
    await page.keyboard.type("yours");
    await textBecomes(page, "start mine yours");
    await left(page).focus();
    await press("Control+z", "Control+z", "Control+z");
    await textBecomes(page, "start yours");
    await press("Control+Shift+Z");
    await textBecomes(page, "start mine yours");
    await right(page).focus();
    await press("Control+z", "Control+z");
    await textBecomes(page, "start mine ");
  });

  it("is no shortcut of the room's, nor anything that a browser would save", async () => {
    await openEditors(page, site, { language: "python" });
    await left(page).focus();
    await page.keyboard.type("banana ");
    await page.evaluate(() =>
      window.addEventListener(
        "keydown",
        ({ key, defaultPrevented }) => key === "s" && window.noted.push(`s ${defaultPrevented}`),
      ),
    );
    await press("Control+s");
    expect((await noted()).at(-1)).toBe("s true");
    expect(await textIn(page)).toBe("banana ");
    expect((await noted()).filter((what) => what.startsWith("key"))).toEqual([]);
    // The same key elsewhere on the page is one of the room's.
    await page.getByRole("button", { name: "Before" }).focus();
    await press("a");
    expect((await noted()).filter((what) => what.startsWith("key"))).toEqual(["key a"]);
  });

  it("stands in the page as words that somebody wrote, and what is shown in an empty text does not", async () => {
    await openEditors(page, site);
    const isStanding = () => page.evaluate(() => window.isTextStanding());
    expect(await left(page).getAttribute("aria-placeholder")).toMatch(/^Notes, formulas/);
    await left(page).focus();
    await page.keyboard.type("w");
    expect(await isStanding()).toBe(true);
    await press("Backspace");
    await textBecomes(page, "");
    expect(await isStanding()).toBe(false);
    expect(await left(page).evaluate((field) => field.textContent)).toBe("");
  });
});

describe("what is composed", () => {
  it("reaches the other when it is written, and what the other writes meanwhile breaks nothing of it", async () => {
    await openEditors(page, site, { text: "zero " });
    await left(page).press("Control+End");
    await compose("に");
    await compose("にほ");
    expect((await noted()).at(-1)).toBe("a-1 is composed in");
    await page.evaluate(() => window.workspaces.right.doc.getText("text").insert(0, "minus "));
    await compose("にほん");
    await keyboard.send("Input.insertText", { text: "日本" });
    await textBecomes(page, "minus zero 日本");
    await textBecomes(page, "minus zero 日本", "right");
    await page.waitForFunction(() => window.noted.at(-1) === "a-1 was written in");
    expect(await left(page).evaluate((field) => field.textContent)).toBe("minus zero 日本");
  });

  it("is told as soon as it begins, also before it has a letter, as after a dead key", async () => {
    await openEditors(page, site);
    await left(page).focus();
    await left(page).evaluate((field) =>
      field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true })),
    );
    expect(await noted()).toEqual(["a-1 is composed in"]);
    await left(page).evaluate((field) =>
      field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })),
    );
    expect(await noted()).toEqual(["a-1 is composed in", "a-1 was written in"]);
  });

  it("is given up by Escape, which leaves the text in no other way", async () => {
    await openEditors(page, site);
    await left(page).focus();
    await compose("か");
    await left(page).evaluate((field) =>
      field.dispatchEvent(
        new KeyboardEvent("keydown", {
          key: "Escape",
          keyCode: 229,
          isComposing: true,
          bubbles: true,
          cancelable: true,
        }),
      ),
    );
    await compose("");
    await press("Tab");
    expect(await isFocused(left(page))).toBe(true);
    expect(await textIn(page)).toBe("  ");
  });
});

describe("Tab", () => {
  it("indents and unindents, and leaves in both directions after Escape, however long after", async () => {
    await openEditors(page, site, { language: "python", text: "if x:\ny = 1" });
    await left(page).press("Control+End");
    await press("Tab");
    expect(await textIn(page)).toBe("if x:\n    y = 1");
    await press("Shift+Tab");
    expect(await textIn(page)).toBe("if x:\ny = 1");
    await press("Escape");
    await shown(page.getByText("Tab leaves the text now"));
    await page.clock.install();
    await page.clock.fastForward("10:00");
    await press("Tab");
    expect(await isFocused(left(page))).toBe(false);
    await left(page).focus();
    await gone(page.getByText("Tab leaves the text now"));
    await press("Escape", "Shift+Tab");
    expect(await isFocused(left(page))).toBe(false);
    expect(await textIn(page)).toBe("if x:\ny = 1");
  });

  it("indents again after any other key or a click, and after an Escape that had something else to do", async () => {
    await openEditors(page, site, { text: "one one" });
    await left(page).press("Control+Home");
    await press("Escape", "ArrowRight", "Tab");
    expect(await isFocused(left(page))).toBe(true);
    await press("Control+z", "Escape");
    await left(page).click();
    await press("Tab", "Control+z");
    expect(await isFocused(left(page))).toBe(true);
    // With two cursors it lets go of one, and with finding open it closes that.
    await press("Control+Home", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Control+d", "Escape");
    await press("Control+f", "Escape", "Tab");
    expect(await isFocused(left(page))).toBe(true);
  });

  it("is described to whoever hears the text, and only once", async () => {
    await openEditors(page, site);
    const described = await left(page).evaluate((field) =>
      (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
    );
    expect(described).toEqual([
      "The panel sees what you write.",
      "Tab indents. To leave the text by keyboard, press Escape, then Tab.",
      "",
    ]);
    const twice = page.getByText("leaves the text").first();
    expect(await twice.evaluate((hint) => hint.closest("[aria-hidden=true]") !== null)).toBe(true);
  });
});

describe("finding", () => {
  it("counts, goes on and back, replaces, and gives the text back by Escape", async () => {
    await openEditors(page, site, { text: "loss\nLoss\nglossary" });
    await left(page).press("Control+Home");
    await press("Control+f");
    const panel = page.getByRole("search", { name: "Find in: Your answer" });
    const field = panel.getByLabel("Find", { exact: true });
    await shown(panel);
    await page.keyboard.type("loss");
    await shown(panel.getByText("3 found"));
    await press("Enter");
    await shown(panel.getByText("1 of 3"));
    await press("Enter");
    await shown(panel.getByText("2 of 3"));
    await press("Shift+Enter");
    await shown(panel.getByText("1 of 3"));
    await panel.getByLabel("Match case").check();
    await shown(panel.getByText("1 of 2"));
    await panel.getByLabel("Replace with").fill("cost");
    await panel.getByRole("button", { name: "Replace all" }).click();
    await textBecomes(page, "cost\nLoss\ngcostary", "right");
    await shown(panel.getByText("Not found"));
    await field.focus();
    await press("Escape");
    await gone(panel);
    expect(await isFocused(left(page))).toBe(true);
    expect((await noted()).filter((what) => what.startsWith("key"))).toEqual([]);
  });

  it("does not go on by the Enter that ends a composed word", async () => {
    await openEditors(page, site, { text: "日本 日本" });
    await left(page).press("Control+Home");
    await press("Control+f");
    const panel = page.getByRole("search", { name: "Find in: Your answer" });
    const field = panel.getByLabel("Find", { exact: true });
    await field.fill("日本");
    await shown(panel.getByText("2 found"));
    await field.evaluate((element) =>
      element.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }),
      ),
    );
    await shown(panel.getByText("2 found"));
    await press("Enter");
    await shown(panel.getByText("1 of 2"));
  });
});

describe("lines", () => {
  it("go each in their own direction in prose, and code stays where it is", async () => {
    await openEditors(page, site, { text: "plain\nمرحبا بالعالم\nשלום" });
    const directions = () =>
      left(page).evaluate((field) =>
        [...field.querySelectorAll(".cm-line")].map((line) => getComputedStyle(line).direction),
      );
    expect(await directions()).toEqual(["ltr", "rtl", "rtl"]);
    // By an arrow to the left one goes on in a line that is read from the right.
    await left(page).press("Control+Home");
    await press("ArrowDown", "Home", "ArrowLeft");
    await page.keyboard.type("X");
    expect(await textIn(page)).toBe("plain\nمXرحبا بالعالم\nשלום");
    await page.getByLabel("Language").first().selectOption("python");
    await shown(page.locator(".cm-lineNumbers").first());
    expect(await directions()).toEqual(["ltr", "ltr", "ltr"]);
  });

  it("hold brackets and quotes that close themselves in code, and none in prose", async () => {
    await openEditors(page, site, { language: "python" });
    await left(page).focus();
    await page.keyboard.type("f(");
    expect(await textIn(page)).toBe("f()");
    await openEditors(page, site, { language: "markdown" });
    await left(page).focus();
    await page.keyboard.type('f("');
    expect(await textIn(page)).toBe('f("');
  });

  it("are written in at several places at once, and selected as a block", async () => {
    await openEditors(page, site, { language: "python", text: "aaa\nbbb\nccc" });
    const box = await left(page).locator(".cm-line").first().boundingBox();
    const last = await left(page).locator(".cm-line").nth(2).boundingBox();
    if (!box || !last) throw new Error("There are no lines.");
    await page.keyboard.down("Alt");
    await page.mouse.move(box.x + 13, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 13, last.y + 8, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Alt");
    await page.keyboard.type("# ");
    await textBecomes(page, "# aaa\n# bbb\n# ccc", "right");
  });

  it("of code are folded and unfolded by keyboard", async () => {
    await openEditors(page, site, { language: "python", text: "def f():\n    return 1\n\nx = 2" });
    await shown(page.locator(".tok-keyword").first());
    await left(page).press("Control+Home");
    await press("Control+Shift+BracketLeft");
    const folded = left(page).locator(".cm-foldPlaceholder");
    await shown(folded);
    await becomes(folded, "aria-label", "folded code");
    await press("Control+Shift+BracketRight");
    await gone(folded);
    expect(await textIn(page)).toBe("def f():\n    return 1\n\nx = 2");
  });

  it("end in one way, whatever is pasted or stands in a document", async () => {
    await openEditors(page, site);
    await page.evaluate(() => navigator.clipboard.writeText("one\r\ntwo\rthree"));
    await left(page).focus();
    await press("Control+v");
    await textBecomes(page, "one\ntwo\nthree", "right");
    await page.evaluate(() => window.workspaces.right.doc.getText("text").insert(0, "strange\r\nline "));
    await left(page).press("Control+End");
    await page.keyboard.type("!");
    await textBecomes(page, "strange\r\nline one\ntwo\nthree!", "right");
    expect(maya.complaints).toEqual([]);
  });
});
