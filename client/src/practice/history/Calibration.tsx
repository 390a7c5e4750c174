import { LEVELS } from "@whetstone/shared/bank";
import { calibrationOf, type RatedTwice } from "@whetstone/shared/practice/history/comparing";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { Section } from "../../ui/Section.tsx";
import { dayText, scoreText } from "../../words.ts";
import styles from "./Calibration.module.css";
import { calibrationText } from "./sentences.ts";

/** How many pairs are drawn; the sentence counts all of them. */
const DRAWN = 10;

/** One's own ratings beside a partner's of the same questions; drawn only where there are enough to say something. */
export function Calibration({ entries }: { entries: readonly PracticeRecord[] }) {
  const calibration = calibrationOf(entries);
  return (
    <Section title="How you rate yourself">
      <p className={styles.said}>{calibrationText(calibration)}</p>
      {calibration.enough && <Pairs pairs={calibration.pairs.slice(-DRAWN).toReversed()} />}
      {calibration.enough && calibration.pairs.length > DRAWN && (
        <p className={styles.more}>These are the latest {DRAWN}.</p>
      )}
    </Section>
  );
}

function Pairs({ pairs }: { pairs: readonly RatedTwice[] }) {
  return (
    <table className={styles.pairs}>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col" className={styles.picture}>
            <span aria-hidden>1 to 4</span>
            <span className="visually-hidden">Picture</span>
          </th>
          <th scope="col">
            <i className={styles.own} aria-hidden /> You
          </th>
          <th scope="col">
            <i className={styles.partner} aria-hidden /> Partner
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ questionId, title, at, own, partner }) => (
          <tr key={`${questionId} ${at}`}>
            <th scope="row">
              {title} <small>{dayText(at)}</small>
            </th>
            <td className={styles.picture}>
              <Scale own={own} partner={partner} />
            </td>
            <td>{scoreText(own)}</td>
            <td>{scoreText(partner)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const placeOf = (score: number): string => `${(100 * (score - 1)) / (LEVELS.length - 1)}%`;

/** Both on the scale from 1 to 4; the numbers beside it say the same. */
function Scale({ own, partner }: Pick<RatedTwice, "own" | "partner">) {
  const [low, high] = [Math.min(own, partner), Math.max(own, partner)];
  return (
    <span className={styles.scale} aria-hidden>
      {LEVELS.map((level) => (
        <i key={level} className={styles.tick} style={{ left: placeOf(level) }} />
      ))}
      <i className={styles.between} style={{ left: placeOf(low), right: `calc(100% - ${placeOf(high)})` }} />
      <i className={styles.partner} style={{ left: placeOf(partner) }} />
      <i className={styles.own} style={{ left: placeOf(own) }} />
    </span>
  );
}
