import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, openSearchPanel, searchKeymap, searchPanelOpen } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import {
  crosshairCursor,
  Decoration,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  rectangularSelection,
  type ViewUpdate,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from "y-codemirror.next";
import { UndoManager } from "yjs";
import { isComposed } from "../../../browser/pressed.ts";
import { adoptStyles } from "./adopted.ts";
import { othersCursors } from "./cursors.ts";
import { type FindListeners, finding } from "./find.ts";
import { follow, following } from "./follow.ts";
import { limitedTo, type Refused } from "./limit.ts";
import { textOf, type Workspace } from "./workspace.ts";

interface EditorListeners extends FindListeners {
  /** Whoever sits here has written in the field, or composes in it. */
  readonly onWrite: (field: HTMLElement, isComposing: boolean) => void;
  /** Whoever sits here has pasted or dropped so many characters into the text. */
  readonly onPaste: (characters: number) => void;
  readonly onRefused: (refused: Refused | null) => void;
  /** Runs the text, and gives whether it is one that runs. */
  readonly onRun: () => boolean;
  /** Whether the next Tab leaves the text. */
  readonly onLeaving: (isLeaving: boolean) => void;
  readonly onFollowing: (isOn: boolean) => void;
}

interface Opening {
  readonly workspace: Workspace;
  readonly parent: HTMLElement;
  readonly most: number;
  readonly follows: string | null;
  readonly listeners: EditorListeners;
}

/** What can be changed while the editor is open. */
export interface Changeable {
  /** What it is called, and whether one may write in it. */
  readonly reading: Extension;
  readonly ways: Extension;
  readonly grammar: Extension;
  readonly keys: Extension;
}

export interface OpenEditor {
  readonly view: EditorView;
  change(name: keyof Changeable, extension: Extension): void;
  close(): void;
}

/** Keys that lead out of what an interview needs: to a line's number, and to leaving by Tab in another way than is said. */
const LEFT_OUT = new Set(["Mod-Alt-g", "Ctrl-m"]);

const KEYS = [...searchKeymap, ...yUndoManagerKeymap, ...defaultKeymap, indentWithTab].filter(
  ({ key = "" }) => !LEFT_OUT.has(key),
);

/** Opens an editor on a document, with nobody's history but that of who sits here. */
export function openEditor({ workspace, parent, most, follows, listeners }: Opening): OpenEditor {
  adoptStyles();
  const text = textOf(workspace);
  const parts = {
    reading: new Compartment(),
    ways: new Compartment(),
    grammar: new Compartment(),
    keys: new Compartment(),
  };
  const undoManager = new UndoManager(text, { trackedOrigins: new Set() });
  const view = new EditorView({
    parent,
    doc: text.toString(),
    extensions: [
      // Lines end in one way alone, as places in the document are counted by what is in it.
      EditorState.lineSeparator.of("\n"),
      EditorState.allowMultipleSelections.of(true),
      parts.keys.of([]),
      yCollab(text, null, { undoManager }),
      parts.reading.of([]),
      parts.ways.of([]),
      parts.grammar.of([]),
      highlightSpecialChars(),
      drawSelection(),
      dropCursor(),
      rectangularSelection(),
      crosshairCursor(),
      highlightActiveLine(),
      highlightSelectionMatches({ minSelectionLength: 2 }),
      syntaxHighlighting(classHighlighter),
      finding(listeners),
      limitedTo(most, listeners.onRefused),
      othersCursors(workspace),
      follows === null ? [] : follow(workspace, follows),
      leavingByTab(listeners.onLeaving),
      telling(listeners),
      // Behind what languages do with a key. What one writes saves itself, so there is nothing for a browser to save.
      keymap.of([{ key: "Mod-s", run: () => true }, ...KEYS]),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: listeners.onRun }])),
    ],
  });
  const wrote = () => listeners.onWrite(view.contentDOM, view.composing);
  undoManager.on("stack-item-popped", wrote);
  const remeasure = () => view.requestMeasure();
  // A face that comes late is of another width.
  document.fonts.addEventListener("loadingdone", remeasure);
  return {
    view,
    change: (name, extension) => view.dispatch({ effects: parts[name].reconfigure(extension) }),
    close: () => {
      document.fonts.removeEventListener("loadingdone", remeasure);
      view.destroy();
      undoManager.destroy();
    },
  };
}

