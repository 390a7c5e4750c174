import { hourOfWeek, type UsualWait } from "@whetstone/shared/practice/matching/usual";
import styles from "./UsualWaits.module.css";
import { DAY_NAMES, localHour, usualNow, waitText } from "./words.ts";

interface UsualWaitsProps {
  readonly usual: readonly UsualWait[];
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly zone: string;
}

const SHORTEST = 3;

/** How long people usually wait, by hour of the week on one's own clock: in words, and as a week at a glance. */
export function UsualWaits({ usual, now, zone }: UsualWaitsProps) {
  if (usual.length === 0) {
    return (
      <p className={styles.none}>
        How long people usually wait stands here once enough have found each other; of fewer than five in an hour
        nothing is said.
      </p>
    );
  }
  const here = usual.map((wait) => ({ ...wait, ...localHour(wait.hour, zone, now) }));
  const at = usualNow(usual, hourOfWeek(now));
  const shortest = here.toSorted((one, other) => one.medianMs - other.medianMs).slice(0, SHORTEST);
  const longest = Math.max(...here.map(({ medianMs }) => medianMs), 1);
  return (
    <section className={styles.usual} aria-labelledby="usual">
      <h2 id="usual">How long people wait</h2>
      <p>
        {at
          ? `At this hour, usually ${waitText(at.medianMs)}. `
          : "At this hour too few have found each other to say. "}
        Shortest:{" "}
        {shortest.map(({ day, hour, medianMs }) => `${DAY_NAMES[day]} ${hour}:00, ${waitText(medianMs)}`).join("; ")}.
      </p>
      <div className={styles.week} aria-hidden="true">
        {DAY_NAMES.map((name, day) => (
          <div key={name} className={styles.day}>
            <span>{name}</span>
            {HOURS.map((hour) => {
              const wait = here.find((one) => one.day === day && one.hour === hour);
              return (
                <i
                  key={hour}
                  data-known={wait !== undefined}
                  title={wait ? `${name} ${hour}:00: ${waitText(wait.medianMs)}` : undefined}
                  style={wait && { opacity: 1 - 0.75 * (wait.medianMs / longest) }}
                />
              );
            })}
          </div>
        ))}
        <div className={styles.clock}>
          <span />
          {[0, 6, 12, 18].map((hour) => (
            <small key={hour}>{hour}:00</small>
          ))}
        </div>
      </div>
      <p className={styles.legend} aria-hidden="true">
        The darker, the shorter the wait. Times of {zone.replaceAll("_", " ")}.
      </p>
    </section>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
