import { useDeferredValue, useSyncExternalStore } from "react";
import { LateMarkdown } from "../../../ui/LateMarkdown.tsx";
import { scrollStop } from "../../../ui/scroll-stop.ts";
import styles from "./Editor.module.css";
import { onText, textOf, type Workspace } from "./workspace.ts";

/** A text in Markdown as it is read, which may come a moment behind the hand that writes it. */
export function Preview({ workspace, label }: { workspace: Workspace; label: string }) {
  const text = useSyncExternalStore(
    (changed) => onText(workspace, changed),
    () => textOf(workspace).toString(),
  );
  const shown = useDeferredValue(text);
  return (
    <div className={styles.preview} dir="auto" {...scrollStop(`Preview: ${label}`)}>
      {shown.trim() === "" ? <p className={styles.none}>Nothing is written yet.</p> : <LateMarkdown text={shown} />}
    </div>
  );
}