/** Tells whoever shows the editor what happens in it. */
const telling = ({ onWrite, onPaste, onRefused, onFollowing }: EditorListeners): Extension => [
  EditorView.updateListener.of(({ transactions, view, state, startState }: ViewUpdate) => {
    const isOwn = transactions.some((one) => one.docChanged && one.annotation(ySyncAnnotation) === undefined);
    if (isOwn) {
      onRefused(null);
      onWrite(view.contentDOM, view.composing);
      const pasted = pastedIn(transactions);
      if (pasted > 0) onPaste(pasted);
    }
    const isFollowing = state.field(following, false);
    if (isFollowing !== undefined && isFollowing !== startState.field(following, false)) onFollowing(isFollowing);
  }),
  EditorView.domEventObservers({
    compositionstart: (_, view) => onWrite(view.contentDOM, true),
    compositionend: (_, view) => onWrite(view.contentDOM, false),
  }),
];

/** How many characters came from elsewhere; what is only moved within the text did not. */
function pastedIn(transactions: ViewUpdate["transactions"]): number {
  let characters = 0;
  for (const transaction of transactions) {
    if (!transaction.isUserEvent("input.paste") && !transaction.isUserEvent("input.drop")) continue;
    transaction.changes.iterChanges((_from, _to, _fromNow, _toNow, inserted) => {
      characters += inserted.length;
    });
  }
  return characters;
}

const HELD = new Set(["Shift", "Control", "Alt", "Meta", "Tab"]);

/**
 * Tab indents, and leaves after Escape, however long after: until another key or a click. An Escape that closes finding, gives up what is
 * composed or lets go of all cursors but one has done what it was pressed for.
 */
function leavingByTab(onLeaving: (isLeaving: boolean) => void): Extension {
  const setLeaving = (view: EditorView, isLeaving: boolean) => {
    view.setTabFocusMode(isLeaving);
    onLeaving(isLeaving);
  };
  const stay = (_: Event, view: EditorView) => setLeaving(view, false);
  return Prec.highest(
    EditorView.domEventObservers({
      keydown: (event, view) => {
        if (HELD.has(event.key)) return;
        const isFree = !isComposed(event) && !searchPanelOpen(view.state) && view.state.selection.ranges.length === 1;
        setLeaving(view, event.key === "Escape" && isFree);
      },
      pointerdown: stay,
      blur: stay,
    }),
  );
}

export const find = openSearchPanel;

export function goToLine(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

export interface Reading {
  readonly label: string;
  readonly describedBy: string;
  readonly isEditable: boolean;
  readonly placeholder: string;
  /** The ask whose sheet this is, by which the page knows it. */
  readonly sheet: string | null;
}

/** What the field is called, and whether one may write in it. */
export const readingOf = ({ label, describedBy, isEditable, placeholder, sheet }: Reading): Extension => [
  EditorState.readOnly.of(!isEditable),
  EditorView.editable.of(isEditable),
  EditorView.contentAttributes.of({
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-placeholder": placeholder,
    "aria-readonly": String(!isEditable),
    // Only what is marked is reached by keyboard in every browser.
    tabindex: "0",
    spellcheck: "false",
    autocorrect: "off",
    autocapitalize: "off",
    ...(sheet !== null && { "data-sheet": sheet }),
  }),
  // It stands beside the text and not in it, where it would be taken for words that somebody wrote.
  EditorView.decorations.compute(["doc"], ({ doc }) =>
    doc.length > 0 || placeholder === ""
      ? Decoration.none
      : Decoration.set(Decoration.line({ attributes: { "data-placeholder": placeholder } }).range(0)),
  ),
];
