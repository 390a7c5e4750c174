import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Whether a page is sound for whoever reads it by ear, by keyboard, or in colours of their own. */

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

declare global {
  interface Window {
    readonly axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

/** Nothing that axe, a reader of headings and landmarks, a keyboard or forced colours would stumble over, on any of the pages. */
export async function areSound(...pages: Page[]): Promise<void> {
  const found: string[] = [];
  for (const page of pages) {
    // What is still being fetched is another page.
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await page.getByText("One moment…").first().waitFor({ state: "hidden" });
    const wrong = [
      ...(await violations(page)),
      ...(await misplaced(page)),
      ...(await outOfReach(page)),
      ...(await unseenChoices(page)),
      ...(await unseenWords(page)),
    ];
    found.push(...wrong.map((problem) => `${new URL(page.url()).pathname}: ${problem}`));
  }
  expect.soft([...new Set(found)]).toEqual([]);
}

/** What axe finds wrong in earnest, best practices among it, in the light and in the dark scheme. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.addScriptTag({ content: axe });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const results = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of results.violations) {
      if (impact === "minor") continue;
      for (const { html, target, any } of nodes) {
        found.push(
          `${colorScheme} ${impact} ${id}: ${target.join(" ")} ${html.slice(0, 160)} ${any[0]?.message ?? ""}`,
        );
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** One `h1`, no level left out, one `main`, and no two landmarks of one kind and name. */
function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const isShown = (element: Element) => element.checkVisibility() && element.closest("[aria-hidden=true]") === null;
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isShown);

    const headings = all("h1, h2, h3, h4, h5, h6");
    const first = headings.filter(({ tagName }) => tagName === "H1");
    if (first.length !== 1) problems.push(`has ${first.length} h1: ${first.map((h) => h.textContent).join(", ")}`);
    let before = 0;
    for (const heading of headings) {
      const level = Number(heading.tagName.slice(1));
      if (level > before + 1) problems.push(`h${level} "${heading.textContent}" follows a heading of level ${before}`);
      before = level;
    }

    const nameOf = (element: Element) => {
      const ids = element.getAttribute("aria-labelledby")?.split(" ") ?? [];
      const labels = ids.map((id) => document.getElementById(id)?.textContent ?? `${id} is missing`);
      return (element.getAttribute("aria-label") ?? labels.join(" ")).trim();
    };
    const inSection = (element: Element) => element.closest("main, article, aside, nav, section") !== null;
    const kinds: readonly (readonly [string, (element: Element) => boolean])[] = [
      ["main, [role=main]", () => true],
      ["nav, [role=navigation]", () => true],
      ["aside, [role=complementary]", () => true],
      ["search, [role=search]", () => true],
      ["section, [role=region]", (element) => nameOf(element) !== "" && element.getAttribute("role") !== "status"],
      ["header", (element) => !inSection(element)],
      ["footer", (element) => !inSection(element)],
    ];
    for (const [selector, isOne] of kinds) {
      const names = all(selector).filter(isOne).map(nameOf);
      const twice = names.filter((name, at) => names.indexOf(name) !== at);
      for (const name of new Set(twice)) problems.push(`has two landmarks ${selector} called "${name}"`);
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[aria-current=page]")) {
      const isOther = link.pathname !== location.pathname || (!link.closest("nav") && link.search !== location.search);
      if (isOther) problems.push(`calls ${link.pathname}${link.search} the page that is open`);
    }
    const LIVE = "[role=status], [role=alert], [role=log], [aria-live]";
    for (const inner of document.querySelectorAll(`:is(${LIVE}) :is(${LIVE})`))
      problems.push(`reads out twice what stands in ${inner.outerHTML.slice(0, 100)}`);
    if (all("main, [role=main]").length !== 1) problems.push(`has ${all("main, [role=main]").length} main`);
    return problems;
  });
}

