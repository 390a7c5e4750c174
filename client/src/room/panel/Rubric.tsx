import type { Criterion, Level } from "@whetstone/shared/bank";
import { ratingKey } from "@whetstone/shared/room/state";
import type { PanelAsk, ScorecardView } from "@whetstone/shared/room/view";
import { Markdown } from "../../ui/Markdown.tsx";
import { plural } from "../../words.ts";
import { useSend } from "../context.tsx";
import { ratingCommand } from "./LiveRoom.tsx";
import styles from "./Rubric.module.css";

interface RubricProps {
  readonly ask: PanelAsk;
  readonly scorecard: ScorecardView;
  /** The criterion that takes the keys 1 to 4, where there is one. */
  readonly focusedId?: string | null;
  readonly onFocus?: (criterionId: string) => void;
}

/** Each criterion with its four anchors in full. */
export function Rubric({ ask, scorecard, focusedId = null, onFocus = () => {} }: RubricProps) {
  return (
    <div className={styles.rubric}>
      {ask.question.criteria.map((criterion) => (
        <CriterionCard
          key={criterion.id}
          ask={ask}
          criterion={criterion}
          scorecard={scorecard}
          focused={criterion.id === focusedId}
          onFocus={() => onFocus(criterion.id)}
        />
      ))}
    </div>
  );
}

interface CriterionCardProps {
  readonly ask: PanelAsk;
  readonly criterion: Criterion;
  readonly scorecard: ScorecardView;
  readonly focused: boolean;
  readonly onFocus: () => void;
}

function CriterionCard({ ask, criterion, scorecard, focused, onFocus }: CriterionCardProps) {
  const send = useSend();
  const rated = scorecard.ratings[ratingKey(ask.askId, criterion.id)];
  const locked = scorecard.submittedAt !== null;
  const evidence = scorecard.notes.filter(
    ({ askId, evidenceFor, text }) => askId === ask.askId && evidenceFor === criterion.id && text.trim(),
  );
  const rate = (level: Level) => {
    onFocus();
    send(ratingCommand(ask, criterion.id, level, scorecard));
  };
  return (
    <section className={styles.criterion} data-focused={focused} aria-label={criterion.name}>
      <h4>
        {criterion.name}
        <small>
          {focused && !locked && (
            <>
              <kbd>1</kbd>–<kbd>4</kbd>{" "}
            </>
          )}
          {rated === undefined
            ? "not rated"
            : evidence.length > 0
              ? `rated, ${plural(evidence.length, "note")}`
              : "rated"}
        </small>
      </h4>
      <ol>
        {criterion.anchors.map((anchor, index) => {
          const level = (index + 1) as Level;
          return (
            <li key={anchor}>
              <button
                type="button"
                data-level={level}
                aria-pressed={rated === level}
                disabled={locked}
                onClick={() => rate(level)}
              >
                <b>{level}</b>
                <Markdown text={anchor} inline />
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
