import { X } from "lucide-react";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { useRoom, useRoomContext } from "./context.tsx";
import styles from "./Notices.module.css";

/** In a corner, in nobody's way: that the connection is being restored, and what the server refused. */
export function Notices() {
  const { connection, refused, unsaved } = useRoom();
  const { store } = useRoomContext();
  return (
    <div className={styles.notices}>
      <div role="status">
        {connection === "reconnecting" && (
          <p className={`${styles.notice} ${styles.reconnecting}`}>
            <i aria-hidden />
            <span>
              <b>Reconnecting…</b> {unsaved > 0 ? "What you wrote is kept here and will be sent." : "Nothing is lost."}
            </span>
          </p>
        )}
      </div>
      <div role="alert" className={styles.list}>
        {refused.map(({ id, sentence, text }) => (
          <div key={id} className={`${styles.notice} ${styles.refused}`}>
            <span>
              {sentence}
              {text !== null && <q>{text.length > 120 ? `${text.slice(0, 120)}…` : text}</q>}
            </span>
            {text !== null && <CopyButton text={text} label="Copy my text" />}
            <Button look="quiet" aria-label="Dismiss" onClick={() => store.dismiss(id)}>
              <X size={15} aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}
