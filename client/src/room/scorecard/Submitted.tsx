import type { PanelView } from "@whetstone/shared/room/view/view";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { momentText, POLICY_NAMES } from "../../words.ts";
import { useRoom, useSend } from "../store/context.tsx";
import { ReasonForm } from "./ReasonForm.tsx";
import styles from "./Submitted.module.css";

interface SubmittedProps {
  readonly view: PanelView;
  /** Whether it was still open when the page was. */
  readonly justNow: boolean;
  readonly onDebrief: () => void;
}

/** That a scorecard is submitted, what that opened, and the way to amend it. */
export function Submitted({ view, justNow, onDebrief }: SubmittedProps) {
  const send = useSend();
  const busy = useRoom().pending.has("amendScorecard");
  const [amending, setAmending] = useState(false);
  const { scorecard, room, debriefOpen } = view;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that submitted it is gone, and what it led to may be out of sight.
    if (justNow) place.current?.focus();
  }, [justNow]);
  const last = scorecard.versions.at(-1);
  if (!last) return null;
  return (
    <div ref={place} tabIndex={-1} className={styles.submitted}>
      <p role="status">
        <b>Submitted {momentText(last.submittedAt)}</b>
        {last.number > 1 && `, version ${last.number}`}.{" "}
        {debriefOpen ? "The debrief is open to you." : POLICY_NAMES[room.blindPolicy].meaning}
      </p>
      {amending ? (
        <ReasonForm
          purpose={`amend.${last.number}`}
          label="Why do you amend it?"
          placeholder="For example: I had rated the wrong criterion in question 2"
          hint="What you submitted stays readable to whoever may read it; the amendment becomes a version of its own."
          demand="Say why you amend it."
          action="Open it again"
          busy={busy}
          onReason={(reason) => send({ type: "amendScorecard", reason })}
          onCancel={() => {
            setAmending(false);
            place.current?.focus();
          }}
        />
      ) : (
        <div className={styles.actions}>
          {debriefOpen && (
            <Button look="primary" onClick={onDebrief}>
              Read the debrief
            </Button>
          )}
          <Button onClick={() => setAmending(true)}>Amend…</Button>
        </div>
      )}
    </div>
  );
}
