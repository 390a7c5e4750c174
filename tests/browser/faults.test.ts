import { afterAll, describe, expect, it } from "vitest";
import type { DocumentStore } from "../../server/src/room/documents/store.ts";
import type { RoomLog } from "../../server/src/room/log.ts";
import { allSaved, gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";
import { wordsOn } from "../support/looking.ts";

/** What people see while the server cannot save, and while it cannot read their room. */

let isFull = false;
let isUnreadable = false;
const wrapLog = (log: RoomLog): RoomLog => ({
  ...log,
  append: async (commits) => {
    if (isFull) throw new Error("SQLITE_FULL: database or disk is full");
    return log.append(commits);
  },
  read: (...asked) => {
    if (isUnreadable) throw new Error("SQLITE_CORRUPT: database disk image is malformed");
    return log.read(...asked);
  },
});

const wrapDocuments = (store: DocumentStore): DocumentStore => ({
  ...store,
  append: async (updates) => {
    if (isFull) throw new Error("SQLITE_FULL: database or disk is full");
    return store.append(updates);
  },
});

const site = await startSite({ wrapLog, wrapDocuments });
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist", { viewport: { width: 320, height: 640 } });
await host.enterAsHost(site, secrets.host);
await candidate.join(site, secrets.candidate);
await host.page.getByRole("button", { name: "Admit and start" }).click();
await shown(host.page.getByText("Nothing is asked yet"));
await host.page.keyboard.press("a");
await shown(candidate.page.getByText("A bank wants to predict").first());

afterAll(async () => {
  await browser.close();
  await site.close();
});

const BANNER = "The server cannot save just now.";
const sheet = candidate.page.getByRole("textbox");

describe("a server that cannot save", () => {
  it("says so calmly to whoever writes, keeps their words, and saves them by itself as soon as it can", async () => {
    isFull = true;
    await sheet.fill("20 × 64 weights");
    await shown(candidate.page.getByText(BANNER));
    await shown(candidate.page.getByText("Your words are kept in this browser"));
    await host.page.keyboard.press("n");
    await host.page.keyboard.type("asks the right thing first");
    await host.page.keyboard.press("Enter");
    await host.page.keyboard.press("Escape");
    await shown(host.page.getByText(BANNER));
    await candidate.shots("saving-fails-candidate");
    await host.shots("saving-fails-host");
    await sheet.fill("20 × 64 weights and 64 biases");
    await candidate.page.reload();
    await shown(candidate.page.getByText(BANNER));
    expect(await wordsOn(sheet)).toBe("20 × 64 weights and 64 biases");

    isFull = false;
    await gone(candidate.page.getByText(BANNER));
    await gone(host.page.getByText(BANNER));
    await shown(host.page.getByTestId("answer").getByText("20 × 64 weights and 64 biases"));
    await allSaved(host.page);
  });
});

describe("a room that the server cannot read", () => {
  it("is told with the name of the fault, and opens by itself when it can be read", async () => {
    await host.page.goto("about:blank");
    await candidate.page.goto("about:blank");
    isUnreadable = true;
    await candidate.page.goBack();
    await shown(candidate.page.getByText("This room cannot be opened just now"));
    await shown(candidate.page.getByText(/\(fault [0-9a-f]{8}\) This page tries again by itself\./));
    await candidate.shots("room-unreadable");
    isUnreadable = false;
    await shown(candidate.page.getByText("A bank wants to predict").first());
  });
});
