import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import {
  boardOf,
  canvasOf,
  countBecomes,
  drawBox,
  drawing,
  nodesBecome,
  openBoard,
  openOutline,
  outlineOf,
  placeOf,
  saved,
} from "../../support/board-page.ts";
import { stroke } from "../../support/boards.ts";
import { gone, launchBrowser, MortalSite, type Person, shown, startSite } from "../../support/browser.ts";
import { ownSheet } from "../../support/looking.ts";

/** The board where networks go, storages are full, servers are killed, and files are missing. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** What a page sent of the board in messages of its own. */
function writesOf({ page }: Person): string[] {
  const writes: string[] = [];
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const text = String(payload);
      if (text.includes('"type":"write"') && text.includes('"part":"board"')) writes.push(text);
    }),
  );
  return writes;
}

async function pasteStrokes(person: Person, name: string, count: number): Promise<void> {
  const { x, y, width, height } = await placeOf(canvasOf(person));
  await person.page.mouse.click(x + width / 2, y + height / 2);
  const elements = Array.from({ length: count }, (_, index) => stroke(`${name}${index}`, 1_500));
  await canvasOf(person).evaluate(
    (canvas, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      canvas.closest(".excalidraw")?.dispatchEvent(event);
    },
    JSON.stringify({ type: "excalidraw/clipboard", elements }),
  );
}

describe("the board", () => {
  it("loses nothing that was drawn while the server was dead, also over a reload", async () => {
    const mortal = await MortalSite.start();
    onTestFinished(() => mortal.close());
    const { host, maya } = await drawing(mortal, browser);
    for (const person of [host, maya]) await openBoard(person);
    await drawBox(maya, 300, 200);
    await countBecomes(host, 1);
    await mortal.kill();
    await drawBox(maya, 300, 300);
    await drawBox(host, 40, 300);
    await countBecomes(maya, 2);
    await countBecomes(host, 2);
    await maya.shots("board-no-server");
    const room = maya.page.url();
    // The window is closed and opened again before the server is back.
    await maya.page.goto("about:blank");
    await mortal.startAgain();
    await maya.page.goto(room);
    await shown(ownSheet(maya.page));
    await openBoard(maya);
    for (const person of [host, maya]) await countBecomes(person, 3);
    await saved(maya);
    expect([...host.faults, ...maya.faults]).toEqual([]);
  });

  it("is kept in the page where neither server nor browser keeps anything, and that is said until it is on the server", async () => {
    let isFull = false;
    const full = await startSite({
      wrapDocuments: (store) => ({
        ...store,
        append: async (updates) => {
          if (isFull) throw new Error("the disk is full");
          await store.append(updates);
        },
      }),
    });
    onTestFinished(() => full.close());
    const { host, maya } = await drawing(full, browser);
    for (const person of [host, maya]) await openBoard(person);
    await maya.page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    isFull = true;
    await drawBox(maya, 300, 200);
    await countBecomes(maya, 1);
    const told = maya.page.getByText("will be saved as soon as the server can. Leave the page open.");
    await shown(told);
    await maya.shots("board-not-kept");
    await countBecomes(host, 0);
    isFull = false;
    await countBecomes(host, 1);
    await gone(told);
    await saved(maya);
  });

  it("sends in parts what is more than one message holds, and all of it arrives", async () => {
    const { host, maya } = await drawing(site, browser);
    const writes = writesOf(maya);
    await maya.page.reload();
    for (const person of [host, maya]) {
      await openBoard(person);
      await openOutline(person);
    }
    const strokes = (person: Person, count: number) =>
      shown(outlineOf(person).getByText(`${count} strokes drawn by hand`));
    await maya.context.setOffline(true);
    await pasteStrokes(maya, "one", 6);
    await strokes(maya, 6);
    await pasteStrokes(maya, "two", 6);
    await strokes(maya, 12);
    writes.splice(0);
    await maya.context.setOffline(false);
    await strokes(host, 12);
    await saved(maya);
    expect(writes.length).toBeGreaterThan(1);
    expect(Math.max(...writes.map(({ length }) => length))).toBeLessThan(360_000);
    expect([...host.faults, ...maya.faults]).toEqual([]);
  });

  it("that cannot be fetched says so in its place, the text goes on, and it comes at a press", async () => {
    const { maya } = await drawing(site, browser);
    await maya.context.route("**/assets/BoardSheet-*.js", (route) => route.abort("connectionreset"));
    await maya.page.getByRole("tab", { name: "Board" }).click();
    await shown(maya.page.getByText("The board is being fetched…"));
    const missing = maya.page.getByText("This part of the page is missing");
    await shown(missing);
    await shown(maya.page.getByText("The text of this sheet goes on meanwhile."));
    await maya.shots("board-missing");
    await maya.page.getByRole("tab", { name: "Text" }).click();
    await ownSheet(maya.page).fill("in words meanwhile");
    await saved(maya);
    await maya.page.getByRole("tab", { name: "Board" }).click();
    await shown(missing);
    await maya.context.unroute("**/assets/BoardSheet-*.js");
    await maya.page.getByRole("button", { name: "Try again" }).click();
    await gone(missing);
    await shown(canvasOf(maya));
    await drawBox(maya, 300, 200);
    await countBecomes(maya, 1);
    await saved(maya);
  });

  it("in Chinese and Korean asks for no file that is not there, and no other host", async () => {
    const { host, maya } = await drawing(site, browser);
    for (const person of [host, maya]) await openBoard(person);
    await openOutline(maya);
    for (const text of ["注意力机制", "어텐션", "softmax"]) {
      await outlineOf(maya).getByRole("textbox", { name: "Words to put on the board" }).fill(text);
      await outlineOf(maya).getByRole("button", { name: "Add" }).click();
      await shown(outlineOf(maya).getByRole("button", { name: `Delete ${text}`, exact: true }));
    }
    await openOutline(host);
    await nodesBecome(host, "注意力机制", "어텐션", "softmax");
    await host.page.evaluate(() => document.fonts.ready);
    await host.shots("board-cjk");
    for (const { requested, complaints } of [maya, host]) {
      expect(requested.filter((url) => /Xiaolai|missing/.test(url))).toEqual([]);
      expect(requested.some((url) => url.includes("/assets/board/fonts/Excalifont/"))).toBe(true);
      expect([...new Set(requested.map((url) => new URL(url).host))]).toEqual([new URL(site.url).host]);
      expect(complaints).toEqual([]);
    }
    expect(await boardOf(maya).getByRole("status").innerText()).toBe("");
  });
});
