import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { isComplete, type Missing } from "@whetstone/shared/scorecard";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import styles from "./Amendment.module.css";

interface AmendmentBannerProps {
  readonly view: PanelView;
  readonly reason: string;
  readonly missing: Missing<PanelAsk>;
}

/** That a submitted scorecard is open again and why, in sight for as long as that is so. */
export function AmendmentBanner({ view, reason, missing }: AmendmentBannerProps) {
  const send = useSend();
  const { pending } = useRoom();
  const [dropping, setDropping] = useState<"not asked" | "asked" | "kept">("not asked");
  const last = view.scorecard.versions.length;
  const busy = pending.has("submitScorecard") || pending.has("dropAmendment");
  return (
    <section className={styles.banner} aria-label="Amendment">
      <p role="status">
        <b>You are amending version {last}.</b> <span dir="auto">{reason}</span>
        <small>Until you submit, version {last} is what others read.</small>
      </p>
      {dropping === "asked" ? (
        <div key="asked" className={styles.actions}>
          <span>What you changed since version {last} goes.</span>
          <Button look="danger" disabled={busy} onClick={() => send({ type: "dropAmendment" })}>
            Drop it
          </Button>
          <Button autoFocus onClick={() => setDropping("kept")}>
            Keep it
          </Button>
        </div>
      ) : (
        <div key="not-asked" className={styles.actions}>
          {isComplete(missing) ? (
            <Button look="primary" disabled={busy} onClick={() => send({ type: "submitScorecard", reason: null })}>
              Submit the amendment
            </Button>
          ) : (
            <Button onClick={() => document.getElementById("missing")?.focus()}>See what is missing</Button>
          )}
          <Button look="quiet" autoFocus={dropping === "kept"} onClick={() => setDropping("asked")}>
            Drop the amendment
          </Button>
        </div>
      )}
    </section>
  );
}
