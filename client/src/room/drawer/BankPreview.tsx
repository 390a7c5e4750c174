import type { BankSummary } from "@whetstone/shared/bank-wire";
import type { HostView } from "@whetstone/shared/room/view/host";
import { useBankEntry } from "../../bank/queries.ts";
import { newId } from "../../browser/ids.ts";
import { Button } from "../../ui/Button.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { useReconnected, useRoomContext, useSend } from "../store/context.tsx";
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
      <WholeQuestion id={result.id} />
    </div>
  );
}

function WholeQuestion({ id }: { id: string }) {
  const { token } = useRoomContext();
  const entry = useBankEntry(id, token);
  useReconnected(entry.error && (() => void entry.refetch()));
  if (!entry.data) {
    return <p className={styles.missing}>{entry.error ? `It cannot be shown. ${entry.error.message}` : "Loading…"}</p>;
  }
  const { prompt, strongAnswer, criteria, communication } = entry.data;
  return (
    <>
      <div className={styles.prompt}>
        <Markdown text={prompt} />
      </div>
      <div className={styles.secret}>
        <h4>Strong answer</h4>
        <ul>
          {strongAnswer.map((point) => (
            <li key={point}>
              <Markdown text={point} inline />
            </li>
          ))}
        </ul>
        {[...criteria, communication].map(({ id: criterionId, name, anchors }) => (
          <section key={criterionId}>
            <h4>{name}</h4>
            <ol>
              {anchors.map((anchor) => (
                <li key={anchor}>
                  <Markdown text={anchor} inline />
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </>
  );
}
