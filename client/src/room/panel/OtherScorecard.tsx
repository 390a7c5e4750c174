import { ratingKey } from "@whetstone/shared/room/state";
import type { PanelAsk, ScorecardView } from "@whetstone/shared/room/view";
import { elapsedText, RECOMMENDATION_NAMES } from "../../words.ts";
import styles from "./OtherScorecard.module.css";

interface OtherScorecardProps {
  readonly name: string;
  readonly scorecard: ScorecardView;
  readonly asks: readonly PanelAsk[];
}

/** Another interviewer's submitted scorecard, once the room's policy opens it. */
export function OtherScorecard({ name, scorecard, asks }: OtherScorecardProps) {
  const { recommendation, summary, notes, ratings } = scorecard;
  const rows = asks.flatMap((ask) =>
    ask.question.criteria.flatMap((criterion) => {
      const level = ratings[ratingKey(ask.askId, criterion.id)];
      return level === undefined ? [] : [{ ask, criterion, level }];
    }),
  );
  return (
    <article className={styles.card} aria-label={`Scorecard of ${name}`}>
      <h2>
        {name} {recommendation && <b data-recommendation={recommendation}>{RECOMMENDATION_NAMES[recommendation]}</b>}
      </h2>
      {summary.trim() && <p className={styles.summary}>{summary}</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>Question</th>
              <th>Criterion</th>
              <th>Level</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ ask, criterion, level }) => (
              <tr key={ratingKey(ask.askId, criterion.id)}>
                <td>{ask.question.title}</td>
                <td>{criterion.name}</td>
                <td title={criterion.anchors[level - 1]}>
                  <span data-level={level}>{level}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {notes.length > 0 && (
        <ul>
          {notes.map(({ noteId, elapsedMs, mark, text }) => (
            <li key={noteId}>
              <time>{elapsedText(elapsedMs)}</time>
              <span data-mark={mark}>{mark === "strength" ? "+" : mark === "concern" ? "–" : "·"}</span>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
