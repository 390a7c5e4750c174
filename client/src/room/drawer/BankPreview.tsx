import type { BankSummary } from "@whetstone/shared/bank-wire";
import type { HostView } from "@whetstone/shared/room/view/host";
import { newId } from "../../browser/ids.ts";
import { Button } from "../../ui/Button.tsx";
import { QuestionBefore, RubricBefore } from "../question/BeforeAsked.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./BankDrawer.module.css";

interface PreviewProps {
  readonly result: BankSummary;
  readonly view: HostView;
  readonly isAsked: boolean;
  readonly isPlanned: boolean;
  readonly onAsked: () => void;
}

/** A question of the results: what can be done with it, its prompt, and what only the panel sees. */
export function BankPreview({ result, view, isAsked, isPlanned, onAsked }: PreviewProps) {
  const send = useSend();
  const plan = () => {
    const items = view.plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
    send({
      type: "arrangePlan",
      items: [...items, { itemId: newId("p"), questionId: result.id, minutes: result.minutes }],
    });
  };
  const ask = () => {
    send({ type: "push", source: { kind: "bank", questionId: result.id } });
    onAsked();
  };
  return (
    <div className={styles.preview}>
      <div className={styles.actions}>
        <Button look="primary" disabled={isAsked || view.room.phase !== "live"} onClick={ask}>
          Ask now
        </Button>
        <Button disabled={isAsked || isPlanned} onClick={plan}>
          {isPlanned ? "In the plan" : "Add to the plan"}
        </Button>
        {view.room.phase === "paused" && <small>Resume to ask.</small>}
      </div>
      <QuestionBefore questionId={result.id} />
      <RubricBefore questionId={result.id} />
    </div>
  );
}
