import { courseOf, ownRollup } from "@whetstone/shared/debrief";
import type { PanelView } from "@whetstone/shared/room/view/view";
import styles from "./Rollup.module.css";

/** How one's own ratings add up, by competency, and what of the plan they do not cover. */
export function Rollup({ view }: { view: PanelView }) {
  const { competencies, overall } = ownRollup(view);
  const { notAsked } = courseOf(view);
  const rated = competencies.some((competency) => competency.rated > 0);
  return (
    <div className={styles.rollup}>
      {competencies.length > 0 && (
        <table>
          <caption className="visually-hidden">Your ratings by competency</caption>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">Competency</th>
              <th scope="col">Mean level, 1 to 4</th>
              <th scope="col">Criteria rated</th>
            </tr>
          </thead>
          <tbody>
            {competencies.map(({ name, weight, reason, score, rated, of }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  {weight !== 1 && (
                    <small>
                      counts {weight}×{reason && `: ${reason}`}
                    </small>
                  )}
                </th>
                <td>
                  <Score score={score} />
                </td>
                <td className={styles.rated}>{of === 0 ? "not asked" : `${rated} of ${of}`}</td>
              </tr>
            ))}
          </tbody>
          {rated && (
            <tfoot>
              <tr>
                <th scope="row">Overall</th>
                <td>
                  <Score score={overall} />
                </td>
                <td />
              </tr>
            </tfoot>
          )}
        </table>
      )}
      {notAsked.length > 0 && (
        <p>
          <b>Planned and not asked:</b> {notAsked.map(({ title }) => title).join(", ")}
        </p>
      )}
    </div>
  );
}

/** A mean level on the scale from 1 to 4, as a bar and as a number. */
function Score({ score }: { score: number | null }) {
  return (
    <span className={styles.score} data-level={score === null ? undefined : Math.round(score)}>
      <span className={styles.bar} aria-hidden>
        <i style={{ width: `${((score ?? 0) / 4) * 100}%` }} />
      </span>
      <span>{score === null ? "–" : score.toFixed(1)}</span>
    </span>
  );
}
