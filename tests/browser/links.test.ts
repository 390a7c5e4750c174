import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { allSaved, gone, launchBrowser, Person, shown, startSite } from "../support/browser.ts";

/** Interviewers come by a link of their own, or by one for several, in real browsers. */

const site = await startSite();
const browser = await launchBrowser();
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const arrive = (name: string) => Person.arrive(browser, name, { bypassCSP: true });
const host = await arrive("Jonas Dahl");
const amara = await arrive("Amara Okafor");
const wei = await arrive("Wei Zhang");
const candidate = await arrive("Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const button = (page: Page | Locator, name: string): Locator => page.getByRole("button", { name, exact: true });
const rowOf = (whose: string): Locator =>
  host.page.locator("li", { has: host.page.getByRole("button", { name: `Renew ${whose}'s link` }) });

async function copied(whose: string): Promise<string> {
  await button(host.page, `Copy link for ${whose}`).click();
  await shown(rowOf(whose).getByText("Copied"));
  return host.page.evaluate(() => navigator.clipboard.readText());
}

async function isSound(page: Page): Promise<void> {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const inEarnest = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(inEarnest.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function looks(person: Person, step: string): Promise<void> {
  await person.shots(step);
  await person.page.setViewportSize({ width: 320, height: 900 });
  expect(
    await person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  await person.page.screenshot({ path: `.artifacts/screens/${step}-narrow.png`, fullPage: true });
  await isSound(person.page);
  await person.page.setViewportSize({ width: 1280, height: 720 });
}

async function rate(person: Person, level: number): Promise<void> {
  await person.page.keyboard.press(String(level));
  await allSaved(person.page);
  await shown(person.page.locator(`[data-level="${level}"][aria-checked="true"]`).first());
}

describe("interviewers who are named", () => {
  it("have a link each, made when the room is opened and later in the lobby", async () => {
    const { page } = host;
    await page.goto(`${site.url}/new`);
    await page.getByLabel("Your name").fill(host.name);
    await page.getByLabel("Title").fill("Panel of Tuesday");
    await page.getByLabel("Interviewers (optional)").fill("Amara O.\n\n  Noor Haddad ");
    await page.getByText("Machine-learning engineer, first screen").click();
    await looks(host, "60-new-room-names");
    await button(page, "Open the room").click();
    for (const name of ["Amara O.", "Noor Haddad"]) await shown(rowOf(name).getByText("Not here yet."));
    await page.getByLabel("Invite interviewers by name").fill("Ida Berg");
    await button(page, "Make their links").click();
    await shown(rowOf("Ida Berg").getByText("Valid for 7 days"));
    expect(new Set([await copied("Amara O."), await copied("Noor Haddad"), await copied("Ida Berg")]).size).toBe(3);
    await looks(host, "61-lobby-links");
  });

  it("are greeted by their name, which they can correct, and come in without waiting", async () => {
    await amara.page.goto(await copied("Amara O."));
    await shown(amara.page.getByRole("heading", { name: "Welcome, Amara O." }));
    expect(await amara.page.getByLabel("Your name").inputValue()).toBe("Amara O.");
    await looks(amara, "62-join-by-name");
    await amara.page.getByLabel("Your name").fill(amara.name);
    await button(amara.page, "Join").click();
    await shown(amara.page.getByText(`${host.name} will start the interview.`));
    await shown(rowOf(amara.name).getByText("Here.", { exact: true }));
  });

  it("come back to the same seat by it from elsewhere, and take it back where they were", async () => {
    const tablet = await arrive("Amara's tablet");
    await tablet.page.goto(await copied(amara.name));
    await shown(tablet.page.getByRole("heading", { name: `Welcome back, ${amara.name}` }));
    await button(tablet.page, "Go to your seat").click();
    await shown(tablet.page.getByText(`${host.name} will start the interview.`));
    await shown(amara.page.getByRole("heading", { name: "Your seat is open somewhere else" }));
    await button(amara.page, "Use it here instead").click();
    await shown(amara.page.getByText(`${host.name} will start the interview.`));
    await shown(tablet.page.getByRole("heading", { name: "Your seat is open somewhere else" }));
    await tablet.leave();
  });

  it("lose theirs by itself: it is renewed or revoked, and nobody else's", async () => {
    const before = await copied("Ida Berg");
    await button(host.page, "Revoke Ida Berg's link").click();
    await button(host.page, "Revoke Ida Berg's link").click();
    await shown(rowOf("Ida Berg").getByText("Revoked"));
    const ida = await arrive("Ida Berg");
    await ida.page.goto(before);
    await shown(ida.page.getByText("This link was revoked. Ask the host for a new one."));
    await button(host.page, "Renew Ida Berg's link").click();
    await button(host.page, "1 day").click();
    await shown(rowOf("Ida Berg").getByText(/Valid until/));
    await ida.page.goto(await copied("Ida Berg"));
    await shown(ida.page.getByRole("heading", { name: "Welcome, Ida Berg" }));
    await ida.leave();
    await shown(rowOf("Noor Haddad").getByText("Valid for 7 days"));
  });
});

describe("an interviewer who comes by the link for several", () => {
  it("waits until the host lets them in", async () => {
    await wei.page.goto(await copied("the interviewer"));
    await shown(wei.page.getByText(`${host.name} will let you in.`));
    await wei.page.getByLabel("Your name").fill(wei.name);
    await button(wei.page, "Join").click();
    await shown(wei.page.getByRole("heading", { name: `Waiting for ${host.name}` }));
    await shown(wei.page.getByText(`You are here as ${wei.name}.`));
    await looks(wei, "63-interviewer-waits");
    const person = host.page.getByRole("listitem").filter({ hasText: wei.name });
    await shown(person.getByText("Interviewer, waiting to be admitted"));
    await host.shots("64-lobby-interviewer-waits");
    await host.letIn(wei);
    await shown(wei.page.getByText(`${host.name} will start the interview.`));
    await shown(rowOf(wei.name).getByText("Here.", { exact: true }));
  });

  it("takes their seat back here after it was opened elsewhere, though their link seats others", async () => {
    await button(wei.page, "Copy my way back").click();
    await shown(wei.page.getByText("Copied"));
    const way = await wei.page.evaluate(() => navigator.clipboard.readText());
    const tablet = await arrive("Wei's tablet");
    await tablet.page.goto(way);
    await button(tablet.page, "Go to your seat").click();
    await shown(wei.page.getByRole("heading", { name: "Your seat is open somewhere else" }));
    await button(wei.page, "Use it here instead").click();
    await shown(wei.page.getByText(`${host.name} will start the interview.`));
    await tablet.leave();
  });
});

describe("both", () => {
  it("rate once the interview runs, and an unexpected one waits in the live room too", async () => {
    const { page } = host;
    await candidate.page.goto(await copied("the candidate"));
    await candidate.page.getByLabel("Your name").fill(candidate.name);
    await button(candidate.page, "Join").click();
    const late = await arrive("Late Larsen");
    await late.page.goto(await copied("the interviewer"));
    await button(page, "Admit and start").click();
    await shown(page.getByText("Nothing is asked yet"));
    await page.keyboard.press("a");
    for (const person of [amara, wei]) await shown(person.page.getByText("A bank wants to predict").first());
    await rate(amara, 3);
    await rate(wei, 2);
    await late.page.getByLabel("Your name").fill(late.name);
    await button(late.page, "Join").click();
    await shown(late.page.getByRole("heading", { name: `Waiting for ${host.name}` }));
    await shown(page.getByText("Late Larsen waits", { exact: true }));
    await page.getByRole("button", { name: /^People/ }).click();
    await page.getByText("Links", { exact: true }).click();
    await host.shots("65-live-people");
    await host.letIn(late);
    await page.keyboard.press("Escape");
    await gone(page.getByText("Late Larsen waits", { exact: true }));
    await shown(late.page.getByText("A bank wants to predict").first());
    await rate(late, 4);
    await late.leave();
  });

  it("the host's own link is renewed, and the one before is dead", async () => {
    const { page } = host;
    await page.getByRole("button", { name: /^People/ }).click();
    await page.getByText("Links", { exact: true }).click();
    const before = await copied("the host");
    await button(page, "Renew the host's link").click();
    await button(page, "Make a new one").click();
    await shown(button(page, "Copy link for the host"));
    const elsewhere = await arrive("Jonas's telephone");
    await elsewhere.page.goto(before);
    await shown(elsewhere.page.getByText("This link was revoked. Ask the host for a new one."));
    const fresh = await copied("the host");
    expect(fresh).not.toBe(before);
    await elsewhere.page.goto(fresh);
    await shown(elsewhere.page.getByRole("button", { name: "End the interview", exact: true }));
    await button(page, "Use it here instead").click();
    await shown(page.getByRole("button", { name: "End the interview", exact: true }));
    await elsewhere.leave();
    await page.goto(site.url);
    await page.getByRole("link", { name: /Panel of Tuesday/ }).click();
    await shown(page.getByRole("button", { name: "End the interview", exact: true }));
  });

  it("no browser had anything to complain about", () => {
    for (const { faults } of [host, amara, wei, candidate]) expect(faults).toEqual([]);
  });
});
