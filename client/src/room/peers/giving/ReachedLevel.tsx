import { type Criterion, LEVELS, type Level } from "@whetstone/shared/bank";
import { Markdown } from "../../../ui/Markdown.tsx";
import styles from "./ReachedLevel.module.css";

/** A level, and who gave it. */
export interface Rating {
  readonly level: Level;
  readonly by: readonly string[];
}

interface ReachedLevelProps {
  readonly name: string;
  readonly anchors: Criterion["anchors"];
  /** From the lowest level to the highest, each once. */
  readonly ratings: readonly Rating[];
  readonly namesRaters: boolean;
}

/** A criterion with the level that was given, what that says, and what the next one sounds like. */
export function ReachedLevel({ name, anchors, ratings, namesRaters }: ReachedLevelProps) {
  const highest = ratings.at(-1)?.level;
  const next = highest === undefined || highest === 4 ? undefined : anchors[highest];
  return (
    <section className={styles.criterion} aria-label={name}>
      <h4>{name}</h4>
      {ratings.map(({ level, by }) => (
        <div key={level} className={styles.reached} data-level={level}>
          <p className={styles.level}>
            <span className={styles.pips} aria-hidden>
              {LEVELS.map((step) => (
                <i key={step} data-reached={step <= level} />
              ))}
            </span>
            Level {level} of 4{namesRaters && <small dir="auto">{by.join(", ")}</small>}
          </p>
          <Markdown text={anchors[level - 1] ?? ""} />
        </div>
      ))}
      {next !== undefined && (
        <div className={styles.next}>
          <small>What the next level sounds like</small>
          <Markdown text={next} />
        </div>
      )}
    </section>
  );
}
