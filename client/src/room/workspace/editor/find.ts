import { getSearchQuery, SearchQuery, search, setSearchQuery } from "@codemirror/search";
import type { EditorState, Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

/** More are not counted. */
const COUNTED_MOST = 1_000;

export interface Found {
  readonly count: number;
  /** Which of them is selected, from 1; 0 where none is. */
  readonly current: number;
}

function foundIn(state: EditorState): Found {
  const query = getSearchQuery(state);
  const { from, to } = state.selection.main;
  let [count, current] = [0, 0];
  if (query.valid) {
    const cursor = query.getCursor(state);
    for (let next = cursor.next(); !next.done && count < COUNTED_MOST; next = cursor.next()) {
      count++;
      if (next.value.from === from && next.value.to === to) current = count;
    }
  }
  return { count, current };
}

export const foundWords = ({ count, current }: Found): string => {
  if (count === 0) return "Not found";
  const all = count === COUNTED_MOST ? `${COUNTED_MOST.toLocaleString("en")} or more` : String(count);
  return current === 0 ? `${all} found` : `${current} of ${all}`;
};

export interface FindListeners {
  /** The panel is open, and what is drawn in this element; or it is closed. */
  readonly onPanel: (panel: HTMLElement | null) => void;
  readonly onFound: (found: Found) => void;
}

/** Finding, with a panel that somebody else fills. */
export const finding = ({ onPanel, onFound }: FindListeners): Extension =>
  search({
    top: true,
    createPanel: ({ state }) => {
      const dom = document.createElement("div");
      onFound(foundIn(state));
      return {
        dom,
        top: true,
        mount: () => onPanel(dom),
        destroy: () => onPanel(null),
        update: ({ docChanged, selectionSet, transactions, state: now }) => {
          const isAsked = transactions.some(({ effects }) => effects.some((effect) => effect.is(setSearchQuery)));
          if (docChanged || selectionSet || isAsked) onFound(foundIn(now));
        },
      };
    },
  });

export interface Asked {
  readonly search: string;
  readonly replace: string;
  readonly caseSensitive: boolean;
}

export const askedIn = ({ state }: EditorView): Asked => {
  const { search: words, replace, caseSensitive } = getSearchQuery(state);
  return { search: words, replace, caseSensitive };
};

export function ask(view: EditorView, change: Partial<Asked>): void {
  // A backslash is found as it is written.
  const query = new SearchQuery({ ...askedIn(view), ...change, literal: true });
  view.dispatch({ effects: setSearchQuery.of(query) });
}
