import { useRoom } from "../store/context.tsx";
import type { RoomSnapshot } from "../store/store.ts";
import styles from "./SavedState.module.css";

const AWAY: Readonly<{ [connection in RoomSnapshot["connection"]]?: string }> = {
  reconnecting: "Reconnecting",
  outdated: "Not connected",
};

/** Whether everything that one wrote and scored is on the server's disk. */
export function SavedState() {
  const { unsaved, connection, savingFails } = useRoom();
  const words = AWAY[connection] ?? (unsaved === 0 ? "All saved" : savingFails ? "Not saved yet" : "Saving");
  return (
    <span className={styles.saved} data-state={words} role="status">
      {words === "All saved" || unsaved === 0 ? words : `${words}, ${unsaved} unsaved`}
    </span>
  );
}
