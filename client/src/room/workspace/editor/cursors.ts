import { EditorSelection, type Extension, StateEffect } from "@codemirror/state";
import {
  type EditorView,
  type LayerMarker,
  layer,
  RectangleMarker,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { type Other, onOthers, othersIn, tellPlace } from "./people.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Where the others are. It is drawn in layers over and under the text and not in it, so that it breaks nothing that is being composed, is
 * not copied with the text, and is not read out in the middle of a line.
 */

/** For how long a name stands beside a cursor that has moved, in milliseconds. */
const NAMED_MS = 2_500;

const moved = StateEffect.define<null>();
/** Shows the name of whoever this is for a moment, where they are. */
export const showName = StateEffect.define<number>();

type NamePlace = "above" | "below" | "none";

function element(className: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  return made;
}

class CursorMarker implements LayerMarker {
  constructor(
    readonly other: Other,
    readonly box: RectangleMarker,
    readonly isNamed: boolean,
    readonly namePlace: NamePlace,
    readonly isAtEnd: boolean,
  ) {}

  eq(marker: CursorMarker): boolean {
    return (
      this.box.eq(marker.box) &&
      this.isNamed === marker.isNamed &&
      this.namePlace === marker.namePlace &&
      this.isAtEnd === marker.isAtEnd &&
      this.other.clientId === marker.other.clientId &&
      this.other.look === marker.other.look &&
      this.other.name === marker.other.name
    );
  }

  draw(): HTMLElement {
    const cursor = element("other-cursor");
    cursor.append(element("other-mark"), element("other-name"));
    this.#adjust(cursor);
    return cursor;
  }

  update(cursor: HTMLElement, before: CursorMarker): boolean {
    if (before.other.clientId !== this.other.clientId) return false;
    this.#adjust(cursor);
    return true;
  }

  #adjust(cursor: HTMLElement): void {
    const { left, top, height } = this.box;
    Object.assign(cursor.style, { left: `${left}px`, top: `${top}px`, height: `${height}px` });
    Object.assign(cursor.dataset, {
      look: String(this.other.look),
      named: String(this.isNamed),
      namePlace: this.namePlace,
      end: String(this.isAtEnd),
    });
    const name = cursor.querySelector(".other-name");
    if (name) name.textContent = this.other.name;
  }
}

/** Draws everybody else's cursor with its name, and what they have selected; tells them where one is oneself while one may write. */
export function othersCursors(workspace: Workspace): Extension {
  const named = new Map<number, ReturnType<typeof setTimeout>>();
  const name = (view: EditorView, clientId: number) => {
    clearTimeout(named.get(clientId));
    const timer = setTimeout(() => {
      named.delete(clientId);
      view.dispatch({ effects: moved.of(null) });
    }, NAMED_MS);
    named.set(clientId, timer);
  };
  const isDue = ({ docChanged, selectionSet, focusChanged, geometryChanged, transactions }: ViewUpdate) =>
    docChanged ||
    selectionSet ||
    focusChanged ||
    geometryChanged ||
    transactions.some(({ effects }) => effects.some((effect) => effect.is(moved) || effect.is(showName)));
  return [
    ViewPlugin.define((view) => telling(workspace, view, named, name)),
    layer({ above: false, class: "others-selections", update: isDue, markers: (view) => selections(view, workspace) }),
    layer({
      above: true,
      class: "others-cursors",
      update: isDue,
      markers: (view) => cursors(view, othersIn(workspace), (clientId) => named.has(clientId)),
    }),
  ];
}

function telling(
  workspace: Workspace,
  view: EditorView,
  named: Map<number, ReturnType<typeof setTimeout>>,
  name: (view: EditorView, clientId: number) => void,
) {
  const places = new Map<number, string>();
  const stop = onOthers(workspace, () => {
    for (const { clientId, place } of othersIn(workspace)) {
      const at = JSON.stringify(place);
      if (place !== null && places.get(clientId) !== at) name(view, clientId);
      places.set(clientId, at);
    }
    view.dispatch({ effects: moved.of(null) });
  });
  return {
    update: (update: ViewUpdate) => {
      for (const { effects } of update.transactions)
        for (const effect of effects) if (effect.is(showName)) name(view, effect.value);
      const tells =
        !update.state.readOnly &&
        update.view.hasFocus &&
        (update.docChanged || update.selectionSet || update.focusChanged);
      if (tells) tellPlace(workspace, update.state.selection.main);
      if (update.state.readOnly && !update.startState.readOnly) tellPlace(workspace, null);
    },
    destroy: () => {
      stop();
      tellPlace(workspace, null);
      for (const timer of named.values()) clearTimeout(timer);
      named.clear();
    },
  };
}

const within = (view: EditorView, at: number): number => Math.min(Math.max(at, 0), view.state.doc.length);

function selections(view: EditorView, workspace: Workspace): readonly LayerMarker[] {
  return othersIn(workspace).flatMap(({ look, place }) => {
    if (place === null || place.anchor === place.head) return [];
    const range = EditorSelection.range(within(view, place.anchor), within(view, place.head));
    return RectangleMarker.forRange(view, `other-selection look-${look}`, range);
  });
}

const boxAt = (view: EditorView, at: number): RectangleMarker | null =>
  RectangleMarker.forRange(view, "", EditorSelection.cursor(within(view, at)))[0] ?? null;

function cursors(view: EditorView, others: readonly Other[], isNamed: (clientId: number) => boolean): CursorMarker[] {
  const boxes = others.map(({ place }) => (place === null ? null : boxAt(view, place.head)));
  const own = view.hasFocus && !view.state.readOnly ? boxAt(view, view.state.selection.main.head) : null;
  const written = [own, ...boxes].flatMap((box) => (box === null ? [] : [box.top]));
  const [width, top] = [view.scrollDOM.clientWidth + view.scrollDOM.scrollLeft, view.scrollDOM.scrollTop];
  return others.flatMap((other, index) => {
    const box = boxes[index];
    if (!box) return [];
    const place = namePlace(box, written, view.defaultLineHeight, top);
    return [new CursorMarker(other, box, isNamed(other.clientId), place, box.left > width / 2)];
  });
}

/** A name stands over the line before or after its cursor's, whichever nobody is writing and is in sight. */
function namePlace(
  { top, height }: RectangleMarker,
  written: readonly number[],
  line: number,
  first: number,
): NamePlace {
  const isFree = (at: number) => !written.some((other) => Math.abs(other - at) < line / 2);
  if (top - line >= first && isFree(top - line)) return "above";
  return isFree(top + height) || isFree(top + line) ? "below" : "none";
}
