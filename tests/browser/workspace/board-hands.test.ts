import type { CDPSession } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  boardOf,
  canvasOf,
  countBecomes,
  drawBox,
  drawing,
  frame,
  nodesBecome,
  openBoard,
  openOutline,
  outlineOf,
  placeOf,
} from "../../support/board-page.ts";
import { gone, launchBrowser, type Person, shown, startSite, there } from "../../support/browser.ts";
import { beyondWindow, hidden, questionPane } from "../../support/looking.ts";

/** The board under fingers, by keyboard alone, and with others' hands on it. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

type Point = readonly [x: number, y: number];

/** Fingers on the glass, each going from one place to another. */
async function swipe(person: Person, cdp: CDPSession, ...fingers: readonly (readonly [Point, Point])[]) {
  const at = (share: number) =>
    fingers.map(([[x, y], [toX, toY]]) => ({ x: x + (toX - x) * share, y: y + (toY - y) * share }));
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) {
    await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(share) });
    await frame(person);
  }
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** Whether anything is drawn at this place of the canvas. */
const isDrawn = (person: Person, [x, y]: Point): Promise<boolean> =>
  boardOf(person)
    .locator("canvas.static")
    .evaluate(
      (canvas, [across, down]) => {
        if (!(canvas instanceof HTMLCanvasElement)) return false;
        const scale = canvas.width / canvas.clientWidth;
        const pixel = canvas.getContext("2d")?.getImageData(across * scale, down * scale, 1, 1).data;
        return (pixel?.[3] ?? 0) > 0;
      },
      [x, y] as const,
    );

