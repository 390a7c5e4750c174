import type { DebriefPair } from "@whetstone/shared/debrief";
import { Section } from "../../ui/Section.tsx";
import type { RaterSign } from "../../ui/signs.ts";
import { plural, scoreText } from "../../words.ts";
import styles from "./PairSection.module.css";
import { Name, Sign } from "./Sign.tsx";
import { equalSentence, leaningOf } from "./sentences.ts";

interface PairSectionProps {
  readonly pairs: readonly DebriefPair[];
  readonly signs: readonly RaterSign[];
}

/** Who differs from whom and by how much, the furthest apart first. */
export function PairSection({ pairs, signs }: PairSectionProps) {
  const signOf = (seatId: string) => signs.find((sign) => sign.seatId === seatId);
  return (
    <Section title="Who differs from whom">
      {pairs.length === 0 ? (
        <p className={styles.quiet}>Only one scorecard is open here, so there is nobody to compare with.</p>
      ) : (
        <ul className={styles.pairs}>
          {pairs
            .toSorted((one, other) => other.apart - one.apart)
            .map((pair) => {
              const [one, other] = [signOf(pair.one), signOf(pair.other)];
              return one && other && <Pair key={`${pair.one}/${pair.other}`} pair={pair} one={one} other={other} />;
            })}
        </ul>
      )}
    </Section>
  );
}

/** As far as two levels can be apart. */
const FURTHEST = 3;

function Pair({ pair, one, other }: { pair: DebriefPair; one: RaterSign; other: RaterSign }) {
  const leaning = leaningOf(pair);
  const nameOf = (seatId: string) => <bdi>{(seatId === one.seatId ? one : other).name}</bdi>;
  return (
    <li>
      <h3>
        <Sign sign={one} />
        <Sign sign={other} />
        <span>
          <Name sign={one} /> and <Name sign={other} />
        </span>
      </h3>
      {pair.shared === 0 ? (
        <p>They rated nothing in common.</p>
      ) : (
        <>
          <div className={styles.bar} aria-hidden>
            <i style={{ "--share": `${(pair.apart / FURTHEST) * 100}%` }} />
          </div>
          <p>
            <b>{scoreText(pair.apart)} apart</b> on average over {plural(pair.shared, "rating")}.{" "}
            {leaning ? (
              <>
                {nameOf(leaning.lower)} rates {leaning.by} lower than {nameOf(leaning.higher)}.
              </>
            ) : (
              "Neither rates lower than the other."
            )}{" "}
            {equalSentence(pair)}
          </p>
        </>
      )}
    </li>
  );
}
