import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./asking.module.css";
import { askingIn, assignedIn } from "./asking.ts";

interface WhoseProps {
  readonly view: QuestionsView;
  readonly itemId: string;
}

/** Whom a question of the plan is assigned to, in a word. */
export function Whose({ view, itemId }: WhoseProps) {
  const assigned = assignedIn(view, itemId);
  if (!assigned) return null;
  const isYours = assigned.seatId === view.you.seatId;
  return (
    <span className={styles.whose} data-yours={isYours}>
      {isYours ? (
        "Yours"
      ) : (
        <>
          <span className="visually-hidden">assigned to </span>
          <bdi>{assigned.name}</bdi>
          {assigned.gone && " (gone)"}
        </>
      )}
    </span>
  );
}

/** The same in sentences: who asks it, and whether whoever looks may. */
export function WhoAsks({ view, itemId }: WhoseProps) {
  const assigned = assignedIn(view, itemId);
  if (!assigned) return null;
  if (assigned.seatId === view.you.seatId) {
    return (
      <p className={styles.whoAsks} data-yours="true">
        <b>Yours.</b> It is assigned to you, so you may ask it.
      </p>
    );
  }
  const may = askingIn(view).may(itemId);
  return (
    <p className={styles.whoAsks}>
      Assigned to <b>{assigned.name}</b>
      {assigned.gone
        ? `, who is no longer here. ${goneOn(view, may)}`
        : may
          ? `, who may ask it. So may you.`
          : `, who asks it.`}
    </p>
  );
}

/** What becomes of a question whose asker is gone. */
function goneOn({ role }: QuestionsView, may: boolean): string {
  if (role === "host") return "Ask it yourself, or assign it to somebody else.";
  return may ? "You may ask it." : "A host asks it, or gives it to somebody else.";
}
