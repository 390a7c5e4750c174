import type { BankSummary } from "@whetstone/shared/bank-wire";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { useId } from "react";
import { newId } from "../../browser/ids.ts";
import { Button } from "../../ui/Button.tsx";
import { pushOf } from "../asking/asking.ts";
import { WhoAsks } from "../asking/Whose.tsx";
import { WhyWaits, waits } from "../asking/WhyWaits.tsx";
import { QuestionBefore, RubricBefore } from "../question/BeforeAsked.tsx";
import { useSend } from "../store/context.tsx";
import styles from "./BankDrawer.module.css";

interface PreviewProps {
  readonly result: BankSummary;
  readonly view: PanelView;
  readonly isAsked: boolean;
  readonly isPlanned: boolean;
  readonly onAsked: () => void;
}

/** A question of the results: what can be done with it, its prompt, and what only the panel sees. */
export function BankPreview({ result, view, isAsked, isPlanned, onAsked }: PreviewProps) {
  const send = useSend();
  const why = useId();
  const item = view.plan.find(({ questionId }) => questionId === result.id);
  const plan = () => {
    const items = view.plan.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
    send({
      type: "arrangePlan",
      items: [...items, { itemId: newId("p"), questionId: result.id, minutes: result.minutes }],
    });
  };
  const ask = () => {
    send(pushOf(view, { kind: "bank", questionId: result.id }));
    onAsked();
  };
  return (
    <div className={styles.preview}>
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={isAsked || view.room.phase !== "live"}
          aria-describedby={waits(view) ? why : undefined}
          onClick={ask}
        >
          Ask now
        </Button>
        {view.role === "host" && (
          <Button disabled={isAsked || isPlanned} onClick={plan}>
            {isPlanned ? "In the plan" : "Add to the plan"}
          </Button>
        )}
        <WhyWaits view={view} id={why} />
      </div>
      {item && <WhoAsks view={view} itemId={item.itemId} />}
      <QuestionBefore questionId={result.id} />
      <RubricBefore questionId={result.id} />
    </div>
  );
}
