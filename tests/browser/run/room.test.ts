import type { Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../../support/browser.ts";
import { ownSheet } from "../../support/looking.ts";
import { SOLUTIONS } from "../../support/solutions.ts";

/** Programs in an interview: who runs them, and who sees how they went. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** How long an interpreter may take to come where others have the machine, too, in milliseconds; it only bounds a failure. */
const PATIENCE = { timeout: 90_000 };
const QUESTION = "confusion-in-the-sorting-plant";
const TITLE = "A confusion matrix with a price";
const HIDDEN = ["knows no recall of a class that never came", "gives the shares of the sorting plant"];

/** The smallest there is: one grey point. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==";
const PICTURE = `
import base64
class Picture:
    def _repr_png_(self): return base64.b64decode("${PIXEL}")
Picture()`;

const arrive = async (name: string, options: { bypassCSP?: boolean } = {}): Promise<Person> => {
  const person = await Person.arrive(browser, name, options);
  onTestFinished(() => person.leave());
  return person;
};

/** What looks at a page for those who read it by ear is put into it. */
const LOOKED_AT = { bypassCSP: true };

/** A room that runs, with a question asked that brings tests. */
async function interview(options: { bypassCSP?: boolean } = {}) {
  const { secrets } = await openRoom(site, { kitId: null });
  const [host, maya] = [await arrive("Jonas Dahl", options), await arrive("Maya Lindqvist", options)];
  await host.enterAsHost(site, secrets.host);
  await maya.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("/");
  const drawer = host.page.getByRole("dialog", { name: "Question bank" });
  await drawer.getByLabel("Search the bank").fill(TITLE);
  await drawer.getByRole("button", { name: TITLE }).click();
  await drawer.getByRole("button", { name: "Ask now" }).click();
  const sheet = ownSheet(maya.page);
  await shown(sheet.getByText("def figures"));
  return { host, maya, sheet, secrets };
}

const program = (page: Page) => page.getByRole("region", { name: "The program" });
/** How a run ended, in the words that the page has for it; what it says else is told by the failure. */
async function ending(page: Page): Promise<string> {
  const status = program(page)
    .getByRole("status")
    .or(program(page).getByText(/^(Ended|Stopped)/));
  await status
    .filter({ hasNotText: /^It (begins|runs|waits)|is on its way/ })
    .first()
    .waitFor(PATIENCE);
  return program(page).innerText();
}
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** A finger that taps a button in its middle, once it can be tapped there. */
async function fingerOn(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  return async (name: string) => {
    const button = page.getByRole("button", { name, exact: true });
    await button.click({ trial: true });
    const box = await button.boundingBox();
    if (!box) throw new Error(`${name} is nowhere.`);
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  };
}

/** Replaces what stands in the sheet, in a language. */
async function write({ page }: Person, language: string, code: string): Promise<void> {
  await page.getByLabel("Language").selectOption(language);
  await ownSheet(page).fill(code);
}

describe("a program in a sheet", () => {
  it("is run by the keyboard, and everybody sees what it printed, also after a reload", async () => {
    const { host, maya, sheet } = await interview();
    await write(maya, "JavaScript", 'console.log("loss", 0.25 + 0.25);\nconsole.error("careful");');
    await sheet.press("ControlOrMeta+Enter");
    expect(await ending(maya.page)).toContain("Ended after");
    await shown(program(maya.page).getByText("loss 0.5"));
    await shown(program(host.page).getByText("loss 0.5"));
    await shown(program(host.page).getByText("careful"));
    await shown(program(host.page).getByText("Maya Lindqvist ran it at"));
    await maya.shots("run-1-candidate");
    await host.shots("run-1-host");
    await maya.page.reload();
    await shown(program(maya.page).getByText("You ran it at"));
    await shown(program(maya.page).getByText("loss 0.5"));
    await press(maya.page, "Hide what was run");
    await gone(program(maya.page));
    expect(maya.complaints).toEqual([]);
  });

  it("that ends by an error leads to its line", async () => {
    const { maya, sheet } = await interview();
    await write(maya, "JavaScript", "const a = 1;\n\nnull.of;\n");
    await press(maya.page, "Run");
    expect(await ending(maya.page)).toContain("Ended by an error on line 3");
    await press(maya.page, "line 3");
    expect(await sheet.evaluate((field) => document.activeElement === field)).toBe(true);
    await maya.page.keyboard.type("// ");
    await shown(sheet.getByText("// null.of;"));
  });

  it("that never ends is stopped at any moment, and is told of meanwhile", async () => {
    const { host, maya } = await interview();
    await write(maya, "JavaScript", 'console.log("begins");\nfor (;;) {}');
    await press(maya.page, "Run");
    await program(host.page).getByText("Maya Lindqvist runs it").waitFor(PATIENCE);
    await shown(program(host.page).getByText("begins"));
    await press(maya.page, "Stop");
    await shown(program(maya.page).getByText("Stopped after"));
    await shown(program(host.page).getByText("Stopped after"));
    await gone(program(host.page).getByText("runs it"));
  });

  it("that waits is seen by whoever comes meanwhile, and by those whose own network was gone", async () => {
    const { host, maya } = await interview();
    await write(maya, "JavaScript", 'console.log("epoch 3");\nconst more = prompt("Go on? ");\nconsole.log(more);');
    await press(maya.page, "Run");
    await program(host.page).getByText("Maya Lindqvist runs it").waitFor(PATIENCE);
    await host.page.reload();
    await shown(program(host.page).getByText("epoch 3"));
    // The server knows the program of a page that was gone by what that page says when it is back.
    await maya.context.setOffline(true);
    await gone(program(host.page).getByText("epoch 3"));
    await maya.context.setOffline(false);
    await program(host.page).getByText("epoch 3").waitFor(PATIENCE);
    await program(maya.page).getByRole("button", { name: "Stop", exact: true }).click();
    await gone(program(host.page).getByText("runs it"));
  });

  it("shows pictures to everybody, and they stay", async () => {
    const { host, maya } = await interview();
    await write(maya, "Python", PICTURE);
    await press(maya.page, "Run");
    await program(maya.page).getByRole("img").waitFor(PATIENCE);
    await shown(program(host.page).getByRole("img"));
    await host.page.reload();
    const picture = program(host.page).getByRole("img");
    await shown(picture);
    expect(await picture.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))).toBe(1);
  });

  it("is run, stopped and hidden by a finger on a small screen", async () => {
    const { host, maya } = await interview();
    await maya.page.setViewportSize({ width: 360, height: 740 });
    await write(maya, "JavaScript", 'console.log("begins");\nfor (;;) {}');
    const finger = await fingerOn(maya.page);
    await finger("Run");
    await program(host.page).getByText("begins").waitFor(PATIENCE);
    await finger("Stop");
    await shown(program(maya.page).getByText("Stopped after"));
    await maya.shots("run-5-finger");
    await finger("Hide what was run");
    await gone(program(maya.page));
  });

  it("shows its tables, and lets others read them", async () => {
    const { host, maya } = await interview(LOOKED_AT);
    await write(maya, "SQL", "create table t (a, b);\ninsert into t values (1, 'one'), (2, null);\nselect * from t;");
    await press(maya.page, "Run");
    await program(maya.page).getByRole("cell", { name: "one" }).waitFor(PATIENCE);
    await shown(program(host.page).getByRole("cell", { name: "NULL" }));
    await areSound(maya.page, host.page);
  });

  it("may be run by the panel where it may write, and by nobody who observes", async () => {
    const { host, maya, secrets } = await interview();
    const otto = await arrive("Otto Observer");
    await otto.join(site, secrets.observer);
    await write(maya, "JavaScript", "console.log(40 + 2)");
    // What the panel runs is what has come to its own page by then.
    await shown(host.page.getByTestId("answer").getByText("console.log(40 + 2)"));
    await press(host.page, "Run");
    expect(await ending(host.page)).toContain("Ended after");
    await shown(program(maya.page).getByText("Jonas Dahl ran it at"));
    await shown(program(otto.page).getByText("42"));
    expect(await otto.page.getByRole("button", { name: "Run", exact: true }).count()).toBe(0);
    expect(await otto.page.getByRole("button", { name: /Check/ }).count()).toBe(0);
  });
});

