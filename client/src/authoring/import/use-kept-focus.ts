import { type FocusEvent, type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { firstOf, type Place } from "./sides.ts";

export interface KeptFocus {
  readonly area: RefObject<HTMLElement | null>;
  /** The key of the piece that has the focus, or had it last. */
  readonly at: string | null;
  /** The piece of this page at which the Tab key stops. */
  readonly stop: string | null;
  /** Leads to a piece, on whatever page and side it stands, and on whichever it will stand. */
  readonly goTo: (key: string) => void;
  readonly follow: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
    readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  };
}

/** One stop of the Tab key for all pieces, which follows the focus; and the focus, which follows a piece to the other side or to another page. */
export function useKeptFocus(
  places: ReadonlyMap<string, Place>,
  page: number,
  setPage: (page: number) => void,
): KeptFocus {
  const area = useRef<HTMLElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);

  useLayoutEffect(() => {
    const place = wanted === null ? undefined : places.get(wanted);
    if (wanted === null || !place) return;
    if (place.page !== page) {
      setPage(place.page);
      return;
    }
    const piece = area.current?.querySelector(`[data-piece="${CSS.escape(wanted)}"]`);
    if (piece?.contains(document.activeElement)) return;
    piece?.querySelector<HTMLElement>("[data-stop]")?.focus();
  });

  return {
    area,
    at,
    stop: at !== null && places.get(at)?.page === page ? at : firstOf(places, page),
    goTo: (key) => {
      setAt(key);
      setWanted(key);
    },
    follow: {
      onFocus: ({ target }) => {
        const key = keyAt(target);
        setWanted(key);
        if (key !== null) setAt(key);
      },
      // What is taken off the page loses the focus to nothing, and gets it back where it stands then.
      onBlur: ({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !area.current?.contains(relatedTarget)) setWanted(null);
      },
      // A click on the text of a piece is meant for the piece, unless it selects words or is one on a control.
      onClick: ({ target }) => {
        const key = target instanceof Element && !target.closest("a, button, label") ? keyAt(target) : null;
        if (key === null || getSelection()?.isCollapsed === false) return;
        setAt(key);
        setWanted(key);
      },
    },
  };
}

const keyAt = (element: Element): string | null => element.closest<HTMLElement>("[data-piece]")?.dataset.piece ?? null;
