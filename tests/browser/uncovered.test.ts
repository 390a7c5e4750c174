import { afterAll, expect, it } from "vitest";
import { gone, launchBrowser, openRoom, Person, shown, startSite } from "../support/browser.ts";

/** Notices and offers lie over nothing that can be clicked, at every width. */

const site = await startSite();
const browser = await launchBrowser();
const { secrets } = await openRoom(site);
const host = await Person.arrive(browser, "Jonas Dahl");
const candidate = await Person.arrive(browser, "Maya Lindqvist");

afterAll(async () => {
  await browser.close();
  await site.close();
});

const SIZES = [
  [1280, 720],
  [1024, 768],
  [853, 700],
  [390, 800],
] as const;

/** The buttons and links of the page that something else lies over, once each is scrolled to, by what they are called. */
const covered = ({ page }: Person): Promise<string[]> =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>("button, a[href], textarea, summary")];
    return controls
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => {
        control.scrollIntoView({ block: "center" });
        const { left, top, width, height } = control.getBoundingClientRect();
        const found = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 12));
        return (
          found?.closest("[role=status], [role=alert]") != null && !control.contains(found) && !found.contains(control)
        );
      })
      .map((control) => control.getAttribute("aria-label") ?? control.textContent ?? "");
  });

it("what was refused and what can be taken back cover no control of the host's page", async () => {
  const { page } = host;
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await page.getByRole("button", { name: "Admit and start" }).click();
  await shown(page.getByText("Nothing is asked yet"));
  await page.keyboard.press("a");
  await shown(page.getByRole("status").filter({ hasText: "Take back" }));
  expect(await covered(host)).toEqual([]);

  await page.keyboard.press("p");
  await shown(page.getByRole("button", { name: /^Resume/ }));
  await page.keyboard.press("a");
  const refused = page.getByRole("alert").getByText(/It is paused/);
  await shown(refused);
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await host.shots(`uncovered-${width}`);
    expect(await covered(host), `${width} × ${height}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  const before = await page.getByRole("main").evaluate((main) => main.getBoundingClientRect().bottom);
  await page.getByRole("button", { name: "Dismiss" }).click();
  await gone(refused);
  const after = await page.getByRole("main").evaluate((main) => main.getBoundingClientRect().bottom);
  expect(before).toBeLessThan(after);
});
