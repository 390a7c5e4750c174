import { type RefObject, useLayoutEffect, useRef } from "react";

/** Whether what has just gone had the focus, for what comes in its place in the same change of the page. */
let isPassed = false;

/** Takes the focus over from what this comes in the place of, and passes it on to what comes in its own: nobody's focus is lost with a button. */
export function usePassedFocus<T extends HTMLElement>(): RefObject<T | null> {
  const place = useRef<T>(null);
  useLayoutEffect(() => {
    const here = place.current;
    if (isPassed) here?.focus({ preventScroll: true });
    isPassed = false;
    return () => {
      if (!here?.contains(document.activeElement)) return;
      isPassed = true;
      queueMicrotask(() => {
        isPassed = false;
      });
    };
  }, []);
  return place;
}
