import { type RefObject, useLayoutEffect, useRef } from "react";

/** What lies at the window's lower edge now, each with its height in CSS pixels. */
const heights = new Map<Element, number>();

function keepFree(): void {
  const most = Math.max(0, ...heights.values());
  document.documentElement.style.setProperty("--beneath", `${most}px`);
}

/**
 * For what is fixed at the window's lower edge: every page keeps free what it takes there while it says something, so that nothing that
 * can be clicked or read is under it. `isThere` is false where it stands at another edge just now.
 */
export function useBeneath<Place extends HTMLElement>(isThere = true): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element || !isThere) return;
    const measure = () => {
      const says = element.textContent !== "";
      const { top } = element.getBoundingClientRect();
      heights.set(element, says ? Math.ceil(document.documentElement.clientHeight - top) + 8 : 0);
      keepFree();
    };
    const watching = new ResizeObserver(measure);
    watching.observe(element);
    measure();
    return () => {
      watching.disconnect();
      heights.delete(element);
      keepFree();
    };
  }, [isThere]);
  return place;
}
