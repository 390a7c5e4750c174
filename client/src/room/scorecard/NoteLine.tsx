import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { NoteView } from "@whetstone/shared/room/view/scorecards";
import type { ReactNode } from "react";
import { elapsedText } from "../../words.ts";
import { AtMoment } from "./AtMoment.tsx";
import styles from "./NoteLine.module.css";

interface NoteLineProps {
  readonly note: NoteView;
  readonly ask: PanelAsk | null;
  /** What stands in the text's place, where that is not the text itself. */
  readonly children?: ReactNode;
  /** Leads to a moment of the answer. */
  readonly onMoment?: ((elapsedMs: number) => void) | undefined;
}

/** A note as it reads once it is submitted: its moment, its mark, its text and what it is evidence for. */
export function NoteLine({
  note: { elapsedMs, mark, text, evidenceFor, moment },
  ask,
  children,
  onMoment,
}: NoteLineProps) {
  const criterion = ask?.question.criteria.find(({ id }) => id === evidenceFor)?.name;
  return (
    <div className={styles.note}>
      <time>{elapsedText(elapsedMs)}</time>
      <span data-mark={mark}>
        <span aria-hidden>{mark === "strength" ? "+" : mark === "concern" ? "–" : "·"}</span>
        {mark && <span className="visually-hidden">{mark === "strength" ? "Strength:" : "Concern:"}</span>}
      </span>
      <div className={styles.text} dir="auto">
        {children ?? text}
        {criterion && <small>evidence for {criterion}</small>}
        <AtMoment moment={moment} ask={ask} onMoment={onMoment} />
      </div>
    </div>
  );
}
