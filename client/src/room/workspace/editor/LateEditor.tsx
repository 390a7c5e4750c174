import { Suspense, useSyncExternalStore } from "react";
import { part } from "../../../ui/Part.tsx";
import { scrollStop } from "../../../ui/scroll-stop.ts";
import styles from "./LateEditor.module.css";
import type { EditorProps } from "./props.ts";
import { onText, textOf } from "./workspace.ts";

const FetchedEditor = part<EditorProps>(async () => (await import("./Editor.tsx")).Editor);

/** The editor on a page that is there before it has one: until it has come, the text can be read. */
export const LateEditor = (props: EditorProps) => (
  <Suspense fallback={<AsWritten {...props} />}>
    <FetchedEditor {...props} />
  </Suspense>
);

/** Fetches the editor, so that it is there when the first question comes. */
export const prefetchEditor = FetchedEditor.prefetch;

function AsWritten({ workspace, label }: EditorProps) {
  const text = useSyncExternalStore(
    (changed) => onText(workspace, changed),
    () => textOf(workspace).toString(),
  );
  return (
    <pre className={styles.written} {...scrollStop(label)} aria-busy>
      {text}
    </pre>
  );
}
