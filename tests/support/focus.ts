import type { Page } from "playwright-core";

/** Whether somebody who goes through a page by keyboard, in colours of their own, sees where they are. */

/** What kinds of controls took the focus, and which of all of them do so without a sign. */
export interface Focused {
  readonly kinds: readonly string[];
  readonly unseen: readonly string[];
}

/**
 * Puts the focus on everything that takes it, as the keyboard does, and looks for a line around it that was not there before: around itself,
 * its label, or what it is drawn in.
 */
export async function focused(page: Page): Promise<Focused> {
  await page.emulateMedia({ forcedColors: "active" });
  // From here on the browser takes the focus for one that came by keyboard.
  await page.keyboard.press("Shift");
  const found = await page.evaluate(() => {
    const still = document.createElement("style");
    still.textContent = "*, ::before, ::after { transition: none !important }";
    document.head.append(still);
    const kindOf = (element: HTMLElement): string => {
      const role = element.getAttribute("role");
      if (role !== null && role !== "group") return role;
      if (element instanceof HTMLInputElement)
        return ["radio", "checkbox"].includes(element.type) ? element.type : "field";
      const names: Readonly<Record<string, string>> = { A: "link", TEXTAREA: "field", HR: "separator" };
      const isPane = element.tabIndex === 0 && !element.matches("a, button, select, textarea, summary, hr");
      return isPane ? "pane" : (names[element.tagName] ?? element.tagName.toLowerCase());
    };
    /** Cut off by what scrolls around it, a line is seen where one of its sides at least is left. */
    const isInSight = (element: Element, reach: number): boolean => {
      const box = element.getBoundingClientRect();
      const sides = {
        top: box.top - reach,
        right: box.right + reach,
        bottom: box.bottom + reach,
        left: box.left - reach,
      };
      for (let at = element.parentElement; at && at !== document.documentElement; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at);
        if (overflowX === "visible" && overflowY === "visible") continue;
        const cut = at.getBoundingClientRect();
        const isCut = [sides.top < cut.top, sides.bottom > cut.bottom, sides.left < cut.left, sides.right > cut.right];
        if (isCut.filter(Boolean).length > 2) return false;
      }
      return true;
    };
    const ringOf = (element: Element): string =>
      ["", "::before", "::after"].map((pseudo) => lineOf(element, pseudo)).find((line) => line !== "") ?? "";
    const lineOf = (element: Element, pseudo: string): string => {
      const style = getComputedStyle(element, pseudo || null);
      if (pseudo !== "" && style.content === "none") return "";
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = style;
      const width = Number.parseFloat(outlineWidth);
      const isClear = /^rgba\(.*, 0\)$|^transparent$/.test(outlineColor);
      if (outlineStyle === "none" || width < 1 || isClear) return "";
      if (!isInSight(element, Math.max(0, width + Number.parseFloat(outlineOffset)))) return "";
      return [outlineStyle, outlineWidth, outlineColor].join();
    };
    const around = (element: HTMLElement): Element[] => {
      const label = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const parts: Element[] = [element, ...label];
      let at = element.parentElement;
      for (let up = 0; up < 2 && at && !at.matches("main, form, body, fieldset"); up += 1, at = at.parentElement)
        parts.push(at);
      return parts;
    };
    const kinds = new Set<string>();
    const unseen: string[] = [];
    const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const isStop = (element: HTMLElement) =>
      element.tabIndex >= 0 &&
      !element.matches(":disabled") &&
      element.checkVisibility() &&
      !element.closest("[inert], [aria-hidden=true]");
    for (const element of [...document.querySelectorAll<HTMLElement>(stops)].filter(isStop)) {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const parts = around(element);
      const before = parts.map(ringOf);
      element.focus();
      if (document.activeElement !== element) continue;
      const kind = kindOf(element);
      kinds.add(kind);
      if (!parts.some((part, index) => ringOf(part) !== "" && ringOf(part) !== before[index]))
        unseen.push(`${kind} without a line around it: ${element.outerHTML.slice(0, 160)}`);
    }
    still.remove();
    return { kinds: [...kinds], unseen };
  });
  await page.emulateMedia({ forcedColors: "none" });
  return found;
}
