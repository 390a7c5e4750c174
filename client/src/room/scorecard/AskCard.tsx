import { titleOf } from "@whetstone/shared/question-title";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { useEffect, useRef, useState } from "react";
import { Markdown } from "../../ui/Markdown.tsx";
import { DEVIATION_NAMES } from "../../words.ts";
import { Drawn } from "../drawn/Drawn.tsx";
import { Replay } from "../playback/Replay.tsx";
import { AskRuns } from "../runs/AskRuns.tsx";
import styles from "./AskCard.module.css";
import { NoteAtMoment } from "./NoteAtMoment.tsx";
import type { NotesHandle } from "./Notes.tsx";
import { OwnNotes } from "./OwnNotes.tsx";
import type { Place } from "./places.ts";
import { Rubric } from "./Rubric.tsx";

interface AskCardProps {
  readonly view: PanelView;
  readonly ask: PanelAsk;
  /** Whether it was put to the candidate whom the scorecard is about. */
  readonly counts: boolean;
  /** The criterion here that takes the keys, if it is one of these. */
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
}

/** One question as it was asked, with its rubric and the viewer's notes on it. */
export function AskCard({ view, ask, counts, place, onPlace }: AskCardProps) {
  const { askId, question } = ask;
  const deviation = DEVIATION_NAMES[ask.deviation];
  const card = useRef<HTMLElement>(null);
  const notes = useRef<NotesHandle>(null);
  const asked = useRef<HTMLDetailsElement>(null);
  // Led to a moment again, the playback begins there anew.
  const [led, setLed] = useState<{ readonly toMs: number; readonly time: number } | null>(null);
  const leadTo = (toMs: number) => {
    setLed({ toMs, time: (led?.time ?? 0) + 1 });
    if (asked.current) asked.current.open = true;
    asked.current?.scrollIntoView({ block: "nearest" });
  };
  useEffect(() => {
    if (!place || place.purpose === "stay") return;
    if (place.purpose === "note") return notes.current?.start();
    card.current?.focus({ preventScroll: true });
    card.current?.querySelector("[data-focused=true]")?.scrollIntoView({ block: "nearest" });
  }, [place]);
  return (
    <article ref={card} id={askId} tabIndex={-1} className={styles.ask} aria-labelledby={`${askId}-title`}>
      <p className={styles.number}>
        Question {ask.number}
        {deviation !== null && ` · ${deviation}`}
        {!counts && " · put to somebody who left; it counts for nothing"}
      </p>
      <h3 id={`${askId}-title`}>{titleOf(question)}</h3>
      <details ref={asked}>
        <summary>Question and answer</summary>
        <div className={styles.prompt}>
          <Markdown text={question.prompt} />
        </div>
        <pre dir="auto">{ask.answer || "Nothing was written."}</pre>
        {view.openAskId !== askId && (
          <>
            <Drawn askId={askId} number={ask.number} isReplayed />
            <AskRuns ask={ask} checks />
          </>
        )}
        <Replay
          key={led?.time}
          askId={askId}
          number={ask.number}
          isOpenAtFirst={led !== null}
          beginsAtMs={led?.toMs}
          atMoment={
            isLocked(view.scorecard)
              ? undefined
              : (elapsedMs) => <NoteAtMoment ask={ask} scorecard={view.scorecard} elapsedMs={elapsedMs} />
          }
        />
      </details>
      <div className={styles.rubric}>
        <Rubric
          numbered
          ask={ask}
          scorecard={view.scorecard}
          focusedId={place?.criterionId ?? null}
          onFocus={(criterionId) => onPlace({ askId, criterionId, purpose: "stay" })}
        />
      </div>
      <OwnNotes
        ref={notes}
        view={view}
        ask={ask}
        focused={question.criteria.find(({ id }) => id === place?.criterionId)}
        onMoment={leadTo}
      />
    </article>
  );
}
