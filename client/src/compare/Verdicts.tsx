import type { ComparedCandidate } from "@whetstone/shared/comparison/compare";
import { CONFIDENCE_NAMES, OUTCOME_NAMES, RECOMMENDATION_NAMES } from "@whetstone/shared/names";
import styles from "./Verdicts.module.css";

/** What each rater of a candidate recommends. */
export function Recommendations({ raters }: Pick<ComparedCandidate, "raters">) {
  return (
    <ul className={styles.recommendations}>
      {raters.map(({ seatId, name, recommendation, confidence }) => (
        <li key={seatId}>
          <b data-recommendation={recommendation}>
            {recommendation ? RECOMMENDATION_NAMES[recommendation] : "No recommendation"}
          </b>{" "}
          <bdi>{name}</bdi>
          {confidence && <small>, {CONFIDENCE_NAMES[confidence].toLowerCase()} confidence</small>}
        </li>
      ))}
    </ul>
  );
}

/** Whose scorecard leaves something unrated, and how much: the score beside it is of the rest. */
export function Unrated({ raters }: Pick<ComparedCandidate, "raters">) {
  const incomplete = raters.flatMap(({ seatId, name, incomplete: part }) => (part ? [{ seatId, name, ...part }] : []));
  if (incomplete.length === 0) return null;
  return (
    <ul className={styles.unrated}>
      {incomplete.map(({ seatId, name, rated, of }) => (
        <li key={seatId}>
          {rated} of {of} rated by <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

export function DecisionMark({ decision }: Pick<ComparedCandidate, "decision">) {
  return decision ? (
    <span className={styles.decision} data-outcome={decision.outcome}>
      {OUTCOME_NAMES[decision.outcome]}
    </span>
  ) : (
    <span className={styles.none}>Not decided</span>
  );
}
