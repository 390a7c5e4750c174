import type { Criterion } from "@whetstone/shared/bank";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PanelView } from "@whetstone/shared/room/view/view";
import type { Ref } from "react";
import { NoteLine } from "./NoteLine.tsx";
import { Notes, type NotesHandle } from "./Notes.tsx";
import styles from "./OwnNotes.module.css";

interface OwnNotesProps {
  readonly ref?: Ref<NotesHandle>;
  readonly view: PanelView;
  readonly ask?: PanelAsk;
  readonly focused?: Criterion | undefined;
  /** Leads to a moment of the answer. */
  readonly onMoment?: (elapsedMs: number) => void;
}

/** One's notes on an ask, or between asks: to be changed for as long as the scorecard is open. */
export function OwnNotes({ ref, view, ask, focused, onMoment }: OwnNotesProps) {
  const { scorecard, asks } = view;
  if (!isLocked(scorecard)) {
    return (
      <div className={styles.notes}>
        <Notes
          {...(ref && { ref })}
          ask={ask}
          asks={asks}
          scorecard={scorecard}
          focused={focused}
          others={false}
          {...(onMoment && { onMoment })}
        />
      </div>
    );
  }
  const own = scorecard.notes.filter((note) => note.askId === (ask?.askId ?? null) && note.text.trim() !== "");
  if (own.length === 0) return null;
  return (
    <ul className={styles.locked} aria-label="Your notes">
      {own.map((note) => (
        <li key={note.noteId}>
          <NoteLine note={note} ask={ask ?? null} onMoment={onMoment} />
        </li>
      ))}
    </ul>
  );
}
