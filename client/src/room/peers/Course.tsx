import type { PeerRound, PeersView } from "@whetstone/shared/room/view/peers";
import { elapsedText } from "../../words.ts";
import card from "./Card.module.css";
import styles from "./Course.module.css";
import { nameOf } from "./names.ts";

/** How the whole goes: who asks whom, one round after the other, each as long as the first. */
export function Course({ peers }: { peers: PeersView }) {
  if (peers.people === 1 || peers.rounds.length === 0) return null;
  return (
    <section className={card.card}>
      <h2>How it goes</h2>
      <ol>
        {peers.rounds.map((round) => (
          <li key={round.roundId} className={styles.round} data-phase={round.phase}>
            <b>{`${nameOf(round.asks, peers)} asks ${nameOf(round.asked, peers)}`}</b>
            <small>{when(round, peers)}</small>
          </li>
        ))}
      </ol>
      <p className={styles.then}>
        Between two rounds there is a breath. At the end each says what went well and what to try next, and it is shown
        to all at once.
      </p>
    </section>
  );
}

function when({ phase, tookMs }: PeerRound, { wishes, rounds }: PeersView): string {
  if (phase === "over") return `took ${elapsedText(tookMs ?? 0)}`;
  const first = rounds[0]?.tookMs ?? null;
  return first === null ? `${wishes.minutes} minutes` : "as long as the first";
}
