import type { Criterion } from "@whetstone/shared/bank";
import { isLocked, ratingKey } from "@whetstone/shared/room/scorecard/state";
import type { PanelAsk } from "@whetstone/shared/room/view/asks";
import type { ScorecardView } from "@whetstone/shared/room/view/scorecards";
import { type RefObject, useEffect, useRef } from "react";
import { plural } from "../../words.ts";
import { useSend } from "../store/context.tsx";
import { Anchors, Levels } from "./Levels.tsx";
import styles from "./Rubric.module.css";
import { ratingCommand } from "./rating.ts";

interface RubricProps {
  readonly ask: PanelAsk;
  /** The viewer's own; null for an observer, who reads the anchors and rates nothing. */
  readonly scorecard: ScorecardView | null;
  /** The criterion that takes the keys 1 to 4, where there is one. */
  readonly focusedId?: string | null;
  /** Whether the keys act on it; not where the question is looked at and another one is open. */
  readonly takesKeys?: boolean;
  readonly onFocus?: (criterionId: string) => void;
  /** The level of a criterion among the headings around it. */
  readonly heading?: 3 | 4;
  /** Whether all but the marked criterion fold to a line, which still shows how it was rated. */
  readonly folds?: boolean;
  /** Where several asks stand on one page, their criteria are told apart by the question's number. */
  readonly numbered?: boolean;
}

/** Each criterion with its four anchors in full, or the marked one alone. */
export function Rubric(props: RubricProps) {
  const { ask, scorecard, focusedId = null, takesKeys = true, onFocus = () => {}, folds = false, heading = 4 } = props;
  return (
    <div className={styles.rubric} data-folds={folds}>
      {ask.question.criteria.map((criterion) => (
        <CriterionCard
          key={criterion.id}
          ask={ask}
          criterion={criterion}
          scorecard={scorecard}
          focused={criterion.id === focusedId}
          folds={folds}
          heading={heading}
          takesKeys={takesKeys}
          onFocus={() => onFocus(criterion.id)}
          label={props.numbered ? `Question ${ask.number}: ${criterion.name}` : criterion.name}
        />
      ))}
    </div>
  );
}

interface CriterionCardProps {
  readonly ask: PanelAsk;
  readonly criterion: Criterion;
  readonly scorecard: ScorecardView | null;
  readonly focused: boolean;
  readonly folds: boolean;
  readonly heading: 3 | 4;
  readonly takesKeys: boolean;
  readonly onFocus: () => void;
  readonly label: string;
}

function CriterionCard(props: CriterionCardProps) {
  const { ask, criterion, scorecard, focused, folds, takesKeys, onFocus, label } = props;
  const Heading = `h${props.heading}` as const;
  const send = useSend();
  const canRate = scorecard !== null && !isLocked(scorecard);
  const folded = folds && !focused;
  const card = useRef<HTMLElement>(null);
  useShownWhile(focused, card, folds);
  return (
    <section
      ref={card}
      className={styles.criterion}
      data-focused={focused}
      data-folded={folded}
      data-scored={scorecard !== null}
      aria-label={label}
    >
      <Heading>
        {folded ? (
          <button type="button" className={styles.unfold} aria-expanded={false} onClick={onFocus}>
            {criterion.name}
          </button>
        ) : (
          criterion.name
        )}
        {scorecard && (
          <small>
            {focused && canRate && takesKeys && (
              <>
                <kbd>1</kbd>–<kbd>4</kbd>{" "}
              </>
            )}
            {ratingStatus(ask, criterion, scorecard)}
          </small>
        )}
      </Heading>
      {scorecard ? (
        <Levels
          label={label}
          anchors={criterion.anchors}
          rated={scorecard.ratings[ratingKey(ask.askId, criterion.id)] ?? null}
          disabled={!canRate}
          onRate={(level) => {
            onFocus();
            send(ratingCommand(ask, criterion.id, level, scorecard));
          }}
        />
      ) : (
        <Anchors anchors={criterion.anchors} />
      )}
    </section>
  );
}

/**
 * Scrolls to the marked criterion when the mark moves. In a pane of its own it also stays in view when the pane changes its size, as with the
 * notes beneath it or a tablet that is turned; and a question that comes moves nothing but that pane.
 */
function useShownWhile(isMarked: boolean, card: RefObject<HTMLElement | null>, isInPane: boolean): void {
  const wasMarked = useRef(isMarked && isInPane);
  useEffect(() => {
    const pane = card.current?.parentElement;
    if (isMarked && !wasMarked.current) card.current?.scrollIntoView({ block: "nearest" });
    wasMarked.current = isMarked;
    if (!isMarked || !isInPane || !pane) return;
    const observer = new ResizeObserver(() => {
      if (card.current) bringIntoPane(card.current, pane);
    });
    observer.observe(pane);
    if (card.current) observer.observe(card.current);
    return () => observer.disconnect();
  }, [isMarked, isInPane, card]);
}

/** Room for the frame around what is marked, in CSS pixels. */
const FRAME = 5;

function bringIntoPane(card: HTMLElement, pane: HTMLElement): void {
  const [inner, outer] = [card.getBoundingClientRect(), pane.getBoundingClientRect()];
  const above = inner.top - FRAME - outer.top;
  const below = inner.bottom + FRAME - outer.bottom;
  if (above < 0) pane.scrollTop += above;
  else if (below > 0) pane.scrollTop += Math.min(below, above);
}

function ratingStatus(ask: PanelAsk, criterion: Criterion, { ratings, notes }: ScorecardView): string {
  if (ratings[ratingKey(ask.askId, criterion.id)] === undefined) return "not rated";
  const evidence = notes.filter(
    ({ askId, evidenceFor, text }) => askId === ask.askId && evidenceFor === criterion.id && text.trim(),
  );
  return evidence.length > 0 ? `rated, ${plural(evidence.length, "note")}` : "rated";
}
