import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import { ySyncAnnotation } from "y-codemirror.next";
import { onOthers, othersIn } from "./people.ts";
import { onText, type Workspace } from "./workspace.ts";

export const setFollowing = StateEffect.define<boolean>();

/** Whether the view goes where the one who is followed writes. */
export const following = StateField.define<boolean>({
  create: () => true,
  update: (isOn, transaction) => {
    const set = transaction.effects.findLast((effect) => effect.is(setFollowing));
    if (set) return set.value;
    return isOn && !(transaction.docChanged && transaction.annotation(ySyncAnnotation) === undefined);
  },
});

/** How much stays in sight around the line that is written, in CSS pixels. */
const MARGIN = 48;

const SCROLLING = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/**
 * Keeps the cursor of somebody in sight, as long as the reader neither scrolls nor writes: it goes by what their hand does, as scrolling
 * itself does not say who did it.
 */
export function follow(workspace: Workspace, seatId: string): Extension {
  return [
    following,
    ViewPlugin.define((view) => {
      const goThere = () => {
        const place = othersIn(workspace).find((other) => other.seatId === seatId && other.place)?.place;
        if (!place || !view.state.field(following)) return;
        const at = Math.min(place.head, view.state.doc.length);
        view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: MARGIN }) });
      };
      let isThere = true;
      // In the middle of an update none may begin.
      const goSoon = () => queueMicrotask(() => isThere && goThere());
      const offs = [onOthers(workspace, goSoon), onText(workspace, goSoon), stopping(view)];
      goSoon();
      return {
        update: ({ transactions }) => {
          if (transactions.some(({ effects }) => effects.some((e) => e.is(setFollowing) && e.value))) goSoon();
        },
        destroy: () => {
          isThere = false;
          for (const off of offs) off();
        },
      };
    }),
  ];
}

/** Stops following when the reader scrolls, by wheel, finger, key or scroll bar; gives what ends that. */
function stopping(view: EditorView): () => void {
  const { scrollDOM } = view;
  const stop = () => {
    if (view.state.field(following)) view.dispatch({ effects: setFollowing.of(false) });
  };
  const pressed = ({ target }: Event) => {
    // The scroll bar lies in no part of the text.
    if (target === scrollDOM) stop();
  };
  const typed = ({ key }: KeyboardEvent) => {
    if (SCROLLING.has(key)) stop();
  };
  const listening = new AbortController();
  const { signal } = listening;
  scrollDOM.addEventListener("wheel", stop, { signal, passive: true });
  scrollDOM.addEventListener("touchmove", stop, { signal, passive: true });
  scrollDOM.addEventListener("pointerdown", pressed, { signal });
  scrollDOM.addEventListener("keydown", typed, { signal });
  return () => listening.abort();
}
