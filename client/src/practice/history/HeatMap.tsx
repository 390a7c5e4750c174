import type { HeatCell, HeatMap as TopicsByLevel } from "@whetstone/shared/practice/history/topics";
import { Section } from "../../ui/Section.tsx";
import { dayText, plural, scoreText } from "../../words.ts";
import styles from "./HeatMap.module.css";
import { levelText, topicText } from "./sentences.ts";

/** How answers went by topic and by the level of the question. The picture is a table, so that it is read as one too. */
export function HeatMap({ map: { levels, rows } }: { map: TopicsByLevel }) {
  return (
    <Section title="By topic and level" hint="the mean of levels 1 to 4, how many answers, and the last">
      {rows.length === 0 ? (
        <p className={styles.quiet}>No answer was rated in this way yet.</p>
      ) : (
        <table className={styles.map}>
          <caption className="visually-hidden">
            Mean level, number of answers and day of the last, by topic and level of question
          </caption>
          <thead>
            <tr>
              <td />
              {levels.map((level) => (
                <th key={level} scope="col">
                  <span>{levelText(level)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ topic, cells }) => (
              <tr key={topic}>
                <th scope="row">
                  <bdi>{topicText(topic)}</bdi>
                </th>
                {cells.map((cell, index) => (
                  <Cell key={levels[index]} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Cell({ cell }: { cell: HeatCell | null }) {
  if (cell === null) {
    return (
      <td className={styles.none}>
        <span className="visually-hidden">not asked</span>
      </td>
    );
  }
  const { mean, count, lastAt } = cell;
  return (
    <td data-level={mean === null ? undefined : Math.round(mean)} title={`Last on ${dayText(lastAt)}`}>
      <b>
        {mean === null ? "–" : scoreText(mean)}
        {mean === null && <span className="visually-hidden">not rated</span>}
      </b>
      <small>
        <span aria-hidden>{count}×</span>
        <span className="visually-hidden">{plural(count, "answer")}, last on </span>
        <time>{dayText(lastAt)}</time>
      </small>
    </td>
  );
}
