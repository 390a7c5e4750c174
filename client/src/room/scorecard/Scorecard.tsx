import { LEVELS, type Level } from "@whetstone/shared/bank";
import { isLocked } from "@whetstone/shared/room/scorecard/state";
import type { PanelView } from "@whetstone/shared/room/view/view";
import { asksOfRound, missingIn } from "@whetstone/shared/scorecard";
import { useState } from "react";
import { keysAreOn, useKeys } from "../../browser/keys.ts";
import { useSend } from "../store/context.tsx";
import { AmendmentBanner } from "./Amendment.tsx";
import { AskCard } from "./AskCard.tsx";
import { Exports } from "./Exports.tsx";
import { OwnNotes } from "./OwnNotes.tsx";
import { type Place, steppedFrom } from "./places.ts";
import { ratingCommand } from "./rating.ts";
import styles from "./Scorecard.module.css";
import { SumUp } from "./SumUp.tsx";
import { Versions } from "./Versions.tsx";

interface ScorecardProps {
  readonly view: PanelView;
  readonly onDebrief: () => void;
}

/** One's own scorecard after the interview: what was asked at the left, what it comes to at the right. */
export function Scorecard({ view, onDebrief }: ScorecardProps) {
  const { asks, scorecard } = view;
  const [place, setPlace] = useState<Place | null>(null);
  const held = isLocked(scorecard) ? null : place;
  useScoringKeys(view, held, setPlace);
  const missing = missingIn(asksOfRound(view), scorecard);
  return (
    <div className={styles.scorecard} data-amending={scorecard.amendment !== null}>
      {scorecard.amendment !== null && <AmendmentBanner view={view} reason={scorecard.amendment} missing={missing} />}
      <Asked view={view} place={held} onPlace={setPlace} />
      <aside id="sum-up" tabIndex={-1} className={styles.side} aria-label="Summing up">
        <SumUp view={view} missing={missing} onPlace={setPlace} onDebrief={onDebrief} />
        {scorecard.versions.length > 0 && <Versions scorecard={scorecard} asks={asks} />}
        <Exports />
      </aside>
    </div>
  );
}

interface AskedProps {
  readonly view: PanelView;
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
}

/** Every question of the round, then what was put to somebody who left. */
function Asked({ view, place, onPlace }: AskedProps) {
  const { asks, scorecard } = view;
  const round = asksOfRound(view);
  const elsewhere = asks.filter((ask) => !round.includes(ask));
  return (
    <section className={styles.asks} aria-labelledby="asked">
      <h2 id="asked" className="visually-hidden">
        What was asked
      </h2>
      <a className={styles.jump} href="#sum-up">
        To your recommendation and summary
      </a>
      {asks.length === 0 && <p className={styles.quiet}>No question was asked.</p>}
      {asks.length > 0 && !isLocked(scorecard) && keysAreOn() && (
        <p className={styles.keys}>
          <kbd>J</kbd> <kbd>K</kbd> next, previous criterion · <kbd>1</kbd>–<kbd>4</kbd> rate it · <kbd>N</kbd> note
        </p>
      )}
      {[...round, ...elsewhere].map((ask) => (
        <AskCard
          key={ask.askId}
          view={view}
          ask={ask}
          counts={round.includes(ask)}
          place={place?.askId === ask.askId ? place : null}
          onPlace={onPlace}
        />
      ))}
      {scorecard.notes.some(({ askId }) => askId === null) && (
        <article className={styles.card}>
          <h3>Notes between questions</h3>
          <OwnNotes view={view} />
        </article>
      )}
    </section>
  );
}

/** The keys of the live room, over all criteria of the round: 1 to 4 rate, J and K move, N begins a note. */
function useScoringKeys(view: PanelView, place: Place | null, onPlace: (to: Place | null) => void): void {
  const send = useSend();
  const { asks, scorecard } = view;
  const move = (by: 1 | -1) => onPlace(steppedFrom(place, asksOfRound(view), by));
  const rate = (level: Level) => {
    const ask = asks.find(({ askId }) => askId === place?.askId);
    if (ask && place) send(ratingCommand(ask, place.criterionId, level, scorecard));
  };
  useKeys(
    isLocked(scorecard)
      ? {}
      : {
          j: () => move(1),
          k: () => move(-1),
          ...(place && {
            n: () => onPlace({ ...place, purpose: "note" }),
            ...Object.fromEntries(LEVELS.map((level) => [String(level), () => rate(level)])),
          }),
        },
  );
}
