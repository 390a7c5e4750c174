import { LEVELS } from "@whetstone/shared/bank";
import type { RaterSign } from "../../ui/signs.ts";
import { scoreText } from "../../words.ts";
import styles from "./DotStrip.module.css";
import { DOT, LEVEL_SCALE, levelDots, SCORE_SCALE, type Scale, scoreDots } from "./dots.ts";

interface StripProps {
  readonly signs: readonly RaterSign[];
  /** One for each rater, in their order. */
  readonly values: readonly (number | null)[];
}

/** The raters' levels of one criterion on the scale from 1 to 4. */
export function LevelStrip({ signs, values }: StripProps) {
  return <Strip signs={signs} scale={LEVEL_SCALE} dots={levelDots(values)} label={inWords(signs, values, String)} />;
}

/** The raters' scores of one competency on the scale from 1 to 4. */
export function ScoreStrip({ signs, values }: StripProps) {
  return <Strip signs={signs} scale={SCORE_SCALE} dots={scoreDots(values)} label={inWords(signs, values, scoreText)} />;
}

interface DrawnStripProps {
  readonly signs: readonly RaterSign[];
  readonly scale: Scale;
  readonly dots: ReturnType<typeof levelDots>;
  readonly label: string;
}

const MARGIN = 3;

function Strip({ signs, scale, dots: { height, axis, places }, label }: DrawnStripProps) {
  const whole = height + 2 * MARGIN;
  return (
    <svg
      className={styles.strip}
      width={scale.width}
      height={whole}
      viewBox={`0 ${-MARGIN} ${scale.width} ${whole}`}
      role="img"
      aria-label={label}
    >
      <line className={styles.axis} x1={scale.x(1)} x2={scale.x(4)} y1={axis} y2={axis} />
      {LEVELS.map((level) => (
        <line key={level} className={styles.tick} x1={scale.x(level)} x2={scale.x(level)} y1={0} y2={height} />
      ))}
      {signs.map(({ seatId, mark, own }, index) => {
        const place = places[index];
        return (
          place && (
            <g key={seatId} transform={`translate(${place.x} ${place.y})`} data-own={own}>
              <circle r={DOT / 2 - 1} />
              <text data-long={mark.length > 2} dy="0.35em">
                {mark}
              </text>
            </g>
          )
        );
      })}
    </svg>
  );
}

/** The four levels above the scale of a column of strips. */
export function ScaleHead({ of }: { of: "levels" | "scores" }) {
  const scale = of === "levels" ? LEVEL_SCALE : SCORE_SCALE;
  return (
    <svg className={styles.head} width={scale.width} height={16} role="img" aria-label="Scale from 1 to 4">
      {LEVELS.map((level) => (
        <text key={level} x={scale.x(level)} y={12}>
          {level}
        </text>
      ))}
    </svg>
  );
}

function inWords(
  signs: readonly RaterSign[],
  values: readonly (number | null)[],
  valueText: (value: number) => string,
): string {
  const said = signs.map(({ name }, index) => {
    const value = values[index] ?? null;
    return `${name} ${value === null ? "not rated" : valueText(value)}`;
  });
  return `On a scale from 1 to 4: ${said.join(", ")}`;
}
