import { EditorView } from "@codemirror/view";
import { useRef, useSyncExternalStore } from "react";
import { showName } from "./cursors.ts";
import { type Other, onOthers, othersIn } from "./people.ts";
import styles from "./StatusLine.module.css";
import type { Workspace } from "./workspace.ts";

/** Who else is in the text, each with their mark; a press leads to where they are and says their name there. */
export function Others({ workspace, view }: { workspace: Workspace; view: EditorView }) {
  const others = useOthers(workspace);
  if (others.length === 0) return null;
  const show = ({ clientId, place }: Other) => {
    const effects = [showName.of(clientId)];
    if (place === null) return view.dispatch({ effects });
    const at = Math.min(place.head, view.state.doc.length);
    view.dispatch({ effects: [...effects, EditorView.scrollIntoView(at, { y: "center" })] });
  };
  return (
    <ul className={styles.others} aria-label="Also here">
      {others.map((other) => (
        <li key={other.clientId}>
          <button
            type="button"
            data-look={other.look}
            title={other.name}
            onFocus={() => view.dispatch({ effects: showName.of(other.clientId) })}
            onClick={() => show(other)}
          >
            <i className={styles.mark} aria-hidden />
            <span className={styles.words}>{other.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function useOthers(workspace: Workspace): readonly Other[] {
  const kept = useRef<readonly Other[]>([]);
  return useSyncExternalStore(
    (changed) => onOthers(workspace, changed),
    () => {
      const others = othersIn(workspace);
      if (JSON.stringify(others) !== JSON.stringify(kept.current)) kept.current = others;
      return kept.current;
    },
  );
}
