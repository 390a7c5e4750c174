import { readFile } from "node:fs/promises";
import type { Level } from "@whetstone/shared/bank";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser, Person, shown, startSite, textsBecome } from "../support/browser.ts";
import { interviewed as heldInterview } from "../support/interviewed.ts";

/** Candidates of one kit side by side, in real browsers. */

const site = await startSite();
const browser = await launchBrowser();

afterAll(async () => {
  await browser.close();
  await site.close();
});

const CANARY = "canary rationale of the panel";

const interviewed = (candidateName: string, levels: readonly [Level, Level], options: { leftOut?: number } = {}) =>
  heldInterview(site, candidateName, levels, { ...options, rationale: CANARY });

const sideways = (person: Person): Promise<number> =>
  person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function narrowShots(person: Person, step: string): Promise<void> {
  await person.page.setViewportSize({ width: 390, height: 844 });
  expect(await sideways(person)).toBe(0);
  await person.shots(`${step}-narrow`);
  await person.page.setViewportSize({ width: 1440, height: 900 });
}

describe("comparing candidates", () => {
  it("shows all of a kit on one scale, sorted, then some side by side, and how their question was used", async () => {
    const maya = await interviewed("Maya Lindqvist", [4, 3]);
    const omar = await interviewed("Omar Haddad", [2, 1]);
    const host = await Person.arrive(browser, "Jonas Dahl", { viewport: { width: 1440, height: 900 } });
    const { page } = host;
    for (const { hostSecret } of [omar, maya]) await host.enterAsHost(site, hostSecret);

    await page.goto(`${site.url}/`);
    await page.getByRole("link", { name: "Compare candidates" }).click();
    await page.waitForURL("**/compare");
    const table = page.getByRole("table");
    const names = "tbody th";
    await textsBecome(table, names, ["Maya Lindqvist", "Omar Haddad"]);
    await shown(table.getByRole("img", { name: /^On a scale from 1 to 4: / }).first());
    await shown(table.getByRole("cell", { name: "3.5", exact: true }));
    await shown(table.getByText("Advance", { exact: true }));
    await shown(page.getByText("2 of 10 candidates rated by two or more"));
    await table.getByRole("button", { name: "Overall" }).click();
    await textsBecome(table, names, ["Omar Haddad", "Maya Lindqvist"]);
    await table.getByRole("button", { name: "Candidate" }).click();
    await textsBecome(table, names, ["Maya Lindqvist", "Omar Haddad"]);
    await host.shots("across-1-compare");
    await narrowShots(host, "across-1-compare");

    await page.getByLabel("Choose Maya Lindqvist").check();
    expect(await page.getByRole("button", { name: "Put side by side" }).isDisabled()).toBe(true);
    await page.getByLabel("Choose Omar Haddad").check();
    await page.getByRole("button", { name: "Put 2 side by side" }).click();
    await textsBecome(table.locator("thead"), "th span", ["Maya Lindqvist", "Omar Haddad"]);
    const communication = table.getByRole("row", { name: /^Communication/ }).last();
    await textsBecome(communication, "b", ["4", "3", "2", "1"]);
    await host.shots("across-2-beside");
    await narrowShots(host, "across-2-beside");
    await page.reload();
    await shown(communication);

    await table.getByRole("link").last().click();
    await page.waitForURL("**/use");
    await shown(page.getByText("2 of 2", { exact: true }));
    await textsBecome(page.getByRole("table", { name: /^Communication/ }), "td span", ["1", "1", "1", "1"]);
    await host.shots("across-3-use");
    await narrowShots(host, "across-3-use");
    await page.getByRole("link", { name: "The question" }).click();
    await shown(page.getByRole("link", { name: "How it was used" }));

    await page.goBack();
    await page.getByRole("link", { name: "Maya Lindqvist" }).click();
    await page.waitForURL("**/room/*");
    expect(host.complaints).toEqual([]);
  });

  it("says whose scorecard is incomplete, and does not put its candidate first", async () => {
    const whole = await interviewed("Ada Whole", [3, 3]);
    const part = await interviewed("Bo Part", [4, 4], { leftOut: 2 });
    const host = await Person.arrive(browser, "Jonas Dahl", { viewport: { width: 1440, height: 900 } });
    for (const { hostSecret } of [whole, part]) await host.enterAsHost(site, hostSecret);
    await host.page.goto(`${site.url}/compare`);
    const table = host.page.getByRole("table");
    await textsBecome(table, "tbody th", ["Ada Whole", "Bo Part"]);
    const row = table.getByRole("row").filter({ hasText: "Bo Part" });
    await shown(row.getByText(/^\d of \d rated by Wei Zhang$/));
    expect(await table.getByText(/ rated by /).count()).toBe(1);
    await host.shots("across-5-incomplete");
    await narrowShots(host, "across-5-incomplete");
    for (const name of ["Ada Whole", "Bo Part"]) await host.page.getByLabel(`Choose ${name}`).check();
    await host.page.getByRole("button", { name: "Put 2 side by side" }).click();
    await shown(table.getByText(/^\d of \d rated by Wei Zhang$/));
    expect(host.complaints).toEqual([]);
  });

  it("takes the scorecards of a whole kit or of one candidate home as a ZIP, and can be stopped", async () => {
    const lena = await interviewed("Lena Moreau", [3, 3]);
    const ravi = await interviewed("Ravi Menon", [2, 3]);
    const host = await Person.arrive(browser, "Jonas Dahl", { viewport: { width: 1440, height: 900 } });
    const { page } = host;
    for (const { hostSecret } of [lena, ravi]) await host.enterAsHost(site, hostSecret);
    await page.goto(`${site.url}/compare`);
    await page.getByText("Export all of them").click();
    for (const format of ["PDF", "Excel"]) await page.getByRole("checkbox", { name: format }).uncheck();
    expect(await page.getByRole("button", { name: "Export 2 rooms as ZIP" }).isDisabled()).toBe(true);
    for (const format of ["CSV", "Markdown"]) await page.getByRole("checkbox", { name: format }).check();
    await host.shots("across-4-export");
    await narrowShots(host, "across-4-export");

    const take = async (): Promise<string[]> => {
      const ready = page.getByRole("button", { name: "Download the ZIP" });
      const [file] = await Promise.all([page.waitForEvent("download"), ready.click()]);
      expect(file.suggestedFilename()).toBe("whetstone-scorecards.zip");
      return Object.keys(unzipSync(await readFile(await file.path()))).sort();
    };
    await page.getByRole("button", { name: "Export 2 rooms as ZIP" }).click();
    const files = ["lena-moreau", "ravi-menon"].flatMap((name) =>
      ["csv", "md"].map((format) => `whetstone-${name}/whetstone-${name}-technical-interview.${format}`),
    );
    expect(await take()).toEqual(files);
    await host.shots("across-5-ready");
    await page.getByRole("button", { name: "Done" }).click();

    await page.getByLabel("Choose Ravi Menon").check();
    await page.getByRole("button", { name: "Export 1 room as ZIP" }).click();
    expect(await take()).toEqual(files.slice(2));
    await page.getByRole("button", { name: "Done" }).click();

    // Its progress is held back, so that it is stopped before the page can know that it is ready.
    let tell: (body: string) => void = () => {};
    const asked = new Promise<string>((resolve) => {
      tell = resolve;
    });
    await page.route("**/api/exports/progress", (route) => tell(route.request().postData() ?? ""));
    await page.getByRole("button", { name: "Export 1 room as ZIP" }).click();
    const body = await asked;
    await page.getByRole("button", { name: "Stop" }).click();
    await shown(page.getByRole("button", { name: "Export 1 room as ZIP" }));
    const headers = { "content-type": "application/json" };
    const gone = await fetch(`${site.url}/api/exports/file`, { method: "POST", headers, body });
    expect(gone.status).toBe(404);
    expect(host.complaints).toEqual([]);
  });

  it("tells an interviewer who has not submitted only that the room is still closed", async () => {
    const { undecided } = await interviewed("Ana Lima", [3, 3]);
    const noor = await Person.arrive(browser, "Noor Haddad");
    await noor.page.goto(`${site.url}/join#${undecided}`);
    await noor.page.getByRole("button", { name: "Go to your seat" }).click();
    await noor.page.waitForURL("**/room/*");
    const asked = noor.page.waitForRequest("**/api/across/compare");
    await noor.page.goto(`${site.url}/compare`);
    await shown(noor.page.getByRole("heading", { name: "Still closed to you" }));
    await shown(noor.page.getByRole("link", { name: "Technical interview" }));
    // A browser does not always keep what came bit by bit, so it is asked for once more.
    const request = await asked;
    const [url, method, headers, body] = [request.url(), request.method(), request.headers(), request.postData()];
    const whole = await (await fetch(url, { method, headers, body })).text();
    expect(whole).toContain('"kind":"done"');
    expect([whole, ...noor.received].filter((text) => text.includes(CANARY))).toEqual([]);
    expect(noor.complaints).toEqual([]);
  });

  it("says what to do where this browser holds no seat", async () => {
    const stranger = await Person.arrive(browser, "Sofia Rossi");
    await stranger.page.goto(`${site.url}/compare`);
    await shown(stranger.page.getByText("This browser holds no seat on a panel yet"));
    expect(stranger.requested.some((url) => url.includes("/api/across"))).toBe(false);
    await stranger.page.goto(`${site.url}/bank/questions/vanishing-gradients/use`);
    await shown(stranger.page.getByText("This browser holds no seat on a panel yet"));
    expect(stranger.complaints).toEqual([]);
  });
});
