import { ACCEPT_WITHIN } from "@whetstone/shared/practice/matching/state";
import type { SeekerView } from "@whetstone/shared/practice/matching/view";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { clockText } from "../../words.ts";
import { LEVEL_WORDS } from "../start/wishes.ts";
import styles from "./Offer.module.css";

type OfferView = Extract<SeekerView, { kind: "offered" }>;

interface OfferProps {
  readonly offer: OfferView;
  /** The server's time in milliseconds since 1970. */
  readonly now: number;
  /** Names of topics by their identifier. */
  readonly topicName: (id: string) => string;
  readonly onAccept: () => Promise<string | null>;
  readonly onDecline: () => Promise<string | null>;
}

/** Somebody who fits is there: half a minute to say yes. */
export function Offer({ offer, now, topicName, onAccept, onDecline }: OfferProps) {
  const { accepted, common, endsAt } = offer;
  const [refused, setRefused] = useState<string | null>(null);
  const act = async (doing: Promise<string | null>) => setRefused(await doing);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const left = Math.max(0, endsAt - now);
  const shared = [
    ...common.levels.map((level) => LEVEL_WORDS[level]),
    ...common.topics.map(topicName),
    ...common.minutes.map((minutes) => `2 × ${minutes} minutes`),
  ];
  return (
    <section className={styles.offer} aria-labelledby="offer">
      <div className={styles.head}>
        <h2 id="offer" ref={heading} tabIndex={-1}>
          {accepted ? "You accepted. Waiting for the other." : "Somebody fits"}
        </h2>
        <p role="timer" aria-label="Time to accept" className={styles.left}>
          {clockText(left)}
        </p>
      </div>
      <div className={styles.bar} aria-hidden="true">
        <i style={{ inlineSize: `${(left / ACCEPT_WITHIN) * 100}%` }} />
      </div>
      <p>
        {shared.length > 0
          ? `You both want: ${shared.join(", ")}.`
          : "You share the language, and both of you have let go of the rest."}{" "}
        Names are told once both of you have accepted.
      </p>
      {!accepted && (
        <div className={styles.actions}>
          <Button look="primary" large onClick={() => void act(onAccept())}>
            Accept
          </Button>
          <Button large onClick={() => void act(onDecline())}>
            Not this one
          </Button>
        </div>
      )}
      <p className={styles.note}>
        {accepted
          ? "If they do not, you are at the head of the list again."
          : "Unanswered, it takes you out of the list. “Not this one” keeps your place, and you two are not brought together again."}
      </p>
      {refused !== null && <p role="alert">{refused}</p>}
    </section>
  );
}
