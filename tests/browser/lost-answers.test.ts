import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Requests that reach the server and whose answers are swallowed on their way back. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Carries out requests to the path and loses so many of their answers; how many were lost. */
async function loseAnswers({ context }: Person, path: string, most: number): Promise<() => number> {
  let lost = 0;
  await context.route(`**${path}`, async (route) => {
    if (lost >= most) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  });
  return () => lost;
}

const arrive = async (name: string): Promise<Person> => {
  const person = await Person.arrive(browser, name);
  onTestFinished(() => person.leave());
  return person;
};

describe("an answer that is lost", () => {
  it("to somebody who joins is asked for again, and they sit there once", async () => {
    const { secrets } = await openRoom(site);
    const host = await arrive("Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    const ines = await arrive("Ines Marfil");
    const lost = await loseAnswers(ines, "/api/links/join", 1);
    await ines.join(site, secrets.interviewer);
    await shown(ines.page.getByText("Ines Marfil").first());
    expect(lost()).toBe(1);
    await shown(host.page.getByText("Ines Marfil").first());
    expect(await host.page.getByText("Ines Marfil", { exact: true }).count()).toBe(1);
  });

  it("again and again is said, and who loads the page anew and joins sits there once", async () => {
    const { secrets } = await openRoom(site);
    const host = await arrive("Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    const ines = await arrive("Ines Marfil");
    const lost = await loseAnswers(ines, "/api/links/join", 3);
    const { page } = ines;
    await page.goto(`${site.url}/join#${secrets.interviewer}`);
    await page.getByLabel("Your name").fill("Ines Marfil");
    await page.getByRole("button", { name: "Join" }).click();
    await shown(page.getByText("The server cannot be reached"));
    expect(lost()).toBe(3);
    await page.reload();
    await ines.join(site, secrets.interviewer);
    await shown(host.page.getByText("Ines Marfil").first());
    expect(await host.page.getByText("Ines Marfil", { exact: true }).count()).toBe(1);
  });

  it("to a host who renews a link leaves them with the link that works", async () => {
    const { secrets } = await openRoom(site);
    const host = await arrive("Jonas Dahl");
    await host.enterAsHost(site, secrets.host);
    const lost = await loseAnswers(host, "/api/links/renew", 1);
    const row = host.page.getByRole("listitem").filter({ hasText: "Observer" });
    await row.getByRole("button", { name: "Renew the observer's link" }).click();
    await row.getByRole("button", { name: "7 days" }).click();
    // The room was opened elsewhere; what is made here can be copied here all the same, and after a reload too.
    await shown(row.getByRole("button", { name: /Copy link/ }));
    await host.page.reload();
    await row.getByRole("button", { name: /Copy link/ }).click();
    expect(lost()).toBe(1);
    const address = await host.page.evaluate(() => navigator.clipboard.readText());
    expect(address).not.toContain(secrets.observer);
    const otto = await arrive("Otto Ruiz");
    await otto.page.goto(address);
    await otto.page.getByLabel("Your name").fill("Otto Ruiz");
    await otto.page.getByRole("button", { name: "Join" }).click();
    await otto.page.waitForURL("**/room/*");
    await shown(host.page.getByText("Otto Ruiz").first());
  });
});
