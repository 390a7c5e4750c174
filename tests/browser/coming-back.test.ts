import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  allSaved,
  becomes,
  gone,
  launchBrowser,
  MortalSite,
  openRoom,
  Person,
  shown,
  there,
} from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** What happens to people in a live room when a page is reloaded, a network goes away, the server dies, or a seat is opened twice. */

const site = await MortalSite.start();
const browser = await launchBrowser();
const { roomId, secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const interviewer = await Person.arrive(browser, "Amara Okafor");
const candidate = await Person.arrive(browser, "Maya Lindqvist");
const observer = await Person.arrive(browser, "Wei Zhang");
const company = [host, interviewer, candidate, observer];
const named = company.map((person) => [person.name, person] as const);

await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await interviewer.join(site, secrets.interviewer);
await host.letIn(interviewer);
await observer.join(site, secrets.observer);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));
await host.page.keyboard.press("a");
for (const { page } of company) await shown(page.getByText("A bank wants to predict").first());

afterAll(async () => {
  await browser.close();
  await site.close();
});

const sheet = ({ page }: Person): Locator => page.getByRole("textbox");
const answer = ({ page }: Person): Locator => page.getByTestId("answer");
const notes = ({ page }: Person): Locator => page.getByRole("region", { name: "Your notes" });
const rating = ({ page }: Person, level: number): Locator =>
  page.locator(`[data-focused="true"] [data-level="${level}"]`);
const SAVED = "Everything you write is saved";
const TAKEN = "Your seat is open somewhere else";

async function writeNote({ page }: Person, text: string): Promise<void> {
  await page.keyboard.press("n");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
}

async function withoutNetwork({ context }: Person, act: () => Promise<void>): Promise<void> {
  await context.setOffline(true);
  try {
    await act();
  } finally {
    await context.setOffline(false);
  }
}

const reconnecting = ({ page }: Person): Promise<void> => shown(page.getByText("Reconnecting…"));
const back = ({ page }: Person): Promise<void> => gone(page.getByText("Reconnecting…"));
const question = (page: Page): Promise<void> => shown(page.getByText("A bank wants to predict").first());

describe("a candidate who is offline", () => {
  it("is said to be, where it says what they see", async () => {
    for (const { page } of [host, interviewer, observer]) await shown(page.getByText("Maya Lindqvist sees this"));
    await withoutNetwork(candidate, async () => {
      for (const { page } of [host, interviewer, observer]) {
        await shown(page.getByText("Maya Lindqvist is offline, and will see this once they are back"));
      }
    });
    await back(candidate);
    for (const { page } of [host, interviewer, observer]) await shown(page.getByText("Maya Lindqvist sees this"));
  });
});

describe("a reload", () => {
  it("leads everybody back to the same seat and the same screen", async () => {
    await sheet(candidate).fill("20 × 64 weights");
    await shown(answer(host).getByText("20 × 64 weights"));
    for (const { page } of company) await page.reload();
    for (const { page } of company) await question(page);
    expect(await wordsOn(sheet(candidate))).toBe("20 × 64 weights");
    for (const { page } of company) expect(new URL(page.url()).pathname).toBe(`/room/${roomId}`);
    await shown(host.page.getByRole("button", { name: "End the interview", exact: true }));
    await shown(interviewer.page.getByRole("complementary", { name: "Your scorecard" }));
    for (const { page } of company) expect(await page.getByText("You are here as").count()).toBe(0);
  });

  it("loses nothing that was typed just before it", async () => {
    await sheet(candidate).fill("20 × 64 weights and 64 biases");
    await candidate.page.reload();
    await question(candidate.page);
    expect(await wordsOn(sheet(candidate))).toBe("20 × 64 weights and 64 biases");
    await shown(answer(host).getByText("20 × 64 weights and 64 biases"));
  });
});

describe("a network that goes away", () => {
  it("is said to the candidate, who writes on, and everything is sent by itself when it is back", async () => {
    await withoutNetwork(candidate, async () => {
      await reconnecting(candidate);
      await shown(candidate.page.getByText("Not connected"));
      await sheet(candidate).fill("written without a network");
      await shown(candidate.page.getByText("What you wrote is kept here and will be sent."));
      await candidate.shot("40-offline-candidate");
    });
    await back(candidate);
    await shown(candidate.page.getByText(SAVED));
    await shown(answer(host).getByText("written without a network"));
    expect(await wordsOn(sheet(candidate))).toBe("written without a network");
  });

  it("is said to an interviewer, whose ratings and notes are sent when it is back", async () => {
    await withoutNetwork(interviewer, async () => {
      await reconnecting(interviewer);
      await interviewer.page.keyboard.press("3");
      await becomes(rating(interviewer, 3), "aria-checked", "true");
      await writeNote(interviewer, "+noted without a network");
      await shown(notes(interviewer).getByText("noted without a network"));
      await shown(interviewer.page.getByText(/Reconnecting, \d unsaved/));
      await interviewer.shot("41-offline-interviewer");
    });
    await allSaved(interviewer.page);
    await interviewer.page.reload();
    await becomes(rating(interviewer, 3), "aria-checked", "true");
    await shown(notes(interviewer).getByText("noted without a network"));
  });

  it("shows the panel who is away, and that they are back", async () => {
    const { page } = host;
    await page.getByRole("button", { name: /^People/ }).click();
    const person = page.getByRole("dialog").getByRole("listitem").filter({ hasText: candidate.name });
    await shown(person.getByText("Candidate, here"));
    await withoutNetwork(candidate, () => shown(person.getByText("Candidate, away")));
    await shown(person.getByText("Candidate, here"));
    await page.keyboard.press("Escape");
    await back(candidate);
  });
});

