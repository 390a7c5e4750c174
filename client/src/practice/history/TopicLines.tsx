import { LEVELS } from "@whetstone/shared/bank";
import type { RatedBy } from "@whetstone/shared/practice/history/answers";
import type { RatedAnswer, TopicLine } from "@whetstone/shared/practice/history/topics";
import { Section } from "../../ui/Section.tsx";
import { dayText, scoreText } from "../../words.ts";
import { lineText, pointsText, RATED_BY_NAMES, topicText } from "./sentences.ts";
import styles from "./TopicLines.module.css";

/** A line for each topic, all on the same days and the same scale, and below them the same as a table. */
export function TopicLines({ lines }: { lines: readonly TopicLine[] }) {
  if (lines.length === 0) return null;
  const days = lines.flatMap(({ points }) => points.map(({ at }) => at));
  const span = { from: Math.min(...days), to: Math.max(...days) };
  const isMixed = new Set(lines.flatMap(({ points }) => points.map(({ by }) => by))).size > 1;
  return (
    <Section title="Over time" hint="each answer’s mean level; all topics on the same days">
      <div className={styles.lines}>
        {lines.map((line) => (
          <figure key={line.topic} className={styles.figure}>
            <figcaption>
              <bdi>{topicText(line.topic)}</bdi>
              <small>{lineText(line)}</small>
            </figcaption>
            <Line line={line} {...span} />
            <div className={styles.days} aria-hidden>
              <span>{dayText(span.from)}</span>
              {span.to !== span.from && <span>{dayText(span.to)}</span>}
            </div>
          </figure>
        ))}
      </div>
      {isMixed && (
        <p className={styles.key}>
          <span>
            <i /> rated by a partner
          </span>
          <span>
            <i data-by="self" /> rated by yourself
          </span>
        </p>
      )}
      <details className={styles.table}>
        <summary>As a table</summary>
        <LineTable lines={lines} />
      </details>
    </Section>
  );
}

const STEP = 20;
const MARGIN = 7;
const HEIGHT = 2 * MARGIN + (LEVELS.length - 1) * STEP;
const yOf = (score: number): number => MARGIN + (LEVELS.length - score) * STEP;

interface LineProps {
  readonly line: TopicLine;
  /** The days at both ends, the same for every line. */
  readonly from: number;
  readonly to: number;
}

/** Across it is as wide as its place, so that only places across are in percent. */
function Line({ line, from, to }: LineProps) {
  const { points } = line;
  const xOf = (at: number): string => `${to === from ? 50 : (100 * (at - from)) / (to - from)}%`;
  return (
    <div className={styles.plot}>
      <ul className={styles.scale} aria-hidden>
        {LEVELS.toReversed().map((level) => (
          <li key={level}>{level}</li>
        ))}
      </ul>
      <svg className={styles.line} height={HEIGHT} width="100%" role="img" aria-label={pointsText(line)}>
        {LEVELS.map((level) => (
          <line key={level} className={styles.tick} x1="0" x2="100%" y1={yOf(level)} y2={yOf(level)} />
        ))}
        {BOTH.map((rater) => (
          <Steps key={rater} points={points.filter(({ by }) => by === rater)} xOf={xOf} />
        ))}
        {points.map(({ askKey, at, score, by, title }) => (
          <circle key={`${by} ${askKey}`} data-by={by} cx={xOf(at)} cy={yOf(score)} r={4}>
            <title>{`${title}: ${scoreText(score)}, ${dayText(at)}`}</title>
          </circle>
        ))}
      </svg>
    </div>
  );
}

const BOTH: readonly RatedBy[] = ["partner", "self"];

/** Partners' ratings and one's own are lines of their own: a step from one to the other would be no progress. */
function Steps({ points, xOf }: { points: readonly RatedAnswer[]; xOf: (at: number) => string }) {
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point;
    return (
      <line
        key={point.askKey}
        className={styles.step}
        data-by={point.by}
        x1={xOf(before.at)}
        y1={yOf(before.score)}
        x2={xOf(point.at)}
        y2={yOf(point.score)}
      />
    );
  });
}

function LineTable({ lines }: { lines: readonly TopicLine[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Topic</th>
          <th scope="col">Question</th>
          <th scope="col">Day</th>
          <th scope="col">Rated by</th>
          <th scope="col">Mean level</th>
        </tr>
      </thead>
      <tbody>
        {lines.flatMap(({ topic, points }) =>
          points.map(({ askKey, title, at, by, score }) => (
            <tr key={`${by} ${askKey}`}>
              <th scope="row">{topicText(topic)}</th>
              <td>{title}</td>
              <td>{dayText(at)}</td>
              <td>{RATED_BY_NAMES[by]}</td>
              <td>{scoreText(score)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
