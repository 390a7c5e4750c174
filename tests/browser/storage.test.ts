import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Browsers that keep nothing for a page: storages that are forbidden, absent or full, and no cookies. Everything works, and it is said what that means. */

const site = await startSite({ peerQueue: true });
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const KINDS = ["forbidden", "absent", "full"] as const;
type Kind = (typeof KINDS)[number];

const NOTICES: Record<Kind, string> = {
  forbidden: "This browser lets no page keep anything.",
  absent: "This browser lets no page keep anything.",
  full: "This browser has no room left for what this page keeps.",
};

/** Somebody whose browser is like that from the first page on. */
async function wary(kind: Kind, name: string): Promise<Person> {
  const person = await Person.arrive(browser, name);
  await person.context.addInitScript((what) => {
    const insecure = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    Object.defineProperty(document, "cookie", { get: insecure, set: insecure });
    Object.defineProperty(window, "indexedDB", what === "absent" ? { value: undefined } : { get: insecure });
    for (const storage of ["localStorage", "sessionStorage"]) {
      if (what !== "full") {
        Object.defineProperty(window, storage, what === "absent" ? { value: null } : { get: insecure });
      }
    }
    if (what === "full") {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    }
  }, kind);
  return person;
}

const press = (person: Person, name: string | RegExp) => person.page.getByRole("button", { name }).first().click();

describe.each(KINDS)("with a storage that is %s", (kind) => {
  it("a candidate joins by a link, is told once what it means, and writes", async () => {
    const { secrets } = await openRoom(site);
    const candidate = await wary(kind, "Maya Lindqvist");
    const host = await Person.arrive(browser, "Jonas Dahl");
    await candidate.join(site, secrets.candidate);
    await shown(candidate.page.getByText("You are here as Maya Lindqvist"));
    const notice = candidate.page.getByRole("status").filter({ hasText: NOTICES[kind] });
    await shown(notice);
    await candidate.shots(`storage-${kind}-candidate`);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await gone(notice);
    await host.enterAsHost(site, secrets.host);
    await host.page.getByRole("button", { name: "Admit and start" }).click();
    await shown(host.page.getByText("Nothing is asked yet"));
    await host.page.keyboard.press("a");
    await candidate.page.getByRole("textbox").fill("written without a storage");
    await shown(host.page.getByTestId("answer").getByText("written without a storage"));
    expect(await notice.count()).toBe(0);
    expect(await host.page.getByText(NOTICES[kind]).count()).toBe(0);
    expect(candidate.faults).toEqual([]);
    await candidate.leave();
    await host.leave();
  });

  it("a host opens a room, and comes back to it from the list", async () => {
    const host = await wary(kind, "Jonas Dahl");
    const { page } = host;
    await page.goto(site.url);
    await page.getByRole("link", { name: "Open a room" }).first().click();
    await page.getByLabel("Your name").fill("Jonas Dahl");
    await page.getByLabel("Title").fill("Kept nowhere");
    await page.getByLabel("Candidate's name (optional)").fill("Maya Lindqvist");
    await page.getByRole("radio", { name: /Machine-learning engineer, first screen/ }).check();
    await press(host, "Open the room");
    await shown(page.getByText("Who is here"));
    await shown(page.getByText(NOTICES[kind]));
    await host.shots(`storage-${kind}-host`);
    await press(host, "Dismiss");
    await page.goBack();
    await page.goBack();
    await page.getByRole("link", { name: "Maya Lindqvist" }).click();
    await shown(page.getByText("Who is here"));
    expect(host.faults).toEqual([]);
    await host.leave();
  });

  it("one practises alone, and reads the history of it", async () => {
    const person = await wary(kind, "Noor Haddad");
    const { page } = person;
    await page.goto(`${site.url}/practice/history`);
    await page.getByRole("link", { name: "Practise alone", exact: true }).click();
    await page.getByLabel("Your name").fill("Noor Haddad");
    await press(person, /^(Practise|Begin|Start|Open)/);
    await page.waitForURL("**/room/*");
    expect(person.faults).toEqual([]);
    await person.leave();
  });

  it("one looks for a partner and stops", async () => {
    const person = await wary(kind, "Ana");
    const { page } = person;
    await page.goto(`${site.url}/practice/find`);
    await page.getByLabel("Your name").fill("Ana");
    await press(person, "Look for a partner");
    await press(person, "Stop looking");
    await shown(page.getByText("Nobody waits just now."));
    expect(person.faults).toEqual([]);
    await person.leave();
  });

  it("one writes a question, which is saved as a draft", async () => {
    const person = await wary(kind, "Jonas Dahl");
    const { page } = person;
    await page.goto(`${site.url}/bank/own`);
    await page
      .getByRole("link", { name: /^(Write a question|New question)/ })
      .first()
      .click();
    await page.getByLabel("Title").fill(`Written where storage is ${kind}`);
    await page.waitForURL(/\/bank\/own\/(?!new)/);
    await shown(page.getByText(/^Saved/).first());
    await person.shots(`storage-${kind}-draft`);
    await page.getByRole("link", { name: "Yours" }).click();
    await shown(page.getByRole("link", { name: new RegExp(`^Written where storage is ${kind}`) }));
    expect(person.faults).toEqual([]);
    await person.leave();
  });
});
