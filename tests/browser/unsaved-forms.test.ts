import { JoinResponse } from "@whetstone/shared/links-wire";
import { LIMITS } from "@whetstone/shared/room/limits";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { Seat } from "../support/seats.ts";

/** Every kind of field that is sent: what is too long for it stays whole and is said to be, and whoever leaves it unsent is asked first. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const LONG = "q".repeat(43_000);

const arrive = async (name: string): Promise<Person> => {
  const person = await Person.arrive(browser, name);
  onTestFinished(() => person.leave());
  return person;
};

const press = (within: Page | Locator, name: string): Promise<void> =>
  within.getByRole("button", { name, exact: true }).click();

/** Pastes as a hand does, so that whatever cuts a text has its way. */
async function paste(field: Locator, text = LONG): Promise<void> {
  const page = field.page();
  await field.click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

/** That a field holds all that was pasted into it, and that it is said of it. */
async function staysWhole(field: Locator, said: RegExp, within: Page | Locator = field.page()): Promise<void> {
  await shown(within.getByText(said).first());
  expect((await field.inputValue()).length).toBe(LONG.length);
}

const TOO_LONG = /characters too long: it may have [\d,]+ and has 43,000/;

/** A form outside of a room. */
interface Form {
  readonly path: string;
  readonly field: (page: Page) => Locator;
  /** What shows why it is not taken; at once where there is none. */
  readonly submit?: string;
  readonly said: RegExp;
  /** It saves itself, so that it is unsaved only where the server is not reached. */
  readonly savesItself?: true;
}

const labelled =
  (label: string) =>
  (page: Page): Locator =>
    page.getByLabel(label, { exact: true });

const FORMS: Readonly<Record<string, Form>> = {
  "a room's title": { path: "/new", field: labelled("Title"), submit: "Open the room", said: TOO_LONG },
  "a candidate's name": {
    path: "/new",
    field: labelled("Candidate's name (optional)"),
    submit: "Open the room",
    said: TOO_LONG,
  },
  "the names of interviewers": {
    path: "/new",
    field: labelled("Interviewers (optional)"),
    submit: "Open the room",
    said: /each of up to 80 characters/,
  },
  "a partner's name": {
    path: "/practice",
    field: labelled("Who you practise with"),
    submit: "Open the room",
    said: TOO_LONG,
  },
  "a question's title": { path: "/bank/own/new", field: labelled("Title"), said: TOO_LONG, savesItself: true },
  "a question's prompt": {
    path: "/bank/own/new",
    field: labelled("What the candidate sees"),
    said: TOO_LONG,
    savesItself: true,
  },
  "a topic": { path: "/bank/own/new", field: labelled("Topic"), said: TOO_LONG, savesItself: true },
  "a kit's description": { path: "/kits/new", field: labelled("Description"), said: TOO_LONG, savesItself: true },
};

describe("a paste that is too long", () => {
  it.each(Object.entries(FORMS))("for %s stays whole and is said", async (_name, { path, field, submit, said }) => {
    const { page } = await arrive("Jonas Dahl");
    await page.goto(site.url + path);
    await paste(field(page));
    if (submit !== undefined) await press(page, submit);
    await staysWhole(field(page), said);
  });

  it("for a tag stays whole beside those that fit", async () => {
    const { page } = await arrive("Jonas Dahl");
    await page.goto(`${site.url}/bank/own/new`);
    const tags = labelled("Tags")(page);
    await tags.fill("fits");
    await tags.press("Enter");
    await paste(tags);
    await tags.press("Enter");
    await staysWhole(tags, /What stands here is not saved/);
    await shown(page.getByText("fits", { exact: true }));
  });

  it("for a list of questions to import is refused whole where it is too large", async () => {
    const { page } = await arrive("Jonas Dahl");
    await page.goto(`${site.url}/bank/import`);
    await page.getByText("Paste a text instead").click();
    const text = labelled("Text")(page);
    const size = 11 * 1024 * 1024;
    await text.evaluate((field: HTMLTextAreaElement, many) => {
      field.focus();
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, "q".repeat(many));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, size);
    await shown(page.getByRole("alert").getByText("That is 11.0 MB; an import takes at most 10 MB."));
    await gone(page.getByRole("button", { name: "Look at it" }));
    expect(await text.evaluate((field: HTMLTextAreaElement) => [field.value.length, field.maxLength])).toEqual([
      size,
      -1,
    ]);
    await text.fill("# Losses\n\n- Which loss for which task?");
    await gone(page.getByText("an import takes at most"));
    await shown(page.getByRole("button", { name: "Look at it" }));
  });

  it("for one's own name at a link stays whole and is said", async () => {
    const { secrets } = await openRoom(site);
    const { page } = await arrive("Maya Lindqvist");
    await page.goto(`${site.url}/join#${secrets.candidate}`);
    await paste(labelled("Your name")(page));
    await press(page, "Join");
    await staysWhole(labelled("Your name")(page), TOO_LONG);
  });
});

/** An interview of one question that is over, with its host before it and nothing submitted. */
async function overWith(): Promise<Person> {
  const { secrets } = await openRoom(site);
  const seats: Seat[] = [];
  for (const [secret, name] of [
    [secrets.candidate, "Maya Lindqvist"],
    [secrets.host, null],
  ] as const) {
    const response = await fetch(`${site.url}/api/links/join`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ secret, name }),
    });
    seats.push(await new Seat(site.url, JoinResponse.parse(await response.json()).token).connect());
  }
  const [maya, jonas] = seats;
  if (!maya || !jonas) throw new Error("Nobody came.");
  await jonas.must({ type: "admit", seatId: maya.seatId });
  await jonas.must({ type: "start" });
  await jonas.must({ type: "end" });
  for (const seat of seats) seat.disconnect();
  const host = await arrive("Jonas Dahl");
  await host.enterAsHost(site, secrets.host);
  await shown(host.page.getByRole("tab", { name: "Your scorecard" }));
  return host;
}

