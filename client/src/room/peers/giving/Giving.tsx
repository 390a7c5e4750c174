import type { PeersView } from "@whetstone/shared/room/view/peers";
import { AsCandidate } from "./AsCandidate.tsx";
import { AsInterviewer } from "./AsInterviewer.tsx";
import styles from "./Giving.module.css";

/**
 * What the viewer says of others in the rounds that are over: of the answers where they asked or listened, and then, as that is up to
 * them, of how they were interviewed where they were asked. It saves itself as it is written, and is only read once it is let go.
 */
export function Giving({ peers }: { peers: PeersView }) {
  const { past } = peers;
  const rounds = [
    ...past.flatMap((round) =>
      round.you === "rated" ? <AsInterviewer key={round.roundId} peers={peers} round={round} /> : [],
    ),
    ...past.flatMap((round) =>
      round.you === "answered" ? <AsCandidate key={round.roundId} peers={peers} round={round} /> : [],
    ),
  ];
  if (peers.letGo === "not_yet") return <div className={styles.giving}>{rounds}</div>;
  return (
    <details className={styles.letGo}>
      <summary>{peers.letGo === "given" ? "What you gave" : "What you kept to yourself"}</summary>
      <div className={styles.giving}>{rounds}</div>
    </details>
  );
}
