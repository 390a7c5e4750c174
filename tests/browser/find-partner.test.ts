import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, Person, shown, startSite } from "../support/browser.ts";

/** People who do not know each other find a partner, with the clock moved on as if they had waited. Each test goes on where the one before ended. */

const MINUTE = 60_000;
let ahead = 0;
const site = await startSite({ now: () => Date.now() + ahead, peerQueue: true });
const browser = await launchBrowser();
// Wrong by an hour, as some are, and where the day is another one.
const ana = await Person.arrive(browser, "Ana", { clockAheadMs: 60 * MINUTE, timezoneId: "Pacific/Auckland" });
const bo = await Person.arrive(browser, "Bo", {
  viewport: { width: 390, height: 844 },
  timezoneId: "America/New_York",
});
const cem = await Person.arrive(browser, "Cem");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = (person: Person, name: string | RegExp) =>
  person.page.getByRole("button", { name, exact: true }).first().click();
const heading = (person: Person, name: string | RegExp) => shown(person.page.getByRole("heading", { name }));

async function look(person: Person): Promise<void> {
  await person.page.goto(`${site.url}/practice/find`);
  await person.page.getByLabel("Your name").fill(person.name);
  await press(person, "Look for a partner");
}

describe("finding a partner", () => {
  it("begins where one would practise with somebody, and says honestly that nobody waits", async () => {
    await ana.page.goto(`${site.url}/practice`);
    await ana.page.getByRole("link", { name: "Find a partner" }).click();
    await shown(ana.page.getByText("Nobody waits just now."));
    await ana.shots("find-form");
    await press(ana, "Look for a partner");
    await shown(ana.page.getByText("Write the name that your partner will see."));
  });

  it("says what hours are not whole, and waits for those that are, on one's own clock", async () => {
    await ana.page.getByLabel("Your name").fill("Ana");
    await ana.page.getByText("In hours of the week").click();
    expect(await ana.page.getByLabel("Times of").inputValue()).toBe("Pacific/Auckland");
    await ana.page.getByLabel("To", { exact: true }).fill("18:00");
    await press(ana, "Look for a partner");
    await shown(ana.page.getByText("The hours begin and end at the same time."));
    // Half a day away, whatever day it is.
    const hour = (hourInAuckland() + 12) % 24;
    await ana.page.getByLabel("From", { exact: true }).fill(`${String(hour).padStart(2, "0")}:00`);
    await ana.page.getByLabel("To", { exact: true }).fill(`${String((hour + 1) % 24).padStart(2, "0")}:00`);
    await press(ana, "Look for a partner");
    await heading(ana, "Waiting for your hours");
    await shown(ana.page.getByText(/times of Pacific\/Auckland/));
    await ana.shots("find-hours");
    await press(ana, "Stop looking");
    await shown(ana.page.getByText("Nobody waits just now."));
    await ana.page.getByText("Now", { exact: true }).click();
    await press(ana, "Look for a partner");
    await heading(ana, "Looking for your partner");
    await shown(ana.page.getByText(/Nobody else waits in English/));
  });

  it("counts who is there and offers what widens the search", async () => {
    await cem.page.goto(`${site.url}/practice/find`);
    await shown(cem.page.getByText("One person waits just now: 1 in English."));
    await cem.page.getByLabel("Your name").fill("Cem");
    await cem.page.getByText("Advanced", { exact: true }).click();
    await cem.page.getByText("Working knowledge").click();
    await press(cem, "Look for a partner");
    await shown(cem.page.getByText("One other person waits in English, and does not fit what you chose."));
    await press(cem, "A neighbouring level too");
    await shown(cem.page.getByText("A neighbouring level counts too."));
    await shown(ana.page.getByText("1 more person would fit now"));
    await ana.shots("find-waiting");
  });

  it("brings two together, who have half a minute on the server's clock; whoever lets it pass looks no more", async () => {
    await look(bo);
    for (const person of [ana, bo]) await heading(person, "Somebody fits");
    expect(await bo.page.getByRole("main").innerText()).not.toMatch(/\bAna\b/);
    expect(await ana.page.getByRole("timer").textContent()).toMatch(/^0:[0-3]\d$/);
    expect(await ana.page.title()).toContain("Somebody fits");
    await bo.shots("find-offer-390");
    await press(ana, "Accept");
    await shown(ana.page.getByText(/You accepted/));
    ahead += MINUTE;
    await shown(bo.page.getByText(/you did not answer within half a minute/));
    await heading(ana, "Looking for your partner");
    await bo.shots("find-missed-390");
  });

  it("brings the one who was there together with the next, also over a reload, and both go to their room", async () => {
    await press(bo, "Look for a partner");
    for (const person of [ana, bo]) await heading(person, "Somebody fits");
    await bo.page.reload();
    await press(ana, "Accept");
    await press(bo, "Accept");
    for (const person of [ana, bo]) await heading(person, /^Practice: /);
    await shown(ana.page.getByRole("main").getByText("Bo", { exact: true }).first());
    await heading(ana, /^What you ask Bo/);
    await heading(bo, /^What you ask Ana/);
  });

  it("lets either report the other, who learns nothing of it", async () => {
    const before = await bo.page.getByRole("main").innerText();
    await ana.page.getByText("Report or block").click();
    await press(ana, "Report and block");
    await shown(ana.page.getByText("Choose what it was."));
    await ana.page.getByText("Rude", { exact: true }).click();
    await press(ana, "Report and block");
    await shown(ana.page.getByText("You will not be brought together again"));
    await ana.shots("find-reported");
    expect(await bo.page.getByRole("main").innerText()).toBe(before);
  });

  it("finds whoever was left in the middle somebody else for the rest, and keeps their place in the room", async () => {
    await Promise.all([ana, bo].map((person) => press(person, "I am ready")));
    await shown(ana.page.getByText("Nothing is asked yet"));
    await bo.leave();
    await ana.page.getByRole("link", { name: "Find somebody else for the rest" }).click({ timeout: 60_000 });
    await heading(ana, "Find somebody for the rest");
    await shown(ana.page.getByText(/You are put at the head of the list/));
    await ana.shots("find-rest");
    await press(ana, "Look for a partner");
    await heading(ana, "Looking for your partner");
    await press(ana, "A neighbouring level too");
    for (const person of [ana, cem]) await heading(person, "Somebody fits");
    for (const person of [ana, cem]) await press(person, "Accept");
    await heading(ana, "Practice: Ana, Cem");
    await heading(cem, "Practice: Ana, Cem");
    await ana.page.goto(site.url);
    await ana.page.getByRole("link", { name: /Practice: Ana, Bo/ }).click();
    await shown(ana.page.getByText("Nothing is asked yet"));
    await gone(ana.page.getByText("This tab has no seat"));
  });
});

function hourInAuckland(): number {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Auckland", hour: "2-digit", hourCycle: "h23" });
  return Number(format.format());
}
