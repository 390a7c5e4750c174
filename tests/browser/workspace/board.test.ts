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
  saved,
} from "../../support/board-page.ts";
import { becomes, gone, launchBrowser, type PersonOptions, shown, startSite } from "../../support/browser.ts";
import { ownSheet } from "../../support/looking.ts";

/** The board of an ask, on which several draw at once, and its outline in words. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

const interview = (options?: PersonOptions) => drawing(site, browser, options);

describe("the board", () => {
  it("is drawn on by two at once, also while one has no network, and is there after a reload", async () => {
    const { host, maya } = await interview();
    for (const person of [host, maya]) {
      await openBoard(person);
      await openOutline(person);
    }
    await Promise.all([drawBox(maya, 60, 90), drawBox(host, 40, 140)]);
    const empty = "a box without words";
    for (const person of [host, maya]) await nodesBecome(person, empty, empty);
    await maya.context.setOffline(true);
    await drawBox(maya, 60, 150);
    await drawBox(host, 40, 200);
    await nodesBecome(maya, empty, empty, empty);
    await nodesBecome(host, empty, empty, empty);
    await maya.context.setOffline(false);
    for (const person of [host, maya]) await nodesBecome(person, empty, empty, empty, empty);
    await saved(maya);
    await maya.shots("board-candidate");
    await host.shots("board-host");
    await maya.page.reload();
    await shown(ownSheet(maya.page));
    await openBoard(maya);
    await openOutline(maya);
    await nodesBecome(maya, empty, empty, empty, empty);
    expect(maya.faults).toEqual([]);
    expect(host.faults).toEqual([]);
    const origins = new Set([...maya.requested, ...host.requested].map((url) => new URL(url).host));
    expect([...origins]).toEqual([new URL(site.url).host]);
  });

  it("is written by keyboard from its outline: boxes, texts, arrows, other words, and off again", async () => {
    const { host, maya } = await interview();
    await openBoard(host);
    await openOutline(host);
    await maya.page.getByRole("tab", { name: "Text" }).focus();
    await maya.page.keyboard.press("ArrowRight");
    await becomes(boardOf(maya), "aria-busy", "false");
    await boardOf(maya)
      .getByRole("button", { name: /^Outline/ })
      .press("Enter");
    const { keyboard } = maya.page;
    const words = outlineOf(maya).getByRole("textbox", { name: "Words to put on the board" });
    await words.focus();
    for (const text of ["Client", "Cache"]) {
      await keyboard.type(text);
      await keyboard.press("Enter");
      await shown(outlineOf(host).getByRole("button", { name: `Delete ${text}`, exact: true }));
    }
    await outlineOf(maya).getByRole("combobox", { name: "Connect Client to" }).selectOption("Cache");
    await shown(outlineOf(host).getByText("Client to Cache"));
    await outlineOf(maya).getByRole("button", { name: "Rename Cache" }).press("Enter");
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("A cache that evicts");
    await keyboard.press("Enter");
    await shown(outlineOf(host).getByText("Client to A cache that evicts"));
    await nodesBecome(host, "Client", "A cache that evicts");
    await maya.shots("board-outline");
    await outlineOf(maya).getByRole("button", { name: "Delete Client", exact: true }).press("Enter");
    await nodesBecome(host, "A cache that evicts", "nothing to A cache that evicts");
    expect(await outlineOf(maya).evaluate((list) => document.activeElement === list)).toBe(true);
    await outlineOf(host).getByRole("button", { name: "Delete nothing to A cache that evicts" }).press("Enter");
    await nodesBecome(maya, "A cache that evicts");
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("takes no picture, however it comes, and says so", async () => {
    const { host, maya } = await interview();
    for (const person of [host, maya]) {
      await openBoard(person);
      await openOutline(person);
    }
    await drawBox(maya, 200, 200);
    const refused = boardOf(maya).getByText("The board takes no pictures");
    const transfer = await maya.page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(40)], "bomb.png", { type: "image/png" }));
      return data;
    });
    await canvasOf(maya).dispatchEvent("drop", { dataTransfer: transfer });
    await shown(refused);
    await drawBox(maya, 300, 300);
    await gone(refused);
    await boardOf(maya).evaluate((board) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(40)], "bomb.png", { type: "image/png" }));
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      board.querySelector(".excalidraw")?.dispatchEvent(event);
    });
    await shown(refused);
    await maya.shots("board-refused");
    const empty = "a box without words";
    for (const person of [host, maya]) await nodesBecome(person, empty, empty);
    expect(maya.faults).toEqual([]);
  });

  it("is looked at by whoever observes, and keys on it are none of the room's", async () => {
    const { host, maya, secrets, arrive } = await interview();
    const otto = await arrive("Otto Observer", LARGE);
    await otto.join(site, secrets.observer);
    for (const person of [host, maya]) await openBoard(person);
    await drawBox(maya, 400, 200);
    // Letters that are keys of the room, too: "h" reveals a hint there, and "a" asks the next question.
    await canvasOf(host).click({ position: { x: 250, y: 250 } });
    for (const key of ["h", "a", "?", "n"]) await host.page.keyboard.press(key);
    await openBoard(otto);
    await openOutline(otto);
    await nodesBecome(otto, "a box without words");
    await shown(boardOf(otto).getByText("To look at only."));
    expect(await boardOf(otto).getByRole("radio").count()).toBe(0);
    expect(await outlineOf(otto).getByRole("textbox").count()).toBe(0);
    await otto.shots("board-observer");
    await shown(host.page.getByRole("button", { name: /^Reveal/ }).first());
    expect(await host.page.getByRole("dialog").count()).toBe(0);
    await host.page.getByRole("tab", { name: "Text" }).first().click();
    await shown(maya.page.getByText("A bank wants to predict").first());
    expect([...otto.faults, ...host.faults]).toEqual([]);
  });

  it("is sound for whoever reads it by ear or by keyboard, and fits a small telephone", async () => {
    const { host, maya } = await interview({ ...LARGE, bypassCSP: true });
    await openBoard(maya);
    await openOutline(maya);
    await openBoard(host);
    await outlineOf(maya).getByRole("textbox", { name: "Words to put on the board" }).fill("Client");
    await outlineOf(maya).getByRole("button", { name: "Add" }).click();
    await shown(boardOf(host).getByRole("button", { name: "Outline 1 on the board" }));
    await areSound(maya.page, host.page);
    await maya.page.setViewportSize({ width: 320, height: 640 });
    await maya.shots("board-320-outline");
    await boardOf(maya)
      .getByRole("button", { name: /^Outline/ })
      .click();
    await shown(canvasOf(maya));
    await maya.shots("board-320");
    expect(await maya.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});
