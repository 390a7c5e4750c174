import { afterAll, describe, expect, it } from "vitest";
import {
  boardOf,
  canvasOf,
  countBecomes,
  drawBox,
  drawing,
  nodesBecome,
  openBoard,
  openOutline,
  placeOf,
} from "../../support/board-page.ts";
import { arrow, box, words } from "../../support/boards.ts";
import { gone, launchBrowser, type Person, shown, startSite } from "../../support/browser.ts";

/** What is pasted onto a board, or dropped: what can be is taken, and of all else it is said why it is not. */

const site = await startSite();
const browser = await launchBrowser();
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function interview() {
  const { host, maya } = await drawing(site, browser);
  for (const person of [host, maya]) await openBoard(person);
  await openOutline(maya);
  return { host, maya };
}

interface Brought {
  readonly texts?: Readonly<Record<string, string>>;
  readonly picture?: boolean;
}

/** Pastes as a browser does, where the mouse is over the canvas. */
async function paste(person: Person, brought: Brought): Promise<void> {
  const { x, y, width, height } = await placeOf(canvasOf(person));
  await person.page.mouse.click(x + width / 2, y + height / 2);
  await bring(person, "paste", brought);
}

const bring = (person: Person, how: "paste" | "drop", brought: Brought): Promise<void> =>
  canvasOf(person).evaluate(
    (canvas, { how, texts, picture }) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(texts)) data.setData(type, text);
      if (picture) data.items.add(new File([new Uint8Array(40)], "bomb.png", { type: "image/png" }));
      const init = { bubbles: true, cancelable: true };
      const target = how === "paste" ? canvas.closest(".excalidraw") : canvas;
      target?.dispatchEvent(
        how === "paste"
          ? new ClipboardEvent(how, { ...init, clipboardData: data })
          : new DragEvent(how, { ...init, dataTransfer: data }),
      );
    },
    { how, texts: brought.texts ?? {}, picture: brought.picture === true },
  );

const scene = (...elements: readonly object[]): Brought => ({
  texts: { "text/plain": JSON.stringify({ type: "excalidraw/clipboard", elements }) },
});
const said = (person: Person, words: string) => boardOf(person).getByRole("status").getByText(words);
const isOfHere = (person: Person) =>
  expect([...new Set(person.requested.map((url) => new URL(url).host))]).toEqual([new URL(site.url).host]);

describe("a picture", () => {
  const refused = "The board takes no pictures, as a small file may be unpacked to gigabytes";

  it("is refused by a sentence, whether it is dropped, pasted or asked for by its key; what is drawn next is taken", async () => {
    const { host, maya } = await interview();
    for (const how of ["drop", "paste"] as const) {
      await drawBox(maya, 200, how === "drop" ? 200 : 300);
      await bring(maya, how, { picture: true });
      await shown(said(maya, refused));
      await maya.shots(`board-no-picture-${how}`);
    }
    await drawBox(maya, 200, 400);
    await gone(said(maya, refused));
    await maya.page.keyboard.press("9");
    expect(await boardOf(maya).locator(".excalidraw [role=dialog]").count()).toBe(0);
    await countBecomes(host, 3);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("is left out of what comes with text, which is taken; and nothing is fetched for it", async () => {
    const { host, maya } = await interview();
    const left = "What was text is on the board. The picture with it was left out";
    await paste(maya, { texts: { "text/plain": "Cells of a sheet" }, picture: true });
    await shown(said(maya, left));
    await nodesBecome(maya, "Cells of a sheet");
    const html = '<p>From a page</p><img src="https://elsewhere.example/cat.png">';
    await paste(maya, { texts: { "text/html": html, "text/plain": "From a page" } });
    await shown(said(maya, left));
    await nodesBecome(maya, "Cells of a sheet", "From a page");
    await countBecomes(host, 2);
    await paste(maya, { texts: { "text/html": '<img src="https://elsewhere.example/cat.png">' } });
    await shown(said(maya, refused));
    for (const person of [maya, host]) isOfHere(person);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("is no way around: what is dragged from another page is not taken either", async () => {
    const { maya } = await interview();
    const url = "https://elsewhere.example/video";
    await bring(maya, "drop", { texts: { "text/plain": url, "text/uri-list": url } });
    await shown(said(maya, "What is dragged here is not taken."));
    await bring(maya, "drop", { texts: { "text/html": '<img src="https://elsewhere.example/cat.png">' } });
    await shown(said(maya, refused));
    await countBecomes(maya, 0);
    isOfHere(maya);
  });
});

describe("what was copied on another board", () => {
  it("is taken as far as a board takes it, and it is said that the rest was left out", async () => {
    const { host, maya } = await interview();
    const picture = { ...box("p"), type: "image", fileId: "f", status: "saved", scale: [1, 1], crop: null };
    const embedded = { ...box("e"), type: "embeddable", link: "https://elsewhere.example" };
    await paste(maya, scene(box("a"), words("t", "Cache", { x: 400 }), arrow("to", null, null), picture, embedded));
    await shown(said(maya, "Some of it is on the board."));
    await nodesBecome(maya, "a box without words", "Cache", "arrow that joins nothing");
    await countBecomes(host, 2);
    await maya.shots("board-partly");
    await paste(maya, scene(picture, embedded));
    await shown(said(maya, "Pictures, embedded pages and anything else are not taken"));
    await countBecomes(host, 2);
    isOfHere(maya);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("is refused whole where the board cannot hold it, and what stands there stays", async () => {
    const { host, maya } = await interview();
    await drawBox(maya, 200, 200);
    await countBecomes(host, 1);
    await paste(maya, scene(...Array.from({ length: 900 }, (_, index) => box(`b${index}`, { x: index }))));
    await shown(said(maya, "What you pasted is more than the board can hold"));
    await countBecomes(maya, 1);
    await drawBox(maya, 200, 400);
    await countBecomes(host, 2);
    await paste(maya, { texts: { "text/plain": "word ".repeat(1_000_000) } });
    await shown(said(maya, "What you pasted is more than the board can hold"));
    await countBecomes(host, 2);
    expect([...maya.faults, ...host.faults]).toEqual([]);
  });

  it("of a table of figures the text is taken, and no dialog opens", async () => {
    const { host, maya } = await interview();
    await paste(maya, { texts: { "text/plain": "batch\t64\nwidth\t128\ndepth\t12" } });
    await countBecomes(host, 3);
    expect(await maya.page.getByRole("dialog").count()).toBe(0);
    expect(maya.faults).toEqual([]);
  });
});
