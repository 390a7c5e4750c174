import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { NoteView } from "@whetstone/shared/room/view/scorecards";
import { answerMomentText } from "../../words.ts";
import styles from "./AtMoment.module.css";

interface AtMomentProps {
  readonly moment: NoteView["moment"];
  /** The ask that it is a moment of, where it is here. */
  readonly ask: PanelAsk | null | undefined;
  /** Leads back to it; without that it is only said. */
  readonly onMoment?: ((elapsedMs: number) => void) | undefined;
}

/** The moment of an answer that a note points at. */
export function AtMoment({ moment, ask, onMoment }: AtMomentProps) {
  if (!moment || ask?.askId !== moment.askId) return null;
  const text = answerMomentText(moment.elapsedMs, ask.askedAtMs);
  if (!onMoment) return <small className={styles.said}>{text}</small>;
  return (
    <button
      type="button"
      className={styles.way}
      title="See the answer as it was then"
      onClick={() => onMoment(moment.elapsedMs)}
    >
      {text}
    </button>
  );
}
