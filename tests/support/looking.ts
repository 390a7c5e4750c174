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
    const isSeen = (x: number, y: number) => {
      const found = document.elementFromPoint(x, y);
      return found !== null && (element.contains(found) || (least !== undefined && found.contains(element)));
    };
    const [inset, middle] = [3, (left + right) / 2];
    for (const y of [top + inset, (top + end) / 2, end - inset]) {
      if (!isSeen(middle, y)) problems.push(`${name} is covered at ${Math.round(middle)}, ${Math.round(y)}`);
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
    ...(await hidden(ownSheet(page), { atLeast: 72 })),
  ];
  const { wide, high } = await beyondWindow(page);
  if (wide > 0) found.push(`the page is ${wide} too wide`);
  if (high > 0) found.push(`the page is ${high} too high`);
  return found;
}