const NOT_ALL = "Not all saved";

describe("a paste that is too long in a room that is over", () => {
  it("for a summary, a reason and the feedback stays whole, is said, and is kept back from Saved", async () => {
    const { page } = await overWith();
    const summary = labelled("Summary")(page);
    await paste(summary);
    await staysWhole(summary, TOO_LONG);
    await shown(page.getByText(NOT_ALL));
    await summary.fill("Short.");
    await allSaved(page);

    const reason = page.getByLabel(/^Or submit without it/);
    await paste(reason);
    await staysWhole(reason, TOO_LONG);
    await press(page, "Submit all the same");
    await shown(reason);
    await reason.fill("");
    await allSaved(page);

    await page.getByRole("tab", { name: "Feedback for the candidate" }).click();
    const message = page.getByRole("textbox", { name: "Message", exact: true });
    await paste(message);
    await staysWhole(message, TOO_LONG);
    await shown(page.getByText(NOT_ALL));
    await message.fill("Dear Maya,");
    await press(page, "Add a strength");
    const point = page.getByRole("textbox", { name: "What went well, 1", exact: true });
    await paste(point);
    await staysWhole(point, TOO_LONG);
    await shown(page.getByText(NOT_ALL));
    await point.fill("Clear.");
    await allSaved(page);
  });

  it("for a decision's rationale stays whole and is not recorded", async () => {
    const { page } = await overWith();
    await page.getByLabel(/^Or submit without it/).fill("Nothing was asked.");
    await press(page, "Submit all the same");
    await page.getByRole("tab", { name: "Debrief" }).click();
    const rationale = page.getByLabel("Rationale");
    await paste(rationale);
    await staysWhole(rationale, TOO_LONG);
    expect(await page.getByRole("button", { name: "Record the decision" }).isDisabled()).toBe(true);
  });
});

/** Whoever leaves by a link, by the browser's own way back or with the page is asked, and keeps what they wrote by staying. */
async function asksBeforeLeaving(page: Page, field: Locator, text: string, link: Locator): Promise<void> {
  const asked = page.getByRole("alertdialog");
  const stay = async () => {
    await shown(asked);
    await press(asked, "Stay here");
    await gone(asked);
    expect(await field.inputValue()).toBe(text);
  };
  await link.click();
  await stay();
  await page.evaluate(() => history.back());
  await stay();
  await asksBeforeClosing(page, field, text);
}

async function asksBeforeClosing(page: Page, field: Locator, text: string): Promise<void> {
  const asking = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asking;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  expect(await field.inputValue()).toBe(text);
}

const home = (page: Page): Locator => page.getByRole("link", { name: /Whetstone|Your rooms/ }).first();

/** By which links of the site one comes to a form, so that there is a way back within it. */
const WAYS: Readonly<Record<string, readonly [from: string, link: RegExp]>> = {
  "/new": ["/", /Interview a candidate/],
  "/practice": ["/", /Practise with somebody/],
  "/bank/own/new": ["/bank/own", /Write a question/],
  "/kits/new": ["/kits", /New kit/],
  "/bank/import": ["/bank/own", /^Import$/],
};

