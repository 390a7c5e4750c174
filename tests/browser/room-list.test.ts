import { afterAll, describe, expect, it } from "vitest";
import { gone, launchBrowser, Person, shown, startSite } from "../support/browser.ts";

/** The rooms of one browser: how each stands, and finding one among them. */

const site = await startSite();
const browser = await launchBrowser();
const host = await Person.arrive(browser, "Jonas Dahl");
const { page } = host;

afterAll(async () => {
  await browser.close();
  await site.close();
});

const row = (text: string) => page.getByRole("listitem").filter({ hasText: text });
const button = (name: string) => page.getByRole("button", { name, exact: true });

async function open(title: string, candidate: string, role: string): Promise<void> {
  await page.goto(`${site.url}/new`);
  await page.getByLabel("Your name").fill(host.name);
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Candidate's name (optional)").fill(candidate);
  await page.getByLabel("Role or team (optional)").fill(role);
  await button("Open the room").click();
  await page.waitForURL("**/room/*");
}

/** The candidate comes by their link, and the host begins. */
async function begin(candidate: string): Promise<void> {
  await button("Copy link for the candidate").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const person = await Person.arrive(browser, candidate);
  await person.join(site, link.split("/join#")[1] ?? "");
  await button("Admit and start").click();
  await shown(page.getByText("Nothing is asked yet"));
  await person.leave();
}

describe("the list of rooms", () => {
  it("says of each how it stands and what is left to do", async () => {
    await open("Panel of Monday", "Zoë Åkesson", "Forecasting");
    await open("Panel of Tuesday", "Maya Lindqvist", "Ranking");
    await begin("Maya Lindqvist");
    await open("Panel of Friday", "Noor Haddad", "Ranking");
    await begin("Noor Haddad");
    await button("End the interview").click();
    await page.getByRole("dialog").getByRole("button", { name: "End the interview" }).click();
    await shown(page.getByRole("heading", { name: "Your scorecard" }));
    await page.goto(site.url);
    await shown(row("Zoë Åkesson").getByText("In the lobby"));
    await shown(row("Maya Lindqvist").getByText("Live", { exact: true }));
    await shown(row("Noor Haddad").getByText("Over", { exact: true }));
    await shown(row("Noor Haddad").getByText("Your scorecard is missing"));
    await gone(row("Noor Haddad").getByText(/No decision/));
    await host.shots("rooms-list");
  });

  it("is searched by title, candidate and role, and filtered by how they stand", async () => {
    const search = page.getByRole("searchbox", { name: "Search your rooms" });
    await search.fill("zoe akesson");
    await gone(row("Maya Lindqvist"));
    await shown(row("Zoë Åkesson"));
    await search.fill("RANKING");
    await gone(row("Zoë Åkesson"));
    await shown(row("Maya Lindqvist"));
    await page.getByRole("radio", { name: "Over" }).check();
    await gone(row("Maya Lindqvist"));
    await shown(row("Noor Haddad"));
    await search.fill("nobody of that name");
    await shown(page.getByText("No room fits."));
    await search.fill("");
    await page.getByRole("radio", { name: "All" }).check();
    for (const name of ["Zoë Åkesson", "Maya Lindqvist", "Noor Haddad"]) await shown(row(name));
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await host.shots("rooms-list-320");
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("stays where the server cannot be reached, says so, and asks again", async () => {
    await page.route("**/api/across/rooms", (route) => route.abort());
    await page.reload();
    await shown(page.getByText("The server cannot be reached, so how your rooms stand is not shown."));
    for (const name of ["Zoë Åkesson", "Maya Lindqvist", "Noor Haddad"]) await shown(row(name));
    await gone(page.getByText("In the lobby"));
    await page.unroute("**/api/across/rooms");
    await button("Try again").click();
    await shown(row("Zoë Åkesson").getByText("In the lobby"));
    await gone(page.getByText("The server cannot be reached"));
  });
});
