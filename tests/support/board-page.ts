import type { Browser, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { becomes, openRoom, Person, type PersonOptions, type Site, shown, there } from "./browser.ts";
import { ownSheet } from "./looking.ts";

/** The board of an ask as people before browsers use it. */

/** Boards that are large enough for their outline beside them. */
export const LARGE = { viewport: { width: 1800, height: 1500 } };

export interface Drawing {
  readonly host: Person;
  readonly maya: Person;
  readonly secrets: Awaited<ReturnType<typeof openRoom>>["secrets"];
  readonly arrive: (name: string, options?: PersonOptions) => Promise<Person>;
}

/** A room that runs, with the first question asked. */
export async function drawing(site: Site, browser: Browser, options: PersonOptions = LARGE): Promise<Drawing> {
  const arrive = async (name: string, own: PersonOptions = options): Promise<Person> => {
    const person = await Person.arrive(browser, name, own);
    onTestFinished(() => person.leave());
    return person;
  };
  const { secrets } = await openRoom(site);
  const host = await arrive("Jonas Dahl");
  const maya = await arrive("Maya Lindqvist");
  await host.enterAsHost(site, secrets.host);
  await maya.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit", exact: true }).click();
  await host.page.getByRole("button", { name: "Start the interview" }).click();
  await shown(host.page.getByText("Nothing is asked yet"));
  await host.page.keyboard.press("a");
  await shown(ownSheet(maya.page));
  return { host, maya, secrets, arrive };
}

interface Paged {
  readonly page: Page;
}

export const boardOf = ({ page }: Paged): Locator => page.getByRole("region", { name: /board$/ });
export const canvasOf = (person: Paged): Locator => boardOf(person).locator("canvas.interactive");
export const outlineOf = ({ page }: Paged): Locator => page.getByRole("group", { name: "Outline of the board" });
const outlineButton = (person: Paged): Locator => boardOf(person).getByRole("button", { name: /^Outline/ });
export const saved = ({ page }: Paged): Promise<void> => shown(page.getByText("Everything you write is saved"));

export async function openBoard(person: Paged): Promise<void> {
  await person.page.getByRole("tab", { name: "Board" }).click();
  await shown(canvasOf(person));
  await becomes(boardOf(person), "aria-busy", "false");
}

export async function openOutline(person: Paged): Promise<void> {
  await outlineButton(person).click();
  await shown(outlineOf(person));
}

export async function placeOf(canvas: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const at = await canvas.boundingBox();
  if (!at) throw new Error("There is no canvas.");
  return at;
}

/** Excalidraw looks where the hand is once in a frame. */
export const frame = ({ page }: Paged): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));

/** Draws a box by mouse, with its corner so far from the canvas' own. */
export async function drawBox(person: Paged, across: number, down: number): Promise<void> {
  const at = await placeOf(canvasOf(person));
  const { mouse } = person.page;
  await beginBox(person, across, down);
  for (const step of [1, 2, 3]) {
    await mouse.move(at.x + across + 20 * step, at.y + down + 10 * step);
    await frame(person);
  }
  await mouse.up();
}

/** Holds the mouse down where a box begins. */
export async function beginBox(person: Paged, across: number, down: number): Promise<void> {
  const at = await placeOf(canvasOf(person));
  const { mouse, keyboard } = person.page;
  // Elsewhere, or it would be half of a double click.
  await mouse.click(at.x + at.width - 60, at.y + at.height - 120);
  await keyboard.press("r");
  // No hand is so fast that it draws before the tool is in it.
  await there(boardOf(person).locator('[data-testid="toolbar-rectangle"]:checked'));
  await mouse.move(at.x + across, at.y + down);
  await mouse.down();
}

const nodes = (person: Paged): Promise<string[]> =>
  outlineOf(person).getByRole("list", { name: "On the board" }).locator(":scope > li").allInnerTexts();

/** Waits until the outline lists these, in whatever order. */
export const nodesBecome = (person: Paged, ...words: readonly string[]): Promise<void> =>
  expect.poll(async () => (await nodes(person)).map((text) => text.split("\n")[0]).sort()).toEqual([...words].sort());

/** Waits until so many shapes and texts are on the board, whether its outline is open or not. */
export const countBecomes = (person: Paged, count: number): Promise<void> =>
  expect.poll(() => outlineButton(person).innerText()).toMatch(new RegExp(`^Outline\\s+${count}\\s`));
