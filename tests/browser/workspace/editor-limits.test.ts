import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, Person, shown } from "../../support/browser.ts";
import { left, openEditors, startEditorPage, textBecomes, textIn } from "../../support/editor-page.ts";

/** A text that becomes too long, by whatever it is put in. */

const site = await startEditorPage();
const browser = await launchBrowser();
const maya = await Person.arrive(browser, "Maya Lindqvist");
const { page } = maya;
const keyboard = await maya.context.newCDPSession(page);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const full = page
  .getByRole("status")
  .getByText(/^The text is full: it may have 10 characters\. Shorten it to go on\.$/);
const whole = (length: string) =>
  page
    .getByRole("status")
    .getByText(
      `Nothing of that was put in, as it does not fit: the text may have 10 characters and would have ${length}. Take less of it.`,
    );
const copy = (text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text);

describe("a text that is full", () => {
  it("takes no more that is typed, says so, and goes on once it is shorter", async () => {
    await openEditors(page, site, { most: "10", text: "12345678" });
    await left(page).press("Control+End");
    await page.keyboard.type("9ab");
    await shown(full);
    expect(await textIn(page)).toBe("123456789a");
    expect(await left(page).evaluate((field) => field.textContent)).toBe("123456789a");
    await page.keyboard.press("Backspace");
    await gone(full);
    await page.keyboard.type("z");
    await textBecomes(page, "123456789z", "right");
    const described = (await left(page).getAttribute("aria-describedby"))?.split(" ").at(-1) ?? "";
    expect(await page.evaluate((id) => document.getElementById(id)?.textContent, described)).toBe("0 characters left.");
  });

  it("takes no more that is composed, and shows what is in the document", async () => {
    await openEditors(page, site, { most: "10", text: "12345678" });
    await left(page).press("Control+End");
    for (const text of ["に", "にほ", "にほん"])
      await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await keyboard.send("Input.insertText", { text: "にほん" });
    await shown(full);
    await page.waitForFunction(
      () =>
        document.querySelector(".cm-content")?.textContent === window.workspaces.left.doc.getText("text").toString(),
    );
    const text = await textIn(page);
    expect(text.startsWith("12345678")).toBe(true);
    expect(text.length).toBeLessThanOrEqual(10);
    expect(await textIn(page, "right")).toBe(text);
  });

  it("keeps what others have written beyond it, and can be shortened", async () => {
    await openEditors(page, site, { most: "10", text: "12345678" });
    await page.evaluate(() => window.workspaces.right.doc.getText("text").insert(8, " and more"));
    await textBecomes(page, "12345678 and more");
    await left(page).press("Control+End");
    await page.keyboard.type("x");
    await shown(full);
    await page.keyboard.press("Backspace");
    await textBecomes(page, "12345678 and mor", "right");
  });
});

describe("what is pasted or dropped", () => {
  it("and does not fit is refused whole, and what fits is taken", async () => {
    await openEditors(page, site, { most: "10", text: "12345" });
    await left(page).press("Control+End");
    await copy("abcdef");
    await page.keyboard.press("Control+v");
    await shown(whole("11"));
    expect(await textIn(page)).toBe("12345");
    await copy("abcde");
    await page.keyboard.press("Control+v");
    await textBecomes(page, "12345abcde", "right");
    await gone(whole("11"));
    // In the place of what is selected it is measured by what it takes away.
    await page.keyboard.press("Control+a");
    await copy("0123456789");
    await page.keyboard.press("Control+v");
    await textBecomes(page, "0123456789", "right");
  });

  it("is refused when it is dropped, and a file that is too large is not even read", async () => {
    await openEditors(page, site, { most: "10", text: "12345" });
    const drop = (kind: "text" | "file") =>
      left(page).evaluate((field, what) => {
        const dataTransfer = new DataTransfer();
        if (what === "text") dataTransfer.setData("text/plain", "abcdef");
        else dataTransfer.items.add(new File(["x".repeat(1_000)], "notes.txt", { type: "text/plain" }));
        const { left: clientX, top: clientY } = field.getBoundingClientRect();
        field.dispatchEvent(new DragEvent("drop", { dataTransfer, clientX, clientY, bubbles: true, cancelable: true }));
      }, kind);
    await drop("text");
    await shown(whole("11"));
    await page.evaluate(() => {
      FileReader.prototype.readAsText = () => window.noted.push("read");
    });
    await drop("file");
    await shown(page.getByText("the text may have 10 characters. Take less of it."));
    expect(await page.evaluate(() => window.noted)).toEqual([]);
    expect(await textIn(page)).toBe("12345");
  });

  it("of five million characters is refused, in one line and in many, and the page goes on", async () => {
    await openEditors(page, site, { most: "20000", text: "kept " });
    await left(page).press("Control+End");
    for (const [line, length] of [
      ["x", "5,000,005"],
      ["x\n", "5,000,007"],
    ] as const) {
      await page.evaluate((part) => navigator.clipboard.writeText(part.repeat(5_000_000 / part.length)), line);
      await page.keyboard.press("Control+v");
      await shown(page.getByText(`and would have ${length}.`));
      await page.keyboard.type("on");
      await gone(page.getByText(`and would have ${length}.`));
    }
    await textBecomes(page, "kept onon", "right");
    expect(maya.complaints).toEqual([]);
  });
});
