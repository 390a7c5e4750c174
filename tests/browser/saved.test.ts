import { LIMITS } from "@whetstone/shared/room/limits";
import type { Dialog, Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, shown, startSite, there } from "../support/browser.ts";
import { ownSheet, wordsOn } from "../support/looking.ts";

/** What is said of what people write, and that nothing of it is lost when it is too much, too late, or left behind. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const arrive = async (name: string): Promise<Person> => {
  const person = await Person.arrive(browser, name);
  onTestFinished(() => person.leave());
  return person;
};

/** A room that runs, with the first question asked. */
async function interview(): Promise<{ host: Person; maya: Person; sheet: Locator }> {
  const { secrets } = await openRoom(site);
  const host = await arrive("Jonas Dahl");
  const maya = await arrive("Maya Lindqvist");
  return { host, maya, sheet: await asked(host, maya, secrets) };
}

async function asked(
  host: Person,
  maya: Person,
  secrets: Readonly<Record<"host" | "candidate", string>>,
): Promise<Locator> {
  await host.enterAsHost(site, secrets.host);
  await maya.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit", exact: true }).click();
  await host.page.getByRole("button", { name: "Start the interview" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await shown(maya.page.getByRole("region", { name: "Question 1", exact: true }));
  return ownSheet(maya.page);
}

const askNext = async (host: Person): Promise<void> => host.page.keyboard.press("a");
const question = ({ page }: Person, number: number): Locator =>
  page.getByRole("region", { name: `Question ${number}`, exact: true });
const saved = ({ page }: Person): Locator => page.getByRole("status").getByText("Everything you write is saved");
const ended = async ({ page }: Person): Promise<void> => {
  await page.getByRole("button", { name: "End the interview", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
};

describe("a paste that is too long", () => {
  const LONG = `${"a".repeat(LIMITS.answer)}${"THE REST ".repeat(2_556)}`;
  const paste = async (page: Page, text: string): Promise<void> => {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await page.keyboard.press("ControlOrMeta+v");
  };

  it("is put into the sheet as a whole or not at all, and says so", async () => {
    const { host, maya, sheet } = await interview();
    const { page } = maya;
    await sheet.fill("Short and whole.");
    await paste(page, LONG);
    await shown(page.getByText("Nothing of that was put in, as it does not fit"));
    await maya.shots("saved-too-long");
    expect(await wordsOn(sheet)).toBe("Short and whole.");
    await paste(page, " And this fits.");
    await gone(page.getByText("Nothing of that was put in"));
    await shown(host.page.getByTestId("answer").getByText("Short and whole. And this fits."));
    await shown(saved(maya));
  });

  it("stays whole on a sheet without an editor, lets nobody close the page at the end, and can be copied once its sheet is gone", async () => {
    const { secrets } = await openRoom(site);
    const host = await arrive("Jonas Dahl");
    const maya = await arrive("Maya Lindqvist");
    await maya.context.route(/\/assets\/DocumentSheet-.*\.js$/, (route) => route.abort());
    const sheet = await asked(host, maya, secrets);
    const { page } = maya;
    await sheet.fill(LONG);
    await shown(page.getByText(`This is ${(LONG.length - LIMITS.answer).toLocaleString("en")} characters too long`));
    await shown(page.getByText("Not all that you wrote is saved"));
    await gone(saved(maya));
    expect(await sheet.inputValue()).toBe(LONG);
    await sheet.blur();
    await ended(host);
    await shown(page.getByRole("heading", { name: "The interview is over" }));
    await shown(page.getByText("please leave this page open"));
    await gone(page.getByText("you can close this page"));
    const notice = page.getByRole("alert").filter({ hasText: "did not fit" });
    await notice.getByRole("button", { name: "Copy my text" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LONG.slice(LIMITS.answer));
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await shown(page.getByText("Everything you wrote is saved; you can close this page."));
  });

  it("into a note, a typed question and a summary is not cut either", async () => {
    const { host } = await interview();
    const { page } = host;
    const note = page.getByLabel("New note");
    await note.fill("n".repeat(LIMITS.note + 7));
    await shown(page.getByText("7 characters too long"));
    await shown(page.getByText("Not all saved"));
    expect(await note.inputValue()).toHaveLength(LIMITS.note + 7);
    await note.fill("A note that fits");
    await gone(page.getByText("Not all saved"));
    await note.press("Enter");
    await note.press("Escape");
    await page.keyboard.press("/");
    await page.getByRole("button", { name: "Type a question of your own" }).click();
    const typed = page.getByLabel("Your question");
    await typed.fill("q".repeat(LIMITS.prompt + 5));
    await shown(page.getByText("5 characters too long"));
    expect(await typed.inputValue()).toHaveLength(LIMITS.prompt + 5);
    expect(await page.getByRole("dialog").getByRole("button", { name: "Ask now" }).isDisabled()).toBe(true);
  });
});

describe("a question that changes in the middle of a word", () => {
  it("takes no key away: the sheet stays under the hands until its writer goes on", async () => {
    const { host, maya, sheet } = await interview();
    const { page } = maya;
    await sheet.pressSequentially("gradients van");
    await askNext(host);
    await shown(question(maya, 2));
    await page.keyboard.type("ish with depth");
    await shown(page.getByText("A new question is here."));
    expect(await wordsOn(sheet)).toBe("gradients vanish with depth");
    await maya.shots("saved-new-question");
    await page.getByRole("button", { name: "Go to question 2" }).click();
    await gone(page.getByText("A new question is here."));
    await page.keyboard.type("On the second");
    expect(await wordsOn(sheet)).toBe("On the second");
    await shown(host.page.getByTestId("answer").getByText("On the second"));
    await host.page
      .getByRole("navigation", { name: "Plan" })
      .getByRole("button", { name: /, asked$/ })
      .click();
    await shown(host.page.getByTestId("answer").getByText("gradients vanish with depth"));
  });

  it("takes none at the end either", async () => {
    const { host, maya, sheet } = await interview();
    const { page } = maya;
    await sheet.pressSequentially("my last wo");
    await ended(host);
    await shown(page.getByRole("heading", { name: "The interview is over" }));
    await page.keyboard.type("rds");
    await there(host.page.getByText("my last words"));
    await page.getByRole("button", { name: "Done" }).click();
    await gone(sheet);
  });

  it("breaks nothing that is being composed", async () => {
    const { host, maya, sheet } = await interview();
    const { page } = maya;
    await sheet.focus();
    const keyboard = await maya.context.newCDPSession(page);
    await keyboard.send("Input.imeSetComposition", { text: "か", selectionStart: 1, selectionEnd: 1 });
    await askNext(host);
    await shown(question(maya, 2));
    await keyboard.send("Input.imeSetComposition", { text: "勾配", selectionStart: 2, selectionEnd: 2 });
    await keyboard.send("Input.insertText", { text: "勾配" });
    expect(await wordsOn(sheet)).toBe("勾配");
    await shown(page.getByText("A new question is here."));
    await sheet.blur();
    await gone(page.getByText("A new question is here."));
    expect(await wordsOn(sheet)).toBe("");
  });
});

describe("who leaves with something unsaved", () => {
  it("is asked by the browser before the page goes, and only then", async () => {
    const { maya, sheet } = await interview();
    const { page, context } = maya;
    await shown(saved(maya));
    const asked: string[] = [];
    const note = (dialog: Dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    };
    page.on("dialog", note);
    await page.reload();
    await shown(sheet);
    page.off("dialog", note);
    expect(asked).toEqual([]);
    await context.setOffline(true);
    await sheet.pressSequentially("typed without a network");
    await gone(saved(maya));
    const asking = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asking;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    expect(await wordsOn(sheet)).toBe("typed without a network");
    await context.setOffline(false);
    await shown(saved(maya));
  });

  it("is asked before a link of the page leads away", async () => {
    const { host } = await interview();
    const { page } = host;
    await ended(host);
    await shown(page.getByRole("tab", { name: "Your scorecard" }));
    await host.context.setOffline(true);
    await page.getByLabel("Summary").fill("Not sent yet");
    await page.getByRole("link", { name: "Your rooms" }).click();
    const asking = page.getByRole("alertdialog");
    await shown(asking);
    await host.shots("saved-leaving");
    await asking.getByRole("button", { name: "Stay here" }).click();
    await gone(asking);
    expect(await page.getByLabel("Summary").inputValue()).toBe("Not sent yet");
    await host.context.setOffline(false);
    await shown(page.getByText("All saved", { exact: true }));
    await page.getByRole("link", { name: "Your rooms" }).click();
    await page.waitForURL(`${site.url}/`);
    expect(await asking.count()).toBe(0);
  });
});

describe("a name that nobody could see", () => {
  const UNSEEN = "\u3164\u200b";
  const SAID = "Nothing of this can be seen.";

  it("is refused with a sentence by each form, and mended there", async () => {
    const { secrets } = await openRoom(site);
    const { page } = await arrive("Ada");
    const name = page.getByLabel("Your name");
    const refused = async (button: string) => {
      await name.fill(UNSEEN);
      await page.getByRole("button", { name: button, exact: true }).click();
      await shown(page.getByText(SAID));
      await becomes(name, "aria-invalid", "true");
      await name.fill("Ada");
      await gone(page.getByText(SAID));
    };
    await page.goto(`${site.url}/join#${secrets.candidate}`);
    await refused("Join");
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Title").fill("A room");
    await refused("Open the room");
    await page.goto(`${site.url}/practice`);
    await page.getByLabel("Who you practise with").fill("Bo");
    await refused("Open the room");
  });

  it("is refused where it is too long, and not cut", async () => {
    const { page } = await arrive("Ada");
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Title").fill("t".repeat(LIMITS.title + 3));
    await page.getByRole("button", { name: "Open the room", exact: true }).click();
    await shown(page.getByText("3 characters too long"));
    expect(await page.getByLabel("Title").inputValue()).toHaveLength(LIMITS.title + 3);
  });
});
