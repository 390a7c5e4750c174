import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { yUndoManagerKeymap } from "y-codemirror.next";
import type { Keys } from "../../../browser/editor-choices.ts";
import { fetching } from "../../../browser/parts.ts";

const [undo, redo] = ["Mod-z", "Mod-Shift-z"].map((name) => yUndoManagerKeymap.find(({ key }) => key === name)?.run);

/** Neither map knows of an undo that takes back one's own words only, and each would find an empty history. */
const undoIn = (view: EditorView): boolean => undo?.(view) ?? false;
const redoIn = (view: EditorView): boolean => redo?.(view) ?? false;

const quietly = { hasStandIn: true };

const MAPS: Readonly<Record<Keys, () => Promise<Extension>>> = {
  usual: async () => [],
  vim: fetching(async () => {
    const { CodeMirror, vim } = await import("@replit/codemirror-vim");
    Object.assign(CodeMirror.commands, {
      undo: ({ cm6 }: { readonly cm6: EditorView }) => undoIn(cm6),
      redo: ({ cm6 }: { readonly cm6: EditorView }) => redoIn(cm6),
    });
    return vim({ status: true });
  }, quietly),
  emacs: fetching(async () => {
    const { EmacsHandler, emacs } = await import("@replit/codemirror-emacs");
    EmacsHandler.bindKey("C-/|C-x u|S-C--|C-z", undoIn);
    EmacsHandler.bindKey("S-C-/|S-C-x u|C--|S-C-z", redoIn);
    // It would undo what was put in, by the other history, and put in more.
    EmacsHandler.bindKey("M-y", "null");
    return emacs();
  }, quietly),
};

/** Fetches a map of keys other than the usual one. */
export const keysOf = (keys: Keys): Promise<Extension> => MAPS[keys]();