async function comeTo(page: Page, path: string): Promise<void> {
  const [from, link] = WAYS[path] ?? ["/", /nowhere/];
  await page.goto(site.url + from);
  await page.getByRole("link", { name: link }).first().click();
  await page.waitForURL(`**${path}`);
}

describe("who leaves with something unsent", () => {
  it.each(Object.entries(FORMS))("is asked first: %s", async (_name, { path, field, savesItself }) => {
    const { page, context } = await arrive("Jonas Dahl");
    await comeTo(page, path);
    await shown(field(page));
    if (savesItself) await context.setOffline(true);
    await field(page).pressSequentially("unsent");
    await asksBeforeLeaving(page, field(page), "unsent", home(page));
  });

  it("is asked first: a list of questions to import", async () => {
    const { page } = await arrive("Jonas Dahl");
    await comeTo(page, "/bank/import");
    await page.getByText("Paste a text instead").click();
    const text = labelled("Text")(page);
    await text.fill("# Losses");
    await asksBeforeLeaving(page, text, "# Losses", home(page));
  });

  it("is asked no more once the room is open, or the text is gone", async () => {
    const { page } = await arrive("Jonas Dahl");
    await comeTo(page, "/new");
    await labelled("Your name")(page).fill("Jonas Dahl");
    await labelled("Title")(page).fill("A title");
    await labelled("Title")(page).fill("");
    await home(page).click();
    await page.waitForURL(`${site.url}/`);
    await page.goBack();
    await labelled("Your name")(page).fill("Jonas Dahl");
    await labelled("Title")(page).fill("A title");
    await press(page, "Open the room");
    await page.waitForURL("**/room/*");
    expect(await page.getByRole("alertdialog").count()).toBe(0);
  });

  it("is asked first: names to invite, in a lobby that says that they are not sent", async () => {
    const { secrets } = await openRoom(site);
    const { page } = await arrive("Jonas Dahl");
    await page.goto(`${site.url}/join#${secrets.host}`);
    await page.waitForURL("**/room/*");
    const names = page.getByLabel("Invite interviewers by name");
    await paste(names);
    await press(page, "Make their links");
    await staysWhole(names, /each of up to 80 characters/);
    await names.fill("Amara Okafor");
    await shown(page.getByText("but for what you have not sent"));
    await asksBeforeClosing(page, names, "Amara Okafor");
    await press(page, "Make their links");
    await gone(page.getByText("but for what you have not sent"));
  });

  it.each([
    ["Your scorecard", "a reason", (page: Page) => page.getByLabel(/^Or submit without it/)],
    ["Feedback for the candidate", "feedback", (page: Page) => page.getByRole("textbox", { name: "Message" })],
  ])("is asked first: on %s, %s", async (tab, _what, field) => {
    const { page, context } = await overWith();
    await page.getByRole("tab", { name: tab }).click();
    await context.setOffline(true);
    await field(page).fill("Typed and unsent");
    await home(page).click();
    const asked = page.getByRole("alertdialog");
    await shown(asked);
    await press(asked, "Stay here");
    expect(await field(page).inputValue()).toBe("Typed and unsent");
  });
});

describe("among peers", () => {
  it("what is too long stays whole, and whoever leaves with a message or a link unsent is asked first", async () => {
    const { page } = await arrive("Ana");
    await comeTo(page, "/practice");
    await labelled("Your name")(page).fill("Ana");
    await labelled("Who you practise with")(page).fill("Bo");
    await press(page, "Open the room");
    await page.waitForURL("**/room/*");
    await press(page, "Messages");
    const message = page.getByRole("textbox", { name: "Write a message" });
    await paste(message);
    await staysWhole(message, TOO_LONG);
    expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
    await message.fill("Are you there?");
    await asksBeforeClosing(page, message, "Are you there?");
    await message.press("Enter");
    await gone(page.getByText("On its way…"));
    await press(page, "Add a meeting link");
    const meeting = page.getByRole("textbox", { name: "Meeting link" });
    await paste(meeting, `https://meet.example.org/${"q".repeat(LONG.length - 25)}`);
    await press(page, "Keep");
    await staysWhole(meeting, new RegExp(`too long: ${LIMITS.meeting} characters`));
    await meeting.fill("https://meet.example.org/ana");
    await asksBeforeClosing(page, meeting, "https://meet.example.org/ana");
  });
});