describe("by touch", () => {
  it("is drawn on with a finger and pinched with two, in a phone's window that it fills when it is to", async () => {
    const { host, maya } = await drawing(site, browser, PHONE);
    await openBoard(maya);
    const cdp = await maya.context.newCDPSession(maya.page);
    await boardOf(maya).getByRole("button", { name: "Large" }).click();
    expect(await hidden(canvasOf(maya), { atLeast: 380 })).toEqual([]);
    await gone(questionPane(maya.page));
    const { x, y } = await placeOf(canvasOf(maya));
    await boardOf(maya).locator('[data-testid="toolbar-freedraw"]').locator("xpath=..").tap();
    await there(boardOf(maya).locator('[data-testid="toolbar-freedraw"]:checked'));
    await swipe(maya, cdp, [
      [x + 60, y + 150],
      [x + 220, y + 250],
    ]);
    await boardOf(maya)
      .getByRole("button", { name: /^Outline/ })
      .click();
    await shown(outlineOf(maya).getByText("1 stroke drawn by hand"));
    await boardOf(maya)
      .getByRole("button", { name: /^Outline/ })
      .click();
    await openBoard(host);
    await host.page.setViewportSize({ width: 1280, height: 900 });
    await openOutline(host);
    await shown(outlineOf(host).getByText("1 stroke drawn by hand"));
    await maya.shots("board-phone-stroke");
    const beside: Point = [60, 300];
    expect(await isDrawn(maya, beside)).toBe(false);
    await swipe(
      maya,
      cdp,
      [
        [x + 150, y + 200],
        [x + 60, y + 120],
      ],
      [
        [x + 160, y + 210],
        [x + 300, y + 300],
      ],
    );
    await expect.poll(() => isDrawn(maya, beside)).toBe(true);
    await maya.shots("board-phone-pinched");
    // Neither the page nor what is drawn has become another by it.
    expect(await maya.page.evaluate(() => window.visualViewport?.scale)).toBe(1);
    await shown(outlineOf(host).getByText("1 stroke drawn by hand"));
    await boardOf(maya).getByRole("button", { name: "Large" }).click();
    await shown(questionPane(maya.page));
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("holds nobody back: the question is scrolled above it, and the panel's page past it", async () => {
    const { host, maya } = await drawing(site, browser, { ...PHONE, viewport: { width: 320, height: 640 } });
    for (const person of [host, maya]) await openBoard(person);
    const cdp = await maya.context.newCDPSession(maya.page);
    const pane = questionPane(maya.page);
    const at = await placeOf(pane);
    await swipe(maya, cdp, [
      [at.x + 100, at.y + at.height - 20],
      [at.x + 100, at.y + 20],
    ]);
    await expect.poll(() => pane.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(20);
    await boardOf(maya).getByRole("button", { name: "Large" }).click();
    expect((await beyondWindow(maya.page)).high).toBe(0);
    // The head of the board is none of the canvas: there a finger moves the page.
    const ofHost = await host.context.newCDPSession(host.page);
    await boardOf(host).evaluate((board) => board.scrollIntoView({ block: "start" }));
    const from = await host.page.evaluate(() => scrollY);
    const head = await placeOf(boardOf(host).getByRole("button", { name: /^Outline/ }));
    await swipe(host, ofHost, [
      [head.x + 20, head.y + head.height / 2],
      [head.x + 20, head.y + 300],
    ]);
    await expect.poll(() => host.page.evaluate(() => scrollY)).toBeLessThan(from - 50);
    expect(await host.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe("by keyboard", () => {
  const focusIsOn = (person: Person, name: string | RegExp) =>
    expect
      .poll(() =>
        boardOf(person)
          .getByRole("button", { name })
          .evaluate((button) => button === document.activeElement),
      )
      .toBe(true);

  it("has its outline first, a way past it, and Escape as the way out of what is drawn", async () => {
    const { maya } = await drawing(site, browser);
    await openBoard(maya);
    const { keyboard } = maya.page;
    await maya.page.getByRole("tab", { name: "Board" }).focus();
    await keyboard.press("Tab");
    await focusIsOn(maya, /^Outline/);
    await keyboard.press("Tab");
    await focusIsOn(maya, "Large");
    await keyboard.press("Tab");
    const past = boardOf(maya).getByRole("button", { name: "Go past the board" });
    await focusIsOn(maya, "Go past the board");
    expect(await hidden(past)).toEqual([]);
    await maya.shots("board-past");
    await keyboard.press("Enter");
    await keyboard.press("Tab");
    expect(await boardOf(maya).evaluate((board) => board.contains(document.activeElement))).toBe(false);
    await drawBox(maya, 300, 200);
    await countBecomes(maya, 1);
    // The first lets go of the tool.
    await keyboard.press("o");
    await there(boardOf(maya).locator('[data-testid="toolbar-ellipse"]:checked'));
    await keyboard.press("Escape");
    await there(boardOf(maya).locator('[data-testid="toolbar-selection"]:checked'));
    expect(await canvasOf(maya).evaluate((canvas) => canvas.closest(".excalidraw") === document.activeElement)).toBe(
      true,
    );
    await keyboard.press("Escape");
    await focusIsOn(maya, /^Outline/);
    expect(maya.faults).toEqual([]);
  });

  it("leads to no file, no other page, no library and no light of one's own, and no search of its own", async () => {
    const { host, maya } = await drawing(site, browser);
    await openBoard(maya);
    await drawBox(maya, 300, 200);
    const { keyboard } = maya.page;
    const downloads: unknown[] = [];
    maya.page.on("download", (download) => downloads.push(download));
    maya.page.on("filechooser", (chooser) => downloads.push(chooser));
    for (const key of [
      "Control+o",
      "Control+s",
      "Control+Shift+s",
      "Control+e",
      "Control+Shift+e",
      "Control+f",
      "Control+/",
      "Control+Shift+p",
      "Alt+z",
      "Alt+r",
      "Alt+/",
      "Shift+Alt+d",
      "Shift+Alt+c",
      "?",
      "9",
      "k",
    ]) {
      await keyboard.press(key);
    }
    expect(await maya.page.locator(".excalidraw :is(.sidebar, .command-palette-dialog, .Modal, .Stats)").count()).toBe(
      0,
    );
    expect(await boardOf(maya).locator('[data-testid="toolbar-selection"]:checked').count()).toBe(1);
    expect(await boardOf(maya).locator(".theme--dark").count()).toBe(0);
    await canvasOf(maya).click({ button: "right", position: { x: 320, y: 215 } });
    await shown(boardOf(maya).getByRole("button", { name: "Delete" }).last());
    for (const name of [/PNG/, /SVG/, /library/i, /Link to object/i]) {
      expect(await boardOf(maya).getByRole("button", { name }).count()).toBe(0);
    }
    await maya.shots("board-menu");
    expect(await boardOf(maya).locator("a[href]").count()).toBe(0);
    expect(downloads).toEqual([]);
    await countBecomes(maya, 1);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });
});

describe("others' hands", () => {
  it("are seen on the board by name while they move there, and not when they have left or it is quiet", async () => {
    const { host, maya } = await drawing(site, browser);
    for (const person of [host, maya]) await openBoard(person);
    const at = await placeOf(canvasOf(maya));
    /** Whether the place at which they point is drawn upon, on the canvas of what moves. */
    const isPointed = () =>
      canvasOf(host).evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return false;
        const scale = canvas.width / canvas.clientWidth;
        const pixels = canvas.getContext("2d")?.getImageData(240 * scale, 300 * scale, 60 * scale, 40 * scale).data;
        return pixels?.some((value) => value > 0) === true;
      });
    expect(await isPointed()).toBe(false);
    await maya.page.mouse.move(at.x + 200, at.y + 300);
    await maya.page.mouse.move(at.x + 240, at.y + 300);
    await expect.poll(isPointed).toBe(true);
    await host.shots("board-pointer");
    await maya.page.mouse.move(at.x + 240, at.y - 60);
    await expect.poll(isPointed).toBe(false);
    await maya.page.mouse.move(at.x + 240, at.y + 300);
    await expect.poll(isPointed).toBe(true);
    await maya.page.getByRole("button", { name: "Quiet time", exact: true }).focus();
    await maya.page.keyboard.press("Enter");
    await maya.page.getByRole("button", { name: "Begin", exact: true }).focus();
    await maya.page.keyboard.press("Enter");
    await expect.poll(isPointed).toBe(false);
    expect(host.requested.filter((url) => !url.includes(new URL(site.url).host))).toEqual([]);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });
});

describe("a link on the board", () => {
  it("opens beside the room, and its page knows nothing of the room", async () => {
    const { host, maya } = await drawing(site, browser);
    for (const person of [host, maya]) await openBoard(person);
    await openOutline(host);
    await drawBox(maya, 300, 200);
    await maya.page.keyboard.press("Control+k");
    const field = boardOf(maya).locator(".excalidraw-hyperlinkContainer-input");
    const url = `${site.url}/practice`;
    await field.fill(url);
    await field.press("Enter");
    await nodesBecome(host, "a box without words");
    const here = maya.page.url();
    const opening = maya.context.waitForEvent("page");
    await boardOf(maya).locator(".excalidraw-hyperlinkContainer-link").click();
    const opened = await opening;
    await opened.waitForURL(url);
    expect(await opened.evaluate(() => window.opener)).toBeNull();
    expect(maya.page.url()).toBe(here);
    expect(maya.faults).toEqual([]);
  });
});
