import { unsubmitted } from "@whetstone/shared/debrief";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./Unsubmitted.module.css";

/**
 * Who has not submitted, where the viewer may know it, and the host's reminder to them. What the reminder says is the same whoever is missing,
 * so that a host who judges alone learns nothing by it.
 */
export function Unsubmitted({ view }: { view: PanelView }) {
  const missing = unsubmitted(view);
  if (missing?.length === 0 || (missing === null && view.role !== "host")) return null;
  return (
    <section className={styles.unsubmitted} aria-label="Scorecards that are missing">
      {missing && (
        <p>
          Not submitted yet:{" "}
          {missing.map(({ seatId, name }, index) => (
            <span key={seatId}>
              {index > 0 && ", "}
              <bdi>{name}</bdi>
            </span>
          ))}
          .
        </p>
      )}
      {view.role === "host" && <Remind />}
    </section>
  );
}

function Remind() {
  const send = useSend();
  const [sent, setSent] = useState(false);
  const remind = () => {
    send({ type: "remind" });
    setSent(true);
  };
  return (
    <>
      <Button onClick={remind}>{sent ? "Remind again" : "Ask for missing scorecards"}</Button>
      <small role="status">
        {sent && "Whoever has not submitted sees on their page that you ask for their scorecard."}
      </small>
    </>
  );
}
