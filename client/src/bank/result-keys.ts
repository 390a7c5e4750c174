import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { isComposed } from "../browser/pressed.ts";
import type { BankSearch } from "./queries.ts";

interface ResultKeys {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly list: RefObject<HTMLUListElement | null>;
  /** Loads the next results, where there are more. */
  readonly more: (() => void) | null;
}

/** What can be walked through with the arrows: the controls with `data-result`, in their order. */
export const resultsOf = (list: HTMLUListElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>("[data-result]") ?? []),
];

/**
 * The arrows lead from the search to the results, through them, on to more of them, and back. Says whether the key was one of these.
 */
export function resultKeys({ field, list, more }: ResultKeys): (event: KeyboardEvent) => boolean {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isComposed(event.nativeEvent)) return false;
    const results = resultsOf(list.current);
    if (event.target === field.current) return event.key === "ArrowDown" && moved(event, reached(results));
    const at = results.indexOf(event.target as HTMLElement);
    const next = at < 0 ? null : stepped(event.key, at, results.length);
    if (next === null) return false;
    if (next === results.length) more?.();
    return moved(event, next < 0 ? field.current : results[Math.min(next, results.length - 1)]);
  };
}

/** Loads the next results, where there are more, and puts the focus on the first of them once it stands there. */
export function useMore({ found, more }: BankSearch, list: RefObject<HTMLUListElement | null>): (() => void) | null {
  const count = found?.results.length ?? 0;
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    if (awaited.current === null || awaited.current === count) return;
    resultsOf(list.current)[awaited.current]?.focus();
    awaited.current = null;
  }, [count, list]);
  if (!more) return null;
  return () => {
    awaited.current = count;
    more();
  };
}

function moved(event: KeyboardEvent, to: HTMLElement | null | undefined): boolean {
  event.preventDefault();
  to?.focus();
  return true;
}

/** The result that the Tab key reaches. */
const reached = (results: readonly HTMLElement[]): HTMLElement | undefined =>
  results.find(({ tabIndex }) => tabIndex === 0) ?? results[0];

/** Where a key leads from a result: -1 is before the first, `length` behind the last, null nowhere. */
function stepped(key: string, at: number, length: number): number | null {
  switch (key) {
    case "ArrowDown":
      return at + 1;
    case "ArrowUp":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return null;
  }
}