/** What scrolls, and cannot be scrolled by keyboard in every browser: it neither takes the focus nor holds anything that does. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const takesFocus = (element: Element) =>
      element instanceof HTMLElement &&
      element.tabIndex >= 0 &&
      !element.matches(":disabled") &&
      element.checkVisibility();
    const problems: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
      const isLonger =
        (scrolls(overflowY) && element.scrollHeight > element.clientHeight + 1) ||
        (scrolls(overflowX) && element.scrollWidth > element.clientWidth + 1);
      if (!isLonger || element.matches("textarea, .visually-hidden") || !element.checkVisibility()) continue;
      // Only what is marked takes the focus everywhere: Chromium alone makes a stop of whatever scrolls.
      const isStop = element.hasAttribute("tabindex") && takesFocus(element);
      const name = `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent?.slice(0, 40)}`;
      if (
        !isStop &&
        ![...element.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].some(takesFocus)
      ) {
        problems.push(`cannot be scrolled by keyboard: ${name}`);
      }
      const called = element.getAttribute("aria-label") ?? element.getAttribute("aria-labelledby");
      if (isStop && (called === null || element.getAttribute("role") === null)) {
        if (!element.matches("section, nav, aside, main"))
          problems.push(`takes the focus and has no role and name: ${name}`);
      }
    }
    return problems;
  });
}

/** What is chosen, marked or on, and looks under forced colours as if it were not. */
async function unseenChoices(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const found = await page.evaluate(() => {
    const KEPT = [
      "backgroundColor",
      "borderTopColor",
      "borderTopWidth",
      "borderTopStyle",
      "borderBottomColor",
      "borderBottomWidth",
      "borderBottomStyle",
      "borderLeftWidth",
      "borderLeftStyle",
      "borderLeftColor",
      "outlineWidth",
      "outlineStyle",
      "outlineColor",
      "textDecorationLine",
      "fontWeight",
      "color",
    ] as const;
    const lookOf = (element: Element): string =>
      [element, ...element.querySelectorAll("*")]
        .flatMap((part) => ["", "::before", "::after"].map((pseudo) => ({ part, pseudo })))
        .map(({ part, pseudo }) => {
          const style = getComputedStyle(part, pseudo || null);
          if (pseudo !== "" && style.content === "none") return "";
          return [style.content, style.opacity, ...KEPT.map((name) => style[name])].join();
        })
        .join("|");
    const without = <Result>(act: () => void, back: () => void, see: () => Result): Result => {
      act();
      const result = see();
      back();
      return result;
    };
    const problems: string[] = [];
    const say = (element: Element, how: string) =>
      problems.push(`looks the same under forced colours, ${how} or not: ${element.outerHTML.slice(0, 160)}`);

    const STATES = [
      ["aria-checked", "true", "false"],
      ["aria-selected", "true", "false"],
      ["aria-pressed", "true", "false"],
      ["aria-current", "true", null],
      ["aria-current", "page", null],
      ["aria-current", "step", null],
      ["aria-expanded", "true", "false"],
      ["data-focused", "true", "false"],
      ["data-chosen", "true", "false"],
      ["data-present", "true", "false"],
    ] as const;
    // What moves from one colour to the next is not there yet.
    const still = document.createElement("style");
    still.textContent = "*, ::before, ::after { transition: none !important }";
    document.head.append(still);
    for (const [name, on, off] of STATES) {
      for (const element of document.querySelectorAll(`[${name}="${on}"]`)) {
        if (!element.checkVisibility() || element.closest("[aria-hidden=true]")) continue;
        const seen = lookOf(element);
        const unseen = without(
          () => (off === null ? element.removeAttribute(name) : element.setAttribute(name, off)),
          () => element.setAttribute(name, on),
          () => lookOf(element),
        );
        if (seen === unseen) say(element, `${name}=${on}`);
      }
    }
    for (const tab of document.querySelectorAll("[role=tab][aria-selected=false]")) {
      const { color, borderBottomColor, borderBottomWidth } = getComputedStyle(tab);
      if (borderBottomWidth !== "0px" && borderBottomColor === color)
        problems.push(`is underlined under forced colours as if it were chosen: ${tab.outerHTML.slice(0, 160)}`);
    }
    for (const code of document.querySelectorAll("pre")) {
      const { outlineStyle, borderTopStyle } = getComputedStyle(code);
      if (code.checkVisibility() && outlineStyle === "none" && borderTopStyle === "none")
        problems.push(`has no edge under forced colours: ${code.outerHTML.slice(0, 160)}`);
    }
    for (const input of document.querySelectorAll<HTMLInputElement>(
      "input:is([type=radio], [type=checkbox]):checked",
    )) {
      const { opacity, appearance } = getComputedStyle(input);
      const { width } = input.getBoundingClientRect();
      if (opacity === "1" && appearance !== "none" && width >= 10) continue;
      const label = input.closest("label") ?? input.labels?.[0] ?? input.parentElement;
      if (!label?.checkVisibility() || input.closest("[aria-hidden=true]") || input.getAttribute("aria-hidden"))
        continue;
      const seen = lookOf(label);
      const unseen = without(
        () => (input.checked = false),
        () => (input.checked = true),
        () => lookOf(label),
      );
      if (seen === unseen) say(label, "checked");
    }
    still.remove();
    return problems;
  });
  await page.emulateMedia({ forcedColors: "none" });
  return found;
}

/** What is written in the colour that forced colours lay beneath every word. */
async function unseenWords(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: "active" });
  const found = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "Canvas";
    const beneath = getComputedStyle(probe).color;
    probe.remove();
    const hasWords = (element: Element) =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
    return [...document.querySelectorAll<HTMLElement>("body *")].flatMap((element) => {
      if (!(element instanceof HTMLElement) || !hasWords(element)) return [];
      if (!element.checkVisibility() || element.closest(".visually-hidden")) return [];
      const { color, forcedColorAdjust } = getComputedStyle(element) as CSSStyleDeclaration & {
        readonly forcedColorAdjust: string;
      };
      const isUnseen = forcedColorAdjust !== "none" && color === beneath;
      return isUnseen ? [`is not seen under forced colours: ${element.outerHTML.slice(0, 160)}`] : [];
    });
  });
  await page.emulateMedia({ forcedColors: "none" });
  return found;
}
