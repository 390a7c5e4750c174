import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { allSaved, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/**
 * What is kept of people, and until when: said to the candidate before they write, and in the hands of the host. Each test goes on where the
 * one before ended.
 */

const KEPT_DAYS = 180;
const site = await startSite({ keepDays: KEPT_DAYS });
const browser = await launchBrowser();
const wide = { viewport: { width: 1440, height: 900 } };
const host = await Person.arrive(browser, "Jonas Dahl", wide);
const candidate = await Person.arrive(browser, "Maya Lindqvist", { viewport: { width: 390, height: 844 } });
const { roomId, secrets } = await openRoom(site);

afterAll(async () => {
  await browser.close();
  await site.close();
});

const ANSWER = "kingfisher: the classes exclude each other";
const kept = (person: Person) => person.page.getByText(/It is erased by itself on/);
const press = (name: string | RegExp) => host.page.getByRole("button", { name, exact: true }).click();

describe("what is kept", () => {
  it("is said to the candidate with its day, before they come in and while they wait", async () => {
    await candidate.page.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(kept(candidate));
    await candidate.shot("keeping-join");
    await candidate.join(site, secrets.candidate);
    await shown(kept(candidate));
    await candidate.shot("keeping-waiting");
  });

  it("is said to the panel with its day, before the interview and after", async () => {
    await host.enterAsHost(site, secrets.host);
    await shown(kept(host));
    await host.shot("keeping-lobby");
    await press("Admit and start");
    await press(/^Ask .*small network/);
    await candidate.page.getByLabel(/Your answer sheet/).fill(ANSWER);
    await shown(candidate.page.getByText("Everything you write is saved"));
    await press("End the interview");
    await host.page.getByRole("dialog").getByRole("button", { name: "End the interview" }).click();
    await shown(host.page.getByText(/kept until/));
    await shown(kept(candidate));
    await candidate.shot("keeping-over");
  });

  it("is taken by the host as one file", async () => {
    await host.page.getByRole("tab", { name: "What is kept" }).click();
    await shown(host.page.getByText("opened the room"));
    await allSaved(host.page);
    await host.shots("keeping-host");
    const downloading = host.page.waitForEvent("download");
    await press("Take everything");
    const file = await (await downloading).path();
    const files = unzipSync(new Uint8Array(await readFile(file)));
    const record = Object.entries(files).find(([name]) => name.endsWith("record.json"));
    expect(strFromU8(record?.[1] ?? new Uint8Array())).toContain(ANSWER);
  });

  it("is erased in two steps, and gone for everybody at once", async () => {
    await press("Erase what was written…");
    await host.shot("keeping-erase");
    await press("Keep it");
    await press("Erase what was written…");
    await press("Erase it for ever");
    for (const person of [host, candidate]) {
      await shown(person.page.getByRole("heading", { name: "What was written here has been erased" }));
    }
    await shown(host.page.getByText("erased what was written in it"));
    expect(await host.page.locator("main").innerText()).not.toMatch(/Jonas|Maya/);
    await host.shots("keeping-erased-host");
    await candidate.shot("keeping-erased-candidate");
    expect([...host.faults, ...candidate.faults]).toEqual([]);
  });

  it("is not in the browser's list of rooms any more, and no link leads to it", async () => {
    await candidate.page.goto(`${site.url}/join#${secrets.candidate}`);
    await shown(candidate.page.getByText(/has been erased/));
    await host.page.goto(`${site.url}/room/${roomId}`);
    await shown(host.page.getByRole("heading", { name: "What was written here has been erased" }));
    const storage = await host.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(storage).not.toContain("Maya");
  });
});
