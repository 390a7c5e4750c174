import type { QuestionsView } from "../store/questions-view.ts";
import styles from "./asking.module.css";

interface WhyWaitsProps {
  readonly view: Pick<QuestionsView, "room">;
  /** What the buttons are described by that cannot be pressed meanwhile. */
  readonly id: string;
}

/** Why nothing can be asked just now; nothing where it can be. */
export function WhyWaits({ view, id }: WhyWaitsProps) {
  if (!waits(view)) return null;
  return (
    <small id={id} className={styles.waits}>
      The interview is paused. Questions can be asked once it goes on.
    </small>
  );
}

/** Whether the reason is shown by which what waits is described. */
export const waits = ({ room }: Pick<QuestionsView, "room">): boolean => room.phase === "paused";
