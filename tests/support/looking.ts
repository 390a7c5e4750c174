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
