import type { Unread } from "../browser/kept.ts";
import { Button } from "./Button.tsx";
import { CopyButton } from "./CopyButton.tsx";
import styles from "./UnreadTexts.module.css";

/** What another version of this page kept in the browser, as text to copy; each stays until it is let go. */
export function UnreadTexts({
  unread,
  onLetGo,
}: {
  readonly unread: readonly Unread[];
  readonly onLetGo: (id: string) => void;
}) {
  return unread.map(({ id, text }) => (
    <div key={id} className={styles.unread} role="alert">
      <p>
        Another version of this page kept this in this browser, and this one cannot open it. Copy what you still need to
        where it belongs, then let it go.
      </p>
      <q>{text}</q>
      <span className={styles.actions}>
        <CopyButton text={text} label="Copy the text" />
        <Button look="quiet" onClick={() => onLetGo(id)}>
          Let it go
        </Button>
      </span>
    </div>
  ));
}
