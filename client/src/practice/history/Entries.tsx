import { scoreOf } from "@whetstone/shared/practice/history/answers";
import type { PracticeRecord } from "@whetstone/shared/practice/history/record";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Section } from "../../ui/Section.tsx";
import { dayText, plural, scoreText } from "../../words.ts";
import styles from "./Entries.module.css";
import { KIND_NAMES, levelText } from "./sentences.ts";

/** How many are shown at first. */
const FIRST = 12;

/** Everything in its order, the latest first: each opens to its ratings and key points. */
export function Entries({ entries }: { entries: readonly PracticeRecord[] }) {
  const [isAll, setAll] = useState(false);
  const latest = entries.toReversed();
  return (
    <Section title="Everything" hint={plural(entries.length, "entry", "entries")}>
      <ul className={styles.entries}>
        {(isAll ? latest : latest.slice(0, FIRST)).map((entry) => (
          <Entry key={entry.entryId} entry={entry} isRedone={entries.some(({ redoOf }) => redoOf === entry.entryId)} />
        ))}
      </ul>
      {!isAll && latest.length > FIRST && (
        <Button onClick={() => setAll(true)} className={styles.all ?? ""}>
          Show all {latest.length}
        </Button>
      )}
    </Section>
  );
}

function Entry({ entry, isRedone }: { entry: PracticeRecord; isRedone: boolean }) {
  const score = scoreOf(entry);
  const about = [
    dayText(entry.at),
    KIND_NAMES[entry.kind],
    entry.partnerName && `with ${entry.partnerName}`,
    entry.redoOf !== null && "answered again",
    isRedone && "redone since",
  ];
  return (
    <li>
      <details>
        <summary>
          <ChevronRight size={14} aria-hidden />
          <span>
            <b>{entry.title}</b>
            <small>{about.filter(Boolean).join(" · ")}</small>
          </span>
          <b className={styles.score}>{score === null ? "not rated" : scoreText(score)}</b>
        </summary>
        <Details entry={entry} />
      </details>
    </li>
  );
}

function Details({ entry: { topic, level, minutes, ratings, heard, missed, compacted } }: { entry: PracticeRecord }) {
  const about = [topic, levelText(level), `${minutes} min`].filter((part) => part !== null);
  return (
    <div className={styles.details}>
      <p>{about.join(" · ")}</p>
      {ratings.length > 0 && (
        <ul>
          {ratings.map((rating) => (
            <li key={rating.criterionId}>
              {rating.name || "A criterion"}: <b>{rating.level ?? "not rated"}</b>
            </li>
          ))}
        </ul>
      )}
      <KeyPoints name="Said" points={heard} />
      <KeyPoints name="Missed" points={missed} />
      {compacted && <p>Key points and names went to make room.</p>}
    </div>
  );
}

function KeyPoints({ name, points }: { name: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <>
      <h3>{name}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}
