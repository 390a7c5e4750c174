import type { Locator, Page } from "playwright-core";

/** Whether what stands on a page can be seen there: all of it in the window, and nothing over it. */

interface Looked {
  /** How much of its height must be seen, in CSS pixels; all of it where nothing is said. */
  readonly atLeast?: number;
}

/** What keeps an element from being seen, in words; empty where nothing does. */
export async function hidden(locator: Locator, { atLeast }: Looked = {}): Promise<string[]> {
  return locator.first().evaluate((element, least) => {
    const { left, top, right, height, width } = element.getBoundingClientRect();
    const name = `${element.textContent?.trim().slice(0, 40)} at ${[left, top, width, height].map(Math.round).join(" ")}`;
    const problems: string[] = [];
    const needed = least ?? height;
    if (height < Math.max(1, needed) - 1) problems.push(`${name} is only ${Math.round(height)} high`);
    const end = top + Math.min(height, needed);
    if (left < -0.5 || right > innerWidth + 0.5) problems.push(`${name} is beside the window`);
    if (top < -0.5 || end > innerHeight + 0.5) problems.push(`${name} is above or beneath the window`);
    const coverAt = (x: number, y: number): string | null => {
      const found = document.elementFromPoint(x, y);
      if (found === null) return "nothing";
      if (element.contains(found) || (least !== undefined && found.contains(element))) return null;
      return `<${found.tagName.toLowerCase()}> ${found.textContent?.trim().slice(0, 40)}`;
    };
    const [inset, middle] = [3, (left + right) / 2];
    for (const y of [top + inset, (top + end) / 2, end - inset]) {
      const cover = coverAt(middle, y);
      if (cover !== null) problems.push(`${name} is covered at ${Math.round(middle)}, ${Math.round(y)} by ${cover}`);
    }
    return problems;
  }, atLeast);
}

/** By how much the page is wider, and higher, than its window, in CSS pixels. */
export const beyondWindow = (page: Page): Promise<{ wide: number; high: number }> =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
    return { wide: scrollWidth - clientWidth, high: scrollHeight - clientHeight };
  });

/** How narrow a field may be in which something is written or chosen, in CSS pixels. */
const LEAST_FIELD = 96;

/** Which controls lie over each other, run past the window, or are too narrow to be used. */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const isHere = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest(".visually-hidden, [aria-hidden=true]") === null;
    const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(isHere);
    /** Where a control is drawn; of a link what is written in it, as one around a whole card has buttons on its edge. */
    const boxFor = (control: Element): DOMRect => {
      const box = control.getBoundingClientRect();
      if (!control.matches("a")) return box;
      const { paddingTop, paddingRight, paddingBottom, paddingLeft } = getComputedStyle(control);
      const [top, right, bottom, left] = [paddingTop, paddingRight, paddingBottom, paddingLeft].map(Number.parseFloat);
      const [width, height] = [box.width - (left ?? 0) - (right ?? 0), box.height - (top ?? 0) - (bottom ?? 0)];
      return new DOMRect(box.left + (left ?? 0), box.top + (top ?? 0), width, height);
    };
    const boxOf = new Map(controls.map((control) => [control, boxFor(control)]));
    const nameOf = (element: Element) =>
      `<${element.tagName.toLowerCase()}> ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40) ?? ""}`;
    const problems: string[] = [];
    const isScrolled = (element: Element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (at.scrollWidth > at.clientWidth && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    controls.forEach((one, index) => {
      const box = boxOf.get(one);
      if (!box) return;
      const isField = one.matches(
        "select, textarea, input:not([type=radio], [type=checkbox], [type=range], [type=number], [inputmode=numeric])",
      );
      if (isField && box.width < least) problems.push(`${nameOf(one)} is only ${Math.round(box.width)} wide`);
      if ((box.right > innerWidth + 0.5 || box.left < -0.5) && !isScrolled(one))
        problems.push(`${nameOf(one)} is beside the window`);
      for (const other of controls.slice(index + 1)) {
        const second = boxOf.get(other);
        if (!second || one.contains(other) || other.contains(one)) continue;
        const wide = Math.min(box.right, second.right) - Math.max(box.left, second.left);
        const high = Math.min(box.bottom, second.bottom) - Math.max(box.top, second.top);
        const isOver = (element: Element) =>
          getComputedStyle(element.closest("header, [class*=bar]") ?? element).position;
        if (wide > 1 && high > 1 && isOver(one) !== "sticky" && isOver(other) !== "sticky")
          problems.push(`${nameOf(one)} lies over ${nameOf(other)}`);
      }
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth - clientWidth} too wide`);
    return problems;
  }, LEAST_FIELD);

// The room

export type Size = readonly [width: number, height: number];

/** Windows of the panel: at their own size, at 125 % and at 200 %, where that leaves 720 or more. */
export const PANEL_SIZES: readonly Size[] = [
  [720, 450],
  [768, 1024],
  [853, 480],
  [853, 1280],
  [960, 540],
  [1024, 576],
  [1024, 768],
  [1080, 720],
  [1093, 614],
  [1280, 720],
  [1366, 768],
  [1536, 864],
  [1920, 1080],
];
/** And for the candidate those of telephones. */
export const CANDIDATE_SIZES: readonly Size[] = [
  [320, 568],
  [320, 640],
  [390, 844],
  [512, 384],
  [640, 360],
  [683, 384],
  ...PANEL_SIZES,
];

export const sheetOf = (page: Page): Locator => page.getByTestId("answer");
export const marked = (page: Page): Locator => page.locator("aside section[data-focused=true]");
export const anchors = (page: Page): Locator => marked(page).locator("[data-level]");
export const ownSheet = (page: Page): Locator => page.getByLabel(/^Your answer sheet/);

/** What of a sheet is in sight, however long it is. */
export const windowOf = (sheet: Locator): Locator =>
  sheet.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' cm-scroller ')]");

/** What stands on a sheet that is short enough to be on the page as a whole. */
export const wordsOn = (sheet: Locator): Promise<string> =>
  sheet.evaluate((field) => [...field.querySelectorAll(".cm-line")].map(({ textContent }) => textContent).join("\n"));

/** What the panel has to see at once and does not. */
export async function missingOnPanel(page: Page): Promise<string[]> {
  const found = [
    ...(await hidden(page.getByTestId("prompt"), { atLeast: 40 })),
    ...(await hidden(page.locator("[data-ask]"), { atLeast: 75 })),
    ...(await hidden(sheetOf(page), { atLeast: 75 })),
  ];
  const count = await anchors(page).count();
  if (count !== 4) found.push(`there are ${count} anchors`);
  for (const anchor of await anchors(page).all()) found.push(...(await hidden(anchor)));
  const { wide, high } = await beyondWindow(page);
  if (wide > 0) found.push(`the page is ${wide} too wide`);
  if (high > 0) found.push(`the page is ${high} too high`);
  return found;
}

/** The pane in which a candidate's question stands. */
export const questionPane = (page: Page): Locator =>
  page.locator("main > div", { has: page.getByRole("region", { name: /^Question \d+$/ }) });

export async function missingOnCandidate(page: Page): Promise<string[]> {
  const found = [
    ...(await hidden(questionPane(page), { atLeast: 85 })),
    ...(await hidden(windowOf(ownSheet(page)), { atLeast: 72 })),
  ];
  const { wide, high } = await beyondWindow(page);
  if (wide > 0) found.push(`the page is ${wide} too wide`);
  if (high > 0) found.push(`the page is ${high} too high`);
  return found;
}
