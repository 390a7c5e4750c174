import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { isComplete, type Missing } from "@whetstone/shared/scorecard";
import { Button } from "../../ui/Button.tsx";
import { useRoom, useSend } from "../store/context.tsx";
import { MissingList } from "./MissingList.tsx";
import type { Place } from "./places.ts";
import { ReasonForm } from "./ReasonForm.tsx";
import styles from "./Submission.module.css";

interface SubmissionProps {
  readonly view: PanelView;
  readonly missing: Missing<PanelAsk>;
  readonly onPlace: (place: Place) => void;
}

/** What is still missing, and the button that submits: at once where nothing is, with a reason where something is. */
export function Submission({ view, missing, onPlace }: SubmissionProps) {
  const send = useSend();
  const busy = useRoom().pending.has("submitScorecard");
  const { scorecard } = view;
  const amending = scorecard.amendment !== null;
  if (isLocked(scorecard)) return isComplete(missing) ? null : <MissingList missing={missing} title="Left open" />;
  if (isComplete(missing)) {
    // While it is amended, the button stands in the banner, where the reason does.
    if (amending) return <p className={styles.whole}>Nothing is missing.</p>;
    return (
      <div className={styles.submit}>
        <Button look="primary" large disabled={busy} onClick={() => send({ type: "submitScorecard", reason: null })}>
          Submit your scorecard
        </Button>
        <small>Nothing is missing. Once submitted it is locked; to change it then takes a reason.</small>
      </div>
    );
  }
  const purpose = `submit.${scorecard.versions.length}`;
  return (
    <div className={styles.submit}>
      <MissingList missing={missing} title="Still missing" onPlace={onPlace} />
      <ReasonForm
        key={purpose}
        purpose={purpose}
        label="Or submit without it, because"
        placeholder="For example: we ran out of time in the last question, so its criteria stay unrated"
        demand="Say why you submit without it."
        action={amending ? "Submit the amendment all the same" : "Submit all the same"}
        busy={busy}
        onReason={(reason) => send({ type: "submitScorecard", reason })}
      />
    </div>
  );
}
