import { LEVELS } from "@whetstone/shared/bank";
import { type Distribution, givenAndReceived } from "@whetstone/shared/practice/history/comparing";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { Section } from "../../ui/Section.tsx";
import styles from "./GivenReceived.module.css";
import { givenReceivedText } from "./sentences.ts";

/** How often one gave each level to others, beside how often partners gave it. */
export function GivenReceived({ entries }: { entries: readonly PracticeRecord[] }) {
  const { given, received } = givenAndReceived(entries);
  return (
    <Section title="What you give beside what you receive">
      <p className={styles.said}>{givenReceivedText(given, received)}</p>
      {given.total + received.total > 0 && (
        <table className={styles.sides}>
          <caption className="visually-hidden">How many ratings are at each level</caption>
          <thead>
            <tr>
              <th scope="col">You gave</th>
              <th scope="col">
                <span className="visually-hidden">Level</span>
              </th>
              <th scope="col">You received</th>
            </tr>
          </thead>
          <tbody>
            {LEVELS.toReversed().map((level) => (
              <tr key={level} data-level={level}>
                <Side side="given" distribution={given} index={level - 1} />
                <th scope="row">{level}</th>
                <Side side="received" distribution={received} index={level - 1} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

interface SideProps {
  readonly side: "given" | "received";
  readonly distribution: Distribution;
  readonly index: number;
}

/** The bar is the share of its own side, so that many ratings and few can stand beside each other. */
function Side({ side, distribution: { counts, total }, index }: SideProps) {
  const count = counts[index] ?? 0;
  return (
    <td data-side={side}>
      <span className={styles.side}>
        {count > 0 && <i style={{ width: `${(100 * count) / total}%` }} />}
        <span>{count}</span>
      </span>
    </td>
  );
}
