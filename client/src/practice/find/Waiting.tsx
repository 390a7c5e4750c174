import { limitedBy } from "@whetstone/shared/practice/matching/fit";
import { hourOfWeek } from "@whetstone/shared/practice/matching/usual";
import type { SeekerView } from "@whetstone/shared/practice/matching/view";
import type { Widening } from "@whetstone/shared/practice/matching/wishes";
import { useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { clockText, plural } from "../../words.ts";
import { NotifyMe } from "./notice.tsx";
import styles from "./Waiting.module.css";
import { DAY_NAMES, languageName, usualNow, WIDENING_NAMES, waitText } from "./words.ts";

type WaitingView = Extract<SeekerView, { kind: "waiting" }>;

interface WaitingProps {
  readonly view: WaitingView;
  /** The server's time in milliseconds since 1970. */
  readonly now: number;
  readonly onWiden: (by: Widening) => Promise<string | null>;
  readonly onLeave: () => Promise<string | null>;
}

/** Somebody waits: for how long already, who is there, and what would bring more. */
export function Waiting({ view, now, onWiden, onLeave }: WaitingProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const act = async (doing: Promise<string | null>) => setRefused(await doing);
  const limits = limitedBy(view.wishes);
  const letGo = view.letGo.filter((by) => limits.includes(by));
  // What brings somebody now stands first.
  const widenings = view.widenings
    .filter(({ by }) => limits.includes(by))
    .toSorted((one, other) => Number(other.more > 0) - Number(one.more > 0));
  return (
    <section className={styles.waiting} aria-labelledby="waiting">
      <div className={styles.head}>
        <h2 id="waiting">{view.isOpen ? "Looking for your partner" : "Waiting for your hours"}</h2>
        <p className={styles.since} role="timer" aria-label="How long you have looked">
          {clockText(Math.max(0, Math.floor((now - view.since) / 1000) * 1000))}
        </p>
      </div>
      <p role="status">{standing(view)}</p>
      {view.isOpen && <p className={styles.usual}>{usualText(view, now)}</p>}
      {!view.isOpen && view.wishes.when.kind === "hours" && <Hours wishes={view.wishes.when} />}
      {letGo.length > 0 && (
        <ul className={styles.gone}>
          {letGo.map((by) => (
            <li key={by}>{WIDENING_NAMES[by].gone}</li>
          ))}
        </ul>
      )}
      {widenings.length > 0 && (
        <div className={styles.widen}>
          <h3>What would widen the search</h3>
          <ul>
            {widenings.map(({ by, more: count }) => (
              <li key={by}>
                <Button onClick={() => void act(onWiden(by))}>{WIDENING_NAMES[by].name}</Button>
                <small>
                  {count > 0 ? `${plural(count, "more person", "more people")} would fit now` : "nobody more just now"}
                </small>
              </li>
            ))}
          </ul>
          <p className={styles.note}>After some minutes of waiting the search widens by itself.</p>
        </div>
      )}
      <div className={styles.actions}>
        <NotifyMe />
        <Button look="quiet" onClick={() => void act(onLeave())}>
          Stop looking
        </Button>
        {refused !== null && <p role="alert">{refused}</p>}
      </div>
    </section>
  );
}

/** Who is there and where one stands among them, without a promise. */
function standing({ isOpen, people, fitting, ahead, wishes }: WaitingView): string {
  if (!isOpen) return "You are brought together with somebody as soon as your hours begin, while this page is open.";
  const speak = `in ${languageName(wishes.language)}`;
  if (people === 0) return `Nobody else waits ${speak} just now. You are the first, and the next who fits is yours.`;
  const there = people === 1 ? `One other person waits ${speak}` : `${people} others wait ${speak}`;
  if (fitting === 0) return `${there}, and ${people === 1 ? "does not fit" : "none of them fits"} what you chose.`;
  const fit =
    fitting === people
      ? people === 1
        ? "and fits"
        : "and all fit"
      : `of whom ${fitting} ${fitting === 1 ? "fits" : "fit"}`;
  const place =
    ahead === 0
      ? "Nobody of them has waited longer than you."
      : `${plural(ahead, "has", "have")} waited longer than you.`;
  return `${there}, ${fit}. ${place}`;
}

function usualText({ usual }: WaitingView, now: number): string {
  const at = usualNow(usual, hourOfWeek(now));
  return at
    ? `At this hour of the week people usually wait ${waitText(at.medianMs)}.`
    : "How long people usually wait at this hour is not known yet.";
}

function Hours({ wishes: { hours, zone } }: { wishes: Extract<WaitingView["wishes"]["when"], { kind: "hours" }> }) {
  const clock = (minutes: number) => clockText(minutes * 60 * 1000).replace(/^(\d):/, "0$1:");
  return (
    <p className={styles.usual}>
      {hours.map(({ day, from, to }) => `${DAY_NAMES[day]} ${clock(from)} to ${clock(to)}`).join(", ")}, times of{" "}
      {zone.replaceAll("_", " ")}.
    </p>
  );
}
