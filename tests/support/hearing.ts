import type { BrowserContext, Page } from "playwright-core";

/** What a screen reader is given to read of itself, from whatever live region of a page. */

declare global {
  interface Window {
    /** What was read, as often as it was. */
    heard: string[];
    /** The clocks that stood on the page when it was. */
    heardAt: string[];
  }
}

/**
 * Writes down from now on what every live region says: all of one that is read as a whole, else what came into it. A region that comes with
 * words in it counts, as some readers read it. What is said inside of a region that is itself inside of another is written down for both.
 */
export async function listenTo(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.heard = [];
    window.heardAt = [];
    const REGIONS = "[aria-live], [role=status], [role=alert], [role=log]";
    const isQuiet = (region: Element) => region.getAttribute("aria-live") === "off";
    const isWhole = (region: Element) => {
      const given = region.getAttribute("aria-atomic");
      return given === null ? region.matches("[role=status], [role=alert]") : given === "true";
    };
    const textOf = (node: Node) => (node instanceof HTMLElement ? node.innerText : (node.textContent ?? "")).trim();
    const around = (node: Node): Element[] => {
      const regions: Element[] = [];
      let element = node instanceof Element ? node : node.parentElement;
      for (; element; element = element.parentElement) if (element.matches(REGIONS)) regions.push(element);
      return regions;
    };
    const within = (node: Node): Element[] => (node instanceof Element ? [...node.querySelectorAll(REGIONS)] : []);
    const saidBy = (records: MutationRecord[]): Map<Element, Set<string>> => {
      const said = new Map<Element, Set<string>>();
      for (const { type, target, addedNodes } of records) {
        for (const node of type === "characterData" ? [target] : addedNodes) {
          for (const region of [...around(node), ...within(node)]) {
            const text = isWhole(region) || !region.contains(node) ? textOf(region) : textOf(node);
            said.set(region, (said.get(region) ?? new Set()).add(text));
          }
        }
      }
      return said;
    };
    new MutationObserver((records) => {
      for (const [region, texts] of saidBy(records)) {
        if (isQuiet(region) || !region.isConnected) continue;
        const words = [...texts].join(" ").replaceAll(/\s+/g, " ").trim();
        if (words === "") continue;
        window.heard.push(words);
        window.heardAt.push([...document.querySelectorAll("[role=timer]")].map(textOf).join(" "));
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

/** Waits until something like this was read, and gives all that was read since it was asked last. */
export async function heardUpTo(page: Page, words: RegExp): Promise<string[]> {
  await page.waitForFunction((part) => window.heard.some((text) => new RegExp(part).test(text)), words.source);
  return page.evaluate(() => {
    window.heardAt = [];
    return window.heard.splice(0);
  });
}

/** Waits until something with these words was read, and gives what the page's clocks showed then. */
export async function clockWhenHeard(page: Page, words: string): Promise<string> {
  await page.waitForFunction((part) => window.heard.some((text) => text.includes(part)), words);
  return page.evaluate((part) => {
    const at = window.heard.findIndex((text) => text.includes(part));
    return (window.heardAt[at] ?? "").replaceAll(/\s+/g, " ");
  }, words);
}

/** What was read more than once of it: sentences, and parts of them that could stand alone. */
export function saidTwice(heard: readonly string[]): string[] {
  const parts = heard
    .flatMap((text) => text.split(/[.!?:…;,]+(?:\s+|$)/u))
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "");
  return [...new Set(parts.filter((part, at) => parts.indexOf(part) !== at))];
}
