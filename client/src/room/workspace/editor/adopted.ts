import { EditorView } from "@codemirror/view";

let isDone = false;

/**
 * Makes CodeMirror put its styles into a sheet that the document adopts. The page's policy lets no style element in, and needs no hole for
 * this: where a root has no head, as a shadow root, CodeMirror makes a sheet and no element, and goes on with it from then on.
 */
export function adoptStyles(): void {
  if (isDone) return;
  isDone = true;
  Object.defineProperty(document, "head", { value: null, configurable: true });
  try {
    new EditorView().destroy();
  } finally {
    Reflect.deleteProperty(document, "head");
  }
}
