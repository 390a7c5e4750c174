import { LEVELS, type Level } from "@whetstone/shared/bank";
import { scoreText } from "../words.ts";
import styles from "./Levels.module.css";

/** One level as a number on its colour. */
export function LevelMark({ level }: { level: Level }) {
  return (
    <b className={styles.level} data-level={level}>
      {level}
    </b>
  );
}

interface ScoreBarProps {
  readonly score: number | null;
  readonly byRater: readonly (number | null)[];
  /** The raters', in the same order. */
  readonly names: readonly string[];
}

/** A score on the scale from 1 to 4: the number, a mark at its place, and a ring for each rater. */
export function ScoreBar({ score, byRater, names }: ScoreBarProps) {
  if (score === null) return <span className={styles.none}>not rated</span>;
  const said = byRater.map((own, index) => `${names[index] ?? ""} ${own === null ? "not rated" : scoreText(own)}`);
  return (
    <span className={styles.scored}>
      <b>{scoreText(score)}</b>
      <span className={styles.scale} role="img" aria-label={said.join(", ")} title={said.join(", ")}>
        {LEVELS.map((level) => (
          <i key={level} className={styles.tick} style={{ left: placeOf(level) }} />
        ))}
        {byRater.map(
          (own, index) =>
            own !== null && <i key={said[index]} className={styles.ring} style={{ left: placeOf(own) }} />,
        )}
        <i className={styles.mark} style={{ left: placeOf(score) }} />
      </span>
    </span>
  );
}

const placeOf = (score: number): string => `${(100 * (score - 1)) / (LEVELS.length - 1)}%`;

/** How many ratings are at each level, as columns with their numbers. */
export function Distribution({ counts, of }: { counts: readonly number[]; of: string }) {
  const most = Math.max(1, ...counts);
  return (
    <table className={styles.distribution}>
      <caption className="visually-hidden">{of}: how many ratings are at each level</caption>
      <tbody>
        <tr>
          {LEVELS.map((level, index) => {
            const count = counts[index] ?? 0;
            return (
              <td key={level}>
                <span>{count}</span>
                <i data-level={level} style={{ height: `${(100 * count) / most}%` }} />
              </td>
            );
          })}
        </tr>
      </tbody>
      <tfoot>
        <tr>
          {LEVELS.map((level) => (
            <th key={level} scope="col">
              <span className="visually-hidden">Level </span>
              {level}
            </th>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}
