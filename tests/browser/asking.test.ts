import { TAKE_BACK_MS } from "@whetstone/shared/room/asks/rules";
import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, realBank, shown, startSite } from "../support/browser.ts";

/** Interviewers who ask: what is assigned to them, and where the host lets them, everything. */

const site = await startSite();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const ines = await Person.arrive(browser, "Ines Duarte");
const ben = await Person.arrive(browser, "Ben Adeyemi", { viewport: { width: 800, height: 720 } });
const { kits, questions } = await realBank();
const planned = (kits.get("ml-engineer-screen")?.questions ?? []).map(({ question }) => questions.get(question));
const title = (index: number): string => planned[index]?.title ?? "";
/** The prompt's first words, as plain text has them. */
const prompt = (index: number): string => (planned[index]?.prompt ?? "").split(/[`*$\n.?]/)[0] ?? "";

await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
for (const person of [ines, ben]) {
  await person.join(site, secrets.interviewer);
  await host.letIn(person);
}

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = ({ page }: Person, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const assign = (index: number) =>
  host.page.getByRole("button", { name: new RegExp(`^(Assign…|.* is to ask) ${escaped(title(index))}$`) });
const choice = (index: number, name: string) =>
  host.page.getByRole("dialog", { name: `Who asks ${title(index)}` }).getByRole("button", { name, exact: true });
const planOf = ({ page }: Person) => page.getByRole("navigation", { name: "Plan" });
const askOf = (person: Person, index: number) =>
  planOf(person).getByRole("button", { name: new RegExp(`^Ask (A )?${escaped(title(index))}$`) });
const question = (index: number) => candidate.page.getByRole("main").getByText(prompt(index)).first();
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const asker = ({ page }: Person, who: string) => page.getByText(`Asked by ${who}`, { exact: true });
const look = async (person: Person, index: number): Promise<void> => {
  await planOf(person)
    .getByRole("button", { name: new RegExp(`^${escaped(title(index))}`) })
    .click();
};

describe("who opens a room", () => {
  it("chooses who asks in it, and the lobby says so", async () => {
    const opener = await Person.arrive(browser, "Olga Open", { viewport: { width: 390, height: 780 } });
    await opener.page.goto(`${site.url}/new`);
    await opener.page.getByLabel("Your name").fill("Olga Open");
    await opener.page.getByLabel("Title").fill("Another interview");
    await opener.page.getByRole("radio", { name: /^Hosts and interviewers/ }).check();
    await opener.page.getByRole("group", { name: "Who asks" }).scrollIntoViewIfNeeded();
    await opener.shots("asking-0-opening");
    await button(opener, "Open the room").click();
    await shown(opener.page.getByText("hosts and interviewers."));
    await becomes(opener.page.getByRole("switch", { name: "Interviewers may ask" }), "aria-checked", "true");
    await opener.leave();
  });
});

describe("in the lobby", () => {
  it("a host assigns a question by keyboard, and it is called theirs where it is read", async () => {
    await shown(assign(1));
    expect(await assign(1).getAttribute("aria-label")).toBe(`Assign… ${title(1)}`);
    await assign(1).press("Enter");
    await shown(choice(1, "Nobody in particular"));
    await host.shots("asking-1-choice");
    await choice(1, "Ines Duarte").press("Enter");
    await becomes(assign(1), "aria-label", `Ines Duarte is to ask ${title(1)}`);
    const row = (person: Person) => person.page.getByRole("listitem").filter({ hasText: title(1) });
    await shown(row(ines).getByText("Yours", { exact: true }));
    await shown(row(ben).getByText("Ines Duarte"));
    await button(ines, `Read ${title(1)}`).click();
    await shown(ines.page.getByText("It is assigned to you, so you may ask it."));
    await host.shots("asking-1-lobby-host");
    await host.page.setViewportSize({ width: 390, height: 780 });
    await host.shots("asking-1-lobby-host-390");
    await host.page.setViewportSize({ width: 1280, height: 720 });
    await ines.shots("asking-2-lobby-interviewer");
  });

  it("nobody but hosts decides who asks, and the candidate is told nothing", async () => {
    expect(await ines.page.getByRole("button", { name: /^Assign|is to ask/ }).count()).toBe(0);
    expect(await ines.page.getByRole("switch", { name: "Interviewers may ask" }).count()).toBe(0);
    await button(host, "Admit and start").click();
    await shown(ines.page.getByText("Nothing is asked yet"));
    expect(candidate.received.join("\n")).not.toMatch(/assigned|interviewersAsk/);
  });
});

describe("a question that is assigned", () => {
  it("is asked by its assignee by key, although interviewers may not ask, and the host reads who asked it", async () => {
    await shown(ines.page.getByText("You may ask: the next question with"));
    await look(ines, 1);
    await shown(ines.page.getByText("It is assigned to you, so you may ask it."));
    await ines.shots("asking-3-preview-assignee");
    expect(await askOf(ines, 0).count()).toBe(0);
    await button(ines, "Back to the open question").click();
    await ines.page.keyboard.press("a");
    await shown(question(1));
    await shown(asker(host, "Ines Duarte"));
    await shown(planOf(host).getByText("asked by Ines Duarte"));
    await shown(asker(ines, "you"));
    await host.shots("asking-4-asked");
  });

  it("is taken back by its asker within the seconds, and is gone from the candidate", async () => {
    await shown(ines.page.getByText("Take back"));
    await ines.page.keyboard.press("u");
    await gone(question(1));
    await gone(planOf(host).getByText("asked by Ines Duarte"));
    expect(TAKE_BACK_MS).toBeGreaterThan(5_000);
  });

  it("cannot be asked by another interviewer, whose page says whose it is, and whom no key or drawer lets ask", async () => {
    await shown(ben.page.getByText("The first question will appear here by itself."));
    await ben.page.keyboard.press("a");
    await ben.page.keyboard.press("/");
    await button(ben, /^Plan /).click();
    await shown(planOf(ben).getByText("Ines Duarte"));
    expect(await askOf(ben, 0).count()).toBe(0);
    expect(await askOf(ben, 1).count()).toBe(0);
    await look(ben, 1);
    await shown(ben.page.getByText("Assigned to Ines Duarte"));
    expect(await button(ben, "Ask now").count()).toBe(0);
    expect(await ben.page.getByRole("dialog", { name: "Question bank" }).count()).toBe(0);
    await ben.shots("asking-5-another-narrow");
    await button(ben, "Back to the open question").click();
    expect(await question(0).count()).toBe(0);
  });
});

describe("a host who lets interviewers ask", () => {
  it("does so by a switch beside the people, and they ask by the host's key what is nobody else's", async () => {
    await button(host, /^People/).click();
    await host.page.getByRole("switch", { name: "Interviewers may ask" }).click();
    await host.shots("asking-6-people");
    await host.page.keyboard.press("Escape");
    await shown(askOf(ines, 0));
    await ines.page.keyboard.press("a");
    await shown(question(0));
    await shown(asker(host, "Ines Duarte"));
    // The second is Ines', so that another's key passes it over.
    await shown(button(ben, `Ask A ${title(2)}`));
    await ben.page.keyboard.press("a");
    await shown(question(2));
    await shown(asker(host, "Ben Adeyemi"));
    await ben.shots("asking-7-interviewer-narrow");
  });

  it("is told in the bar who has asked while they look elsewhere", async () => {
    await look(host, 3);
    await look(ines, 1);
    await shown(ines.page.getByText("Ben Adeyemi asked question 2:"));
    await shown(host.page.getByText("Ben Adeyemi asked question 2:"));
    await host.shots("asking-8-elsewhere");
    await host.page.keyboard.press("g");
    await ines.page.keyboard.press("g");
  });

  it("lets them ask from the bank and in their own words, and no letter of a word asks anything", async () => {
    await ines.page.locator("body").pressSequentially("a perfectly happy path", { delay: 20 });
    await ines.page.keyboard.press("Escape");
    const drawer = ines.page.getByRole("dialog", { name: "Question bank" });
    await ines.page.keyboard.press("/");
    await shown(drawer);
    await shown(drawer.getByRole("button", { name: "Type a question of your own" }));
    await shown(drawer.locator("[data-result]").first());
    await drawer.locator("[data-result]").first().click();
    await shown(drawer.getByRole("button", { name: "Ask now" }));
    expect(await drawer.getByRole("button", { name: "Add to the plan" }).count()).toBe(0);
    await ines.shots("asking-9-drawer");
    await drawer.getByRole("button", { name: "Type a question of your own" }).click();
    await drawer.getByLabel("Your question").fill("What would you build here first?");
    await drawer.getByRole("button", { name: "Ask now" }).click();
    await shown(candidate.page.getByText("What would you build here first?", { exact: true }));
    await shown(asker(host, "Ines Duarte"));
    await gone(question(1));
  });

  it("keeps pausing, ending and the plan's phases", async () => {
    for (const name of [/^Pause/, "End the interview"]) expect(await button(ines, name).count()).toBe(0);
    await ines.page.keyboard.press("p");
    await button(ines, "Help and keys").click();
    await shown(ines.page.getByText("Ask the next question of the plan that is not somebody else's"));
    expect(await ines.page.getByText("Pause, resume").count()).toBe(0);
    await ines.page.keyboard.press("Escape");
    await shown(button(host, /^Pause/));
  });

  it("takes it away again: the bank and the buttons are gone, and what is assigned stays theirs", async () => {
    await button(host, /^People/).click();
    await host.page.getByRole("switch", { name: "Interviewers may ask" }).click();
    await gone(askOf(ines, 3));
    await shown(askOf(ines, 1));
    await gone(button(ines, "Question bank /"));
  });
});

describe("somebody who is gone", () => {
  it("is named at their question still, which is given to another, in the live room too", async () => {
    await button(host, "Remove Ines Duarte").click();
    await button(host, "Remove Ines Duarte").click();
    await host.page.keyboard.press("Escape");
    await shown(planOf(host).getByText("Ines Duarte (gone)"));
    await look(host, 1);
    await shown(host.page.getByText("who is no longer here"));
    await host.shots("asking-10-gone");
    await assign(1).click();
    await choice(1, "Ben Adeyemi").click();
    await becomes(assign(1), "aria-label", `Ben Adeyemi is to ask ${title(1)}`);
    await button(ben, `Ask A ${title(1)}`).click();
    await shown(question(1));
    await shown(asker(ben, "you"));
    for (const person of [host, ben, candidate]) expect(person.faults).toEqual([]);
  });
});
