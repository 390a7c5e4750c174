import { LEVELS } from "@whetstone/shared/bank";
import styles from "./LevelColumns.module.css";

const WIDTH = 104;
const STEP = WIDTH / LEVELS.length;
const BAR = 18;
const TALLEST = 26;
/** Above the tallest column there is room for its count, below all for the level. */
const ABOVE = 13;
const BELOW = 14;

interface LevelColumnsProps {
  /** How many ratings are at level 1, 2, 3 and 4. */
  readonly distribution: readonly number[];
}

/** How often each level was given: a column for each with its count. `LevelTable` says the same in words. */
export function LevelColumns({ distribution }: LevelColumnsProps) {
  const highest = Math.max(...distribution);
  const ground = ABOVE + TALLEST;
  return (
    <svg className={styles.columns} width={WIDTH} height={ground + BELOW} aria-hidden>
      <line x1={0} x2={WIDTH} y1={ground + 0.5} y2={ground + 0.5} />
      {LEVELS.map((level, index) => {
        const count = distribution[index] ?? 0;
        const height = highest === 0 ? 0 : (count / highest) * TALLEST;
        const middle = STEP * (index + 0.5);
        return (
          <g key={level} data-level={level}>
            <rect x={middle - BAR / 2} y={ground - height} width={BAR} height={height} rx={1.5} />
            {count > 0 && (
              <text x={middle} y={ground - height - 3}>
                {count}
              </text>
            )}
            <text className={styles.level} x={middle} y={ground + 12}>
              {level}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
