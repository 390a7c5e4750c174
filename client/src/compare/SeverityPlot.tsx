import type { RaterSeverity } from "@whetstone/shared/agreement/raters";
import { plural } from "../words.ts";
import styles from "./SeverityPlot.module.css";
import { differenceText } from "./sentences.ts";

/** Half of a 95% interval, in standard errors. */
const INTERVAL = 1.96;

/** Each rater's leniency around the line of none, with its interval; the most severe first. */
export function SeverityPlot({ severity }: { severity: readonly RaterSeverity[] }) {
  const reach = Math.max(
    1,
    ...severity.map(({ leniency, standardError }) => Math.abs(leniency) + INTERVAL * (standardError ?? 0)),
  );
  const placeOf = (levels: number) => 50 + (50 * Math.max(-reach, Math.min(reach, levels))) / reach;
  const percent = (place: number) => `${place}%`;
  return (
    <ul className={styles.plot}>
      {severity
        .toSorted((one, other) => one.leniency - other.leniency)
        .map(({ rater, leniency, standardError, units }) => {
          const [low, high] = [-1, 1].map((side) => placeOf(leniency + side * INTERVAL * (standardError ?? 0)));
          return (
            <li key={rater}>
              <bdi>{rater}</bdi>
              <span className={styles.scale} aria-hidden>
                {standardError !== null && low !== undefined && high !== undefined && (
                  <i className={styles.interval} style={{ left: percent(low), width: percent(high - low) }} />
                )}
                <i className={styles.dot} style={{ left: percent(placeOf(leniency)) }} />
              </span>
              <b>{differenceText(leniency)} levels</b>
              <small>{plural(units, "criterion", "criteria")}</small>
            </li>
          );
        })}
    </ul>
  );
}
