import { afterAll, describe, expect, it } from "vitest";
import { areSound } from "../../support/accessibility.ts";
import {
  boardOf,
  canvasOf,
  drawBox,
  drawing,
  LARGE,
  nodesBecome,
  openBoard,
  openOutline,
  outlineOf,
  placeOf,
} from "../../support/board-page.ts";
import { gone, launchBrowser, type Person, shown, startSite } from "../../support/browser.ts";
import { beyondWindow, CANDIDATE_SIZES, hidden, misfits, PANEL_SIZES, type Size } from "../../support/looking.ts";

/** The board in windows of every size and in both colour schemes, with nobody left out. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** The least on which a sketch has place beneath its tools, in CSS pixels. */
const LEAST = { width: 280, height: 200 };

const large = (person: Person) => boardOf(person).getByRole("button", { name: "Large" });

/** Waits until the canvas fills what its place gives it, and gives what is wrong with it. */
async function faultsAt(person: Person, [width, height]: Size): Promise<string[]> {
  await person.page.setViewportSize({ width, height });
  const canvas = canvasOf(person);
  const fills = () =>
    canvas.evaluate((drawn) => {
      const board = drawn.closest(".excalidraw");
      const place = board?.getBoundingClientRect();
      const { left, right, height: down } = drawn.getBoundingClientRect();
      const areTools = [...(board?.querySelectorAll(".App-toolbar .ToolIcon__icon") ?? [])].every((tool) => {
        const box = tool.getBoundingClientRect();
        return box.width === 0 || (box.left >= left - 1 && box.right <= right + 1);
      });
      return (
        areTools && place !== undefined && Math.abs(place.width + left - right) + Math.abs(place.height - down) < 3
      );
    });
  await expect.poll(fills, { message: `${width} × ${height}` }).toBe(true);
  const at = await placeOf(canvas);
  const faults = await hidden(large(person));
  if (at.width < LEAST.width || at.height < LEAST.height) faults.push(`the canvas is ${at.width} × ${at.height}`);
  for (const tool of await boardOf(person).locator(".App-toolbar .ToolIcon__icon").all()) {
    const box = await tool.boundingBox();
    if (box && (box.x < at.x - 1 || box.x + box.width > at.x + at.width + 1))
      faults.push("a tool is beside the canvas");
  }
  return faults;
}

describe("a board that is made large", () => {
  it("has place to draw in every window of the candidate, with nothing over anything else", async () => {
    const { maya } = await drawing(site, browser);
    await openBoard(maya);
    await large(maya).click();
    const found: string[] = [];
    for (const size of CANDIDATE_SIZES) {
      found.push(...(await faultsAt(maya, size)).map((fault) => `${size.join(" × ")}: ${fault}`));
      found.push(...(await misfits(maya.page)).map((fault) => `${size.join(" × ")}: ${fault}`));
      const { wide, high } = await beyondWindow(maya.page);
      if (wide > 0 || high > 0) found.push(`${size.join(" × ")}: the page is ${wide} and ${high} too large`);
    }
    expect(found).toEqual([]);
    await maya.shots("board-fit-candidate");
  });

  it("has place to draw in every window of the panel, and gives back what it took", async () => {
    const { host } = await drawing(site, browser);
    await openBoard(host);
    await large(host).click();
    const found: string[] = [];
    for (const size of [...PANEL_SIZES, [320, 640] as const]) {
      if (size[0] === 320) await boardOf(host).evaluate((board) => board.scrollIntoView({ block: "start" }));
      found.push(...(await faultsAt(host, size)).map((fault) => `${size.join(" × ")}: ${fault}`));
      const { wide } = await beyondWindow(host.page);
      if (wide > 0) found.push(`${size.join(" × ")}: the page is ${wide} too wide`);
    }
    expect(found).toEqual([]);
    await host.page.setViewportSize({ width: 1280, height: 720 });
    await gone(host.page.getByTestId("prompt"));
    await large(host).click();
    await shown(host.page.getByTestId("prompt"));
    await shown(host.page.getByRole("heading", { name: /^Strong answer/ }));
  });
});

describe("for ear, keyboard and eye", () => {
  it("is sound in both colour schemes, with its outline and without, and while somebody looks on", async () => {
    const { host, maya, secrets, arrive } = await drawing(site, browser, { ...LARGE, bypassCSP: true });
    const otto = await arrive("Otto Observer");
    await otto.join(site, secrets.observer);
    for (const person of [maya, host, otto]) await openBoard(person);
    await drawBox(maya, 300, 200);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const { page } of [maya, host, otto]) await page.emulateMedia({ colorScheme });
      await areSound(maya.page, host.page, otto.page);
    }
    for (const person of [maya, host, otto]) await openOutline(person);
    await nodesBecome(otto, "a box without words");
    expect(await outlineOf(otto).getByRole("button").count()).toBe(0);
    for (const colorScheme of ["dark", "light"] as const) {
      for (const { page } of [maya, host, otto]) await page.emulateMedia({ colorScheme });
      await areSound(maya.page, host.page, otto.page);
    }
    for (const { faults } of [maya, host, otto]) expect(faults).toEqual([]);
  });

  it("can be used at twice the size of everything", async () => {
    const { maya } = await drawing(site, browser, { viewport: { width: 640, height: 450 } });
    await openBoard(maya);
    await large(maya).click();
    await drawBox(maya, 200, 100);
    await openOutline(maya);
    await nodesBecome(maya, "a box without words");
    expect(await misfits(maya.page)).toEqual([]);
    await maya.shots("board-zoomed-outline");
  });
});
