import type { Extension, Range } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const LINE = Decoration.line({ attributes: { dir: "auto" } });

function visibleLines({ state, visibleRanges }: EditorView): DecorationSet {
  const lines: Range<Decoration>[] = [];
  let last = -1;
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      if (line.from > last) lines.push(LINE.range(line.from));
      last = line.from;
      at = line.to + 1;
    }
  }
  return Decoration.set(lines);
}

/** Each line goes in the direction in which it is written, as Arabic or Hebrew beside English do. */
export const autoDirection: Extension = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      lines: DecorationSet;

      constructor(view: EditorView) {
        this.lines = visibleLines(view);
      }

      update({ docChanged, viewportChanged, view }: ViewUpdate) {
        if (docChanged || viewportChanged) this.lines = visibleLines(view);
      }
    },
    { decorations: ({ lines }) => lines },
  ),
];
