import { LEVELS } from "@whetstone/shared/bank";
import { scoreText } from "../words.ts";
import styles from "./CompetencyStrip.module.css";
import type { CompetencyMark } from "./marks.ts";

/** Lengths in CSS pixels; where there is less room, the whole strip becomes smaller. */
const DOT = 16;
const INSET = 14;
const LEVEL = 92;
const WIDTH = 2 * INSET + (LEVELS.length - 1) * LEVEL;
const xOf = (score: number): number => INSET + (score - 1) * LEVEL;

interface CompetencyStripProps {
  readonly marks: readonly CompetencyMark[];
  /** One for each mark. */
  readonly scores: readonly (number | null)[];
}

/** One candidate's competencies on one scale from 1 to 4: each exactly at its score, some below others where they would overlap. */
export function CompetencyStrip({ marks, scores }: CompetencyStripProps) {
  const lanes = lanesOf(scores);
  const height = DOT * Math.max(1, ...lanes.map((lane) => (lane ?? 0) + 1));
  const said = marks.map(({ name }, index) => {
    const score = scores[index] ?? null;
    return `${name} ${score === null ? "not rated" : scoreText(score)}`;
  });
  return (
    <svg
      className={styles.strip}
      width={WIDTH}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`On a scale from 1 to 4: ${said.join(", ")}`}
    >
      <line x1={xOf(1)} x2={xOf(4)} y1={height / 2} y2={height / 2} />
      {LEVELS.map((level) => (
        <g key={level}>
          <line x1={xOf(level)} x2={xOf(level)} y1={0} y2={height} />
          <text className={styles.number} x={xOf(level)} y={height + 10}>
            {level}
          </text>
        </g>
      ))}
      {marks.map(({ name, letter, isFollowed }, index) => {
        const [score, lane] = [scores[index] ?? null, lanes[index] ?? null];
        if (score === null || lane === null) return null;
        return (
          <g
            key={name}
            className={styles.dot}
            data-followed={isFollowed}
            transform={`translate(${xOf(score)} ${(lane + 0.5) * DOT})`}
          >
            <circle r={DOT / 2 - 0.5} />
            <text dy="0.35em">{letter}</text>
          </g>
        );
      })}
    </svg>
  );
}

/** The four levels above a column of strips. */
export function ScaleHead() {
  return (
    <svg className={styles.strip} width={WIDTH} viewBox={`0 0 ${WIDTH} 12`} aria-hidden>
      {LEVELS.map((level) => (
        <text key={level} x={xOf(level)} y={10}>
          {level}
        </text>
      ))}
    </svg>
  );
}

/** The line in which each score stands, the fewest lines in which none touches another; null where there is no score. */
function lanesOf(scores: readonly (number | null)[]): (number | null)[] {
  const ends: number[] = [];
  const lanes: (number | null)[] = scores.map(() => null);
  const byScore = scores.flatMap((score, index) => (score === null ? [] : [{ x: xOf(score), index }]));
  for (const { x, index } of byScore.sort((one, other) => one.x - other.x)) {
    const free = ends.findIndex((end) => x - end >= DOT);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = x;
    lanes[index] = lane;
  }
  return lanes;
}
