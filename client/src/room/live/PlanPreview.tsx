import type { PlanItem } from "@whetstone/shared/room/course/commands";
import { useId } from "react";
import { Button } from "../../ui/Button.tsx";
import { Assign } from "../asking/Assign.tsx";
import { WhoAsks } from "../asking/Whose.tsx";
import { WhyWaits, waits } from "../asking/WhyWaits.tsx";
import { QuestionBefore } from "../question/BeforeAsked.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./AskPane.module.css";

interface PlanPreviewProps {
  readonly view: QuestionsView;
  readonly item: PlanItem;
  readonly mayAsk: boolean;
  readonly onAsk: () => void;
  readonly onBack: () => void;
}

/** A planned question before it is asked: nobody but the panel sees it. */
export function PlanPreview(props: PlanPreviewProps) {
  const { view, item, mayAsk, onAsk, onBack } = props;
  const why = useId();
  return (
    <div className={styles.preview}>
      <p className={styles.meta}>
        <span className={styles.unseen}>Not asked yet. Only the panel sees this.</span>
      </p>
      <h2>{item.title}</h2>
      <p className={styles.meta}>{[item.level, item.topic, `${item.minutes} min`].filter(Boolean).join(" · ")}</p>
      <WhoAsks view={view} itemId={item.itemId} />
      <div className={styles.actions}>
        {mayAsk && (
          <Button
            look="primary"
            disabled={view.room.phase !== "live"}
            aria-describedby={waits(view) ? why : undefined}
            onClick={onAsk}
          >
            Ask now
          </Button>
        )}
        {view.role === "host" && <Assign view={view} item={item} />}
        <Button onClick={onBack}>Back to the open question</Button>
      </div>
      {mayAsk && <WhyWaits view={view} id={why} />}
      {view.role !== "observer" && <QuestionBefore questionId={item.questionId} />}
    </div>
  );
}
