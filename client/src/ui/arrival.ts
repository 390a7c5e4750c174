import { type RefObject, useEffect } from "react";
import { FIELD } from "../browser/field.ts";

/** The page that was opened first begins where the browser begins. */
let isFirst = true;

/**
 * Leads the focus to the heading of a page that took the place of another one. It is not taken from somebody who writes, from what the page
 * itself has chosen, nor out of a dialog.
 */
function arriveAt(heading: HTMLElement): void {
  if (isFirst) {
    isFirst = false;
    return;
  }
  const { activeElement } = document;
  const isFree = activeElement === null || activeElement === document.body || !isInUse(activeElement, heading);
  if (isFree) heading.focus({ preventScroll: true });
}

/** Whether what has the focus should keep it: a text that is written, a dialog, or a part of the new page. */
function isInUse(active: Element, heading: HTMLElement): boolean {
  if (active.matches(FIELD)) return true;
  return (
    active.closest("[role=dialog], [role=alertdialog]") !== null || heading.closest("main")?.contains(active) === true
  );
}

/** Arrives at the heading whenever `page` becomes another one, and when the heading comes; null while one is only passing through. */
export function useArrival(heading: RefObject<HTMLElement | null>, page: string | null): void {
  useEffect(() => {
    if (heading.current && page !== null) arriveAt(heading.current);
  }, [heading, page]);
}
