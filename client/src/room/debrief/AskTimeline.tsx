import type { DebriefRater } from "@whetstone/shared/debrief";
import { titleOf } from "@whetstone/shared/question-title";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { NoteView } from "@whetstone/shared/room/view/scorecards";
import { useEffect, useRef } from "react";
import { Markdown } from "../../ui/Markdown.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { elapsedText } from "../../words.ts";
import { Drawn } from "../drawn/Drawn.tsx";
import { Replay } from "../playback/Replay.tsx";
import { AskRuns } from "../runs/AskRuns.tsx";
import styles from "./AskTimeline.module.css";
import { LongText } from "./LongText.tsx";
import { isAbout, type Moment, momentsOf, noteKey } from "./moments.ts";
import { Name, Sign } from "./Sign.tsx";

interface AskTimelineProps {
  readonly ask: PanelAsk;
  readonly raters: readonly DebriefRater[];
  readonly signs: readonly RaterSign[];
  /** The note that led here, and whose it is: what happened within a minute of it stands out. */
  readonly note: NoteView;
  readonly writerId: string;
}

/** The course of one ask around the moment at which a note was written. */
export function AskTimeline({ ask, raters, signs, note, writerId }: AskTimelineProps) {
  const current = useRef<HTMLLIElement>(null);
  const pointsHere = note.moment?.askId === ask.askId;
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section className={styles.timeline} aria-label={`Question ${ask.number} around ${elapsedText(note.elapsedMs)}`}>
      <h4>
        Question {ask.number}: <bdi>{titleOf(ask.question)}</bdi>
        <small>
          asked at {elapsedText(ask.askedAtMs)}, open for {elapsedText(ask.closedMs)}
        </small>
      </h4>
      <ol>
        {momentsOf(ask, raters).map((moment) => {
          const isCurrent = keyOf(moment) === noteKey(writerId, note);
          return (
            <li
              key={keyOf(moment)}
              ref={isCurrent ? current : undefined}
              data-about={isAbout(moment, note.elapsedMs)}
              aria-current={isCurrent ? "true" : undefined}
            >
              <time>{elapsedText(moment.atMs)}</time>
              <div>
                <Happened moment={moment} ask={ask} signs={signs} />
              </div>
            </li>
          );
        })}
      </ol>
      {ask.answer.trim() !== "" && (
        <details>
          <summary>The answer as it stood in the end</summary>
          <pre dir="auto">{ask.answer}</pre>
          <AskRuns ask={ask} checks />
        </details>
      )}
      <Drawn askId={ask.askId} number={ask.number} isReplayed />
      <div className={styles.replay}>
        <Replay
          askId={ask.askId}
          number={ask.number}
          isOpenAtFirst={pointsHere}
          beginsAtMs={(pointsHere && note.moment?.elapsedMs) || note.elapsedMs}
        />
      </div>
    </section>
  );
}

function keyOf(moment: Moment): string {
  switch (moment.kind) {
    case "asked":
      return moment.kind;
    case "revealed":
      return `${moment.reveal}/${moment.number}`;
    case "noted":
      return noteKey(moment.rater.seatId, moment.note);
    default:
      return moment satisfies never;
  }
}

function Happened({ moment, ask, signs }: { moment: Moment; ask: PanelAsk; signs: readonly RaterSign[] }) {
  switch (moment.kind) {
    case "asked":
      return (
        <details>
          <summary>The question was asked</summary>
          <Markdown text={ask.question.prompt} />
        </details>
      );
    case "revealed":
      return (
        <>
          <p className={styles.what}>
            {moment.reveal === "hint" ? "Hint" : "Follow-up"} {moment.number} was revealed
          </p>
          <Markdown text={moment.text} />
        </>
      );
    case "noted": {
      const { note, rater } = moment;
      const sign = signs.find(({ seatId }) => seatId === rater.seatId);
      const criterion = ask.question.criteria.find(({ id }) => id === note.evidenceFor);
      return (
        <>
          <p className={styles.what}>
            {sign && <Sign sign={sign} />}
            <span>
              <Name sign={rater} /> noted
              {note.mark && `, as a ${note.mark}`}
              {criterion && `, for ${criterion.name}`}
            </span>
          </p>
          <LongText text={note.text} />
        </>
      );
    }
    default:
      return moment satisfies never;
  }
}
