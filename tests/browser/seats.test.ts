import { afterAll, describe, expect, it } from "vitest";
import { becomes, gone, launchBrowser, openRoom, Person, shown, startSite, textsBecome } from "../support/browser.ts";

/** Seats, links and coming back, as hands have them: another's link, another browser, another tab, a browser that is lost. */

const KEY = "correct horse battery";
const site = await startSite({ hostKey: KEY });
const browser = await launchBrowser();
const { roomId, secrets } = await openRoom(site, { hostKey: KEY });
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const amara = await Person.arrive(browser, "Amara Okafor");
const address = `${site.url}/room/${roomId}`;
const linkOf = (secret: string): string => `${site.url}/join#${secret}`;

await host.enterAsHost(site, secrets.host);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = ({ page }: Person, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const heading = ({ page }: Person, name: string | RegExp) => page.getByRole("heading", { name });
const titleBecomes = ({ page }: Person, part: string): Promise<unknown> =>
  page.waitForFunction((expected) => document.title.includes(expected), part);
const rowOf = (who: string) => host.page.getByRole("listitem").filter({ hasText: who });

describe("somebody waits", () => {
  it("the tab says so by its title and its icon, until they are let in", async () => {
    await candidate.join(site, secrets.candidate);
    await titleBecomes(host, "● Maya Lindqvist waits");
    expect(await host.page.locator('link[rel="icon"]').getAttribute("href")).toBe("/icon-calling.svg");
    expect((await fetch(`${site.url}/icon-calling.svg`)).status).toBe(200);
    await amara.join(site, secrets.interviewer);
    await titleBecomes(host, "and 1 more");
    await button(host, "Admit").click();
    await titleBecomes(host, "● Amara Okafor waits");
    await host.letIn(amara);
    await host.page.waitForFunction(() => !document.title.includes("●"));
    expect(await host.page.locator('link[rel="icon"]').getAttribute("href")).toBe("/icon.svg");
  });

  it("a sound is heard too where one wishes it, and that is remembered", async () => {
    const sound = host.page.getByRole("switch", { name: "A sound when somebody waits or raises a hand" });
    await sound.click();
    await host.page.reload();
    await becomes(sound, "aria-checked", "true");
    await host.shots("seats-1-lobby");
  });
});

describe("a host who opens the candidate's link in their own browser", () => {
  it("is told whose it is, and goes on as themselves", async () => {
    const page = await host.context.newPage();
    const second = Object.assign(Object.create(host), { page }) as Person;
    await page.goto(linkOf(secrets.candidate));
    await shown(heading(second, "You are in this room as Jonas Dahl"));
    await shown(page.getByText("This link is Maya Lindqvist's own"));
    await shown(button(second, "Take Maya Lindqvist's seat here"));
    await second.shots("seats-2-another-seat");
    await button(second, "Continue as Jonas Dahl").click();
    await shown(page.getByRole("heading", { name: "Who is here" }));
    await shown(heading(host, "Your seat is open somewhere else"));
    await button(host, "Use it here instead").click();
    await shown(host.page.getByRole("heading", { name: "Who is here" }));
    await page.close();
    await shown(candidate.page.getByText(/Everything you write is saved|Nothing|wait/i).first());
  });
});

describe("a room's address in another tab", () => {
  it("offers the seat that the browser has", async () => {
    const page = await amara.context.newPage();
    await page.goto(address);
    const second = Object.assign(Object.create(amara), { page }) as Person;
    await shown(heading(second, "Go on in this tab?"));
    await second.shots("seats-3-new-tab");
    await button(second, "Continue as Amara Okafor (interviewer)").click();
    await shown(page.getByRole("heading", { name: "Who is here" }));
    await shown(heading(amara, "Your seat is open somewhere else"));
    await amara.page.close();
    amara.page = page;
  });
});

describe("a link that is forwarded", () => {
  it("the panel is told that the seat moved, and can lock it where it is", async () => {
    const friend = await Person.arrive(browser, "A friend");
    await friend.page.goto(linkOf(secrets.candidate));
    await button(friend, "Go to your seat").click();
    await friend.page.waitForURL("**/room/*");
    await shown(rowOf("Maya Lindqvist").getByText(/Opened in another browser at/));
    await shown(amara.page.getByText(/Opened in another browser at/));
    await button(candidate, "Use it here instead").click();
    await shown(heading(friend, "Your seat is open somewhere else"));
    await button(host, "Lock Maya Lindqvist's seat").click();
    await shown(rowOf("Maya Lindqvist").getByText("locked to their browser"));
    await host.shots("seats-4-moved");
    await button(friend, "Use it here instead").click();
    await shown(friend.page.getByText("The host has locked this seat to the browser that has it."));
    await candidate.page.reload();
    await gone(heading(candidate, "Your seat is open somewhere else"));
    await friend.leave();
  });
});

describe("a second host", () => {
  it("is made by the first, after a word, and leads the room beside them or alone", async () => {
    await button(host, "Make host: Amara Okafor").click();
    await shown(host.page.getByText("Amara Okafor can then lead the room as you do"));
    await button(host, "Make host: Amara Okafor").click();
    await amara.page.getByRole("button", { name: "Start the interview" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await button(candidate, "Raise hand").click();
    for (const leads of [host, amara]) await titleBecomes(leads, "● Maya Lindqvist raised a hand");
    await button(amara, "Hand raised by Maya Lindqvist. Lower it").click();
    await host.page.waitForFunction(() => !document.title.includes("●"));
    await button(amara, /^Pause/).click();
    await shown(button(host, /^Resume/));
    await button(host, /^People/).click();
    await button(host, "Step back as a host").click();
    await shown(host.page.getByText("You become an interviewer, and Amara Okafor leads the room."));
    await button(host, "Step back as a host").click();
    await gone(button(host, /^Resume/));
    await host.page.keyboard.press("Escape");
    await button(amara, /^Resume/).click();
    await amara.page.keyboard.press("a");
    await shown(candidate.page.getByText("A bank wants to predict").first());
  });
});

describe("a host who has lost their browser", () => {
  it("comes back by the host key, and the panel is told", async () => {
    const elsewhere = await Person.arrive(browser, "Jonas Dahl");
    await elsewhere.page.goto(address);
    await elsewhere.page.getByText("You lead this room, and lost your own link?").click();
    await elsewhere.page.getByLabel("Host key").fill("not the key at all");
    await button(elsewhere, "Come back as the host").click();
    await shown(elsewhere.page.getByText("That is not this server's host key."));
    await elsewhere.page.getByLabel("Host key").fill(KEY);
    await elsewhere.shots("seats-5-host-key");
    await button(elsewhere, "Come back as the host").click();
    await shown(button(elsewhere, /^Pause/));
    await shown(heading(host, "Your seat is open somewhere else"));
    await host.page.goto(linkOf(secrets.host));
    await shown(host.page.getByText("This link was revoked"));
    host.page = elsewhere.page;
  });
});

describe("after the end", () => {
  it("an interviewer who opens the invitation again finishes their scorecard", async () => {
    await button(host, "End the interview").click();
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview", exact: true }).click();
    await shown(amara.page.getByRole("tab", { name: "Your scorecard" }));
    await amara.page.close();
    amara.page = await amara.context.newPage();
    await amara.page.goto(linkOf(secrets.interviewer));
    await button(amara, "Continue as Amara Okafor").click();
    await shown(amara.page.getByRole("tab", { name: "Your scorecard" }));
    await textsBecome(amara.page.getByRole("tablist"), '[role="tab"][aria-selected="true"]', ["Your scorecard"]);
  });
});

it("nothing failed in the browsers meanwhile", () => {
  for (const person of [host, candidate, amara]) expect(person.faults).toEqual([]);
});