describe("a question's tests", () => {
  it("are run by the candidate as far as they are shown, and all of them by the panel alone", async () => {
    const { host, maya } = await interview(LOOKED_AT);
    await shown(maya.page.getByText("2 tests", { exact: true }).first());
    await press(maya.page, "2 tests");
    await program(maya.page).getByText("0 of 2 tests passed").first().waitFor(PATIENCE);
    await shown(program(host.page).getByText("0 of 2 tests passed"));
    await maya.shots("run-2-tests-failed");

    await ownSheet(maya.page).fill(SOLUTIONS[QUESTION]?.right ?? "");
    await press(maya.page, "2 tests");
    await program(host.page).getByText("All 2 tests passed").waitFor(PATIENCE);
    await press(host.page, "Check");
    await program(host.page).getByText("All 7 tests passed").first().waitFor(PATIENCE);
    for (const name of HIDDEN) await shown(program(host.page).getByText(name));
    await host.shots("run-3-checked");
    await areSound(host.page, maya.page);

    await host.page.getByRole("button", { name: "Close", exact: true }).click();
    await shown(host.page.getByRole("button", { name: "Check it with all 7 tests" }));
    await shown(host.page.getByText("All 7 tests passed"));
    for (const name of HIDDEN) expect(maya.received.filter((text) => text.includes(name))).toEqual([]);
    expect(maya.received.filter((text) => text.includes("lastCheck"))).toEqual([]);
  });

  it("are not offered where the sheet is written in another language", async () => {
    const { maya } = await interview();
    await maya.page.getByLabel("Language").selectOption("SQL");
    await gone(maya.page.getByRole("button", { name: "2 tests", exact: true }));
    await maya.page.getByLabel("Language").selectOption("Plain text");
    await gone(maya.page.getByRole("button", { name: "Run", exact: true }));
  });
});

describe("a program that asks", () => {
  it("gets its lines from whoever runs it, and shows them as a terminal does", async () => {
    const { host, maya } = await interview();
    await write(maya, "Python", 'name = input("Who? ")\nprint("Hello", name)\n');
    await press(maya.page, "Run");
    const line = program(maya.page).getByRole("textbox", { name: "Who?" });
    await line.waitFor(PATIENCE);
    await shown(program(host.page).getByText("and it waits for a line"));
    await line.fill("世界");
    await line.press("Enter");
    await program(maya.page).getByText("Hello 世界").waitFor(PATIENCE);
    await shown(program(host.page).getByText("Who? 世界"));
  });
});

describe("on a small page", () => {
  it("all of it is reached, and nothing runs past the window", async () => {
    const { maya } = await interview(LOOKED_AT);
    await maya.page.setViewportSize({ width: 320, height: 640 });
    await write(maya, "JavaScript", 'console.log("x".repeat(400))');
    await press(maya.page, "Run");
    expect(await ending(maya.page)).toContain("Ended after");
    await maya.shots("run-4-small");
    const wide = await maya.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await areSound(maya.page);
  });
});
