import { useRoom } from "../store/context.tsx";
import styles from "./SavedState.module.css";
import { isSaidElsewhere, type Standing, useStanding } from "./standing.ts";

const WORDS: Readonly<Record<Exclude<Standing, "away">, string>> = {
  saved: "All saved",
  unsent: "All saved",
  saving: "Saving",
  failing: "Not saved yet",
  "kept back": "Not all saved",
};

/** Whether everything that one wrote and scored is on the server's disk. */
export function SavedState() {
  const { unsaved, connection } = useRoom();
  const { standing } = useStanding();
  const words = standing === "away" ? (connection === "outdated" ? "Not connected" : "Reconnecting") : WORDS[standing];
  return (
    <span
      className={styles.saved}
      data-state={standing}
      role="status"
      aria-live={isSaidElsewhere(standing) || standing === "saving" ? "off" : "polite"}
    >
      <span>{unsaved === 0 ? words : `${words}, ${unsaved} unsaved`}</span>
      {standing === "unsent" && ", but for what you have not sent"}
    </span>
  );
}
