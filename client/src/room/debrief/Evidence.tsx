import type { DebriefRater, DebriefRow } from "@whetstone/shared/debrief";
import { useState } from "react";
import { Markdown } from "../../ui/Markdown.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { answerMomentText, elapsedText } from "../../words.ts";
import { AskTimeline } from "./AskTimeline.tsx";
import styles from "./Evidence.module.css";
import { LongText } from "./LongText.tsx";
import { noteKey } from "./moments.ts";
import { levelBefore, rowKey } from "./rows.ts";
import { Name, Sign } from "./Sign.tsx";

interface EvidenceProps {
  readonly id: string;
  readonly row: DebriefRow;
  readonly raters: readonly DebriefRater[];
  readonly signs: readonly RaterSign[];
  /** The raters whose cell is open, by their place in the panel. */
  readonly opened: readonly number[];
}

/** What stands behind the open cells of a row, side by side; a note's time leads to the moment it was written. */
export function Evidence({ id, row, raters, signs, opened }: EvidenceProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const written = opened
    .flatMap((index) => row.cells[index] ?? [])
    .flatMap(({ seatId, notes }) => notes.map((note) => ({ note, seatId })))
    .find(({ note, seatId }) => noteKey(seatId, note) === chosen);
  return (
    <div id={id}>
      <div className={styles.evidence}>
        {opened.map((index) => {
          const [rater, sign] = [raters[index], signs[index]];
          return (
            rater &&
            sign && (
              <RaterEvidence
                key={rater.seatId}
                row={row}
                index={index}
                rater={rater}
                sign={sign}
                chosen={chosen}
                onChoose={(key) => setChosen(key === chosen ? null : key)}
              />
            )
          );
        })}
      </div>
      {written && (
        <AskTimeline
          key={chosen}
          ask={row.ask}
          raters={raters}
          signs={signs}
          note={written.note}
          writerId={written.seatId}
        />
      )}
    </div>
  );
}

interface RaterEvidenceProps {
  readonly row: DebriefRow;
  readonly index: number;
  readonly rater: DebriefRater;
  readonly sign: RaterSign;
  /** The note whose moment is open, by `noteKey`. */
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

function RaterEvidence({ row, index, rater, sign, chosen, onChoose }: RaterEvidenceProps) {
  const { criterion } = row;
  const { level = null, notes = [] } = row.cells[index] ?? {};
  const before = levelBefore(rater, rowKey(row));
  return (
    <article className={styles.rater}>
      <h3>
        <Sign sign={sign} />
        <span>
          <Name sign={sign} />
        </span>
      </h3>
      {level === null ? (
        <p className={styles.quiet}>Not rated.</p>
      ) : (
        <div className={styles.anchor} data-level={level}>
          <b>{level}</b>
          <Markdown text={criterion.anchors[level - 1] ?? ""} inline />
        </div>
      )}
      {before && (
        <p className={styles.before}>
          {before.level === null ? "Not rated at first." : `Level ${before.level} at first.`} Amended since.
        </p>
      )}
      {notes.length === 0 ? (
        <p className={styles.quiet}>No note stands behind it.</p>
      ) : (
        <ul>
          {notes.map((note) => {
            const { mark, evidenceFor } = note;
            const key = noteKey(rater.seatId, note);
            return (
              <li key={key}>
                <p className={styles.about}>
                  <button
                    type="button"
                    aria-expanded={chosen === key}
                    title="What happened at that moment"
                    onClick={() => onChoose(key)}
                  >
                    {elapsedText(note.elapsedMs)}
                  </button>
                  {mark && <span>{mark === "strength" ? "+ strength" : "– concern"}</span>}
                  {note.moment?.askId === row.ask.askId && (
                    <span>{answerMomentText(note.moment.elapsedMs, row.ask.askedAtMs)}</span>
                  )}
                  <span>{evidenceFor === null ? "on the question" : `evidence for ${criterion.name}`}</span>
                </p>
                <LongText text={note.text} />
              </li>
            );
          })}
        </ul>
      )}
    </article>
  );
}