describe("a server that is killed and started again", () => {
  it("leaves everybody in their seat, and saves what was written in between", async () => {
    await site.kill();
    for (const person of company) await reconnecting(person);
    await sheet(candidate).fill("written while there was no server");
    await interviewer.page.keyboard.press("j");
    await interviewer.page.keyboard.press("2");
    await writeNote(interviewer, "-noted while there was no server");
    await writeNote(host, "the host's note");
    await host.shot("42-server-gone-host");

    await site.startAgain();
    for (const person of company) await back(person);
    await shown(candidate.page.getByText(SAVED));
    await allSaved(interviewer.page);
    await allSaved(host.page);
    await shown(answer(host).getByText("written while there was no server"));
    await question(observer.page);

    for (const { page } of company) await page.reload();
    expect(await wordsOn(sheet(candidate))).toBe("written while there was no server");
    await shown(notes(interviewer).getByText("noted while there was no server"));
    await shown(notes(host).getByText("the host's note"));
    await interviewer.page.keyboard.press("j");
    await becomes(rating(interviewer, 2), "aria-checked", "true");
  });

  it("goes on: the host asks, and everybody sees it", async () => {
    await host.page.keyboard.press("a");
    for (const { page } of company) await shown(page.getByText("A network predicts how many days").first());
  });
});

describe("a seat that is opened a second time", () => {
  const takeBack = (page: Page): Promise<void> => page.getByRole("button", { name: "Use it here instead" }).click();
  const taken = (page: Page): Promise<void> => shown(page.getByRole("heading", { name: TAKEN }));
  const here = (page: Page): Promise<void> => shown(page.getByText("A network predicts how many days").first());

  it("moves the candidate there, says so in the first tab, and can be taken back", async () => {
    const second = await candidate.context.newPage();
    await second.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(second.getByRole("heading", { name: `Welcome back, ${candidate.name}` }));
    await second.getByRole("button", { name: "Go to your seat" }).click();
    await here(second);
    await taken(candidate.page);
    await candidate.shot("43-taken-over");
    await takeBack(candidate.page);
    await here(candidate.page);
    await taken(second);
    await second.close();
  });

  it("moves the host there by the host's own link, and can be taken back", async () => {
    const elsewhere = await Person.arrive(browser, "Jonas's telephone");
    await elsewhere.enterAsHost(site, secrets.host);
    await here(elsewhere.page);
    await taken(host.page);
    await takeBack(host.page);
    await here(host.page);
    await taken(elsewhere.page);
    await elsewhere.leave();
  });

  it("moves an interviewer to another tab of the same browser, and can be taken back", async () => {
    const second = await interviewer.context.newPage();
    await second.goto(`${site.url}/join#${secrets.interviewer}`);
    await second.getByRole("button", { name: `Continue as ${interviewer.name}` }).click();
    await here(second);
    await taken(interviewer.page);
    await takeBack(interviewer.page);
    await here(interviewer.page);
    await taken(second);
    await second.close();
  });

  it("stays where it was opened last when the network goes away and comes back", async () => {
    const second = await interviewer.context.newPage();
    await second.goto(`${site.url}/join#${secrets.interviewer}`);
    await second.getByRole("button", { name: `Continue as ${interviewer.name}` }).click();
    await here(second);
    await taken(interviewer.page);
    await withoutNetwork(interviewer, () => shown(second.getByText("Reconnecting…")));
    await gone(second.getByText("Reconnecting…"));
    await second.keyboard.press("1");
    await there(second.getByText("All saved", { exact: true }));
    expect(await second.getByRole("heading", { name: TAKEN }).count()).toBe(0);
    await takeBack(interviewer.page);
    await here(interviewer.page);
    await second.close();
  });

  it("moves an interviewer to another device by the way back that they copied, and can be taken back", async () => {
    await interviewer.page.getByRole("button", { name: /^People/ }).click();
    await interviewer.page.getByRole("button", { name: "Copy my way back" }).click();
    await shown(interviewer.page.getByText("Copied"));
    const way = await interviewer.page.evaluate(() => navigator.clipboard.readText());
    const elsewhere = await Person.arrive(browser, "Amara's tablet");
    await elsewhere.page.goto(way);
    await elsewhere.page.getByRole("button", { name: "Go to your seat" }).click();
    await here(elsewhere.page);
    await taken(interviewer.page);
    await takeBack(interviewer.page);
    await here(interviewer.page);
    await taken(elsewhere.page);
    await elsewhere.leave();
  });
});

describe("all along", () => {
  it.each(named)("the browser of %s had nothing to complain about but the network", (_name, { faults }) => {
    expect(faults).toEqual([]);
  });
});
