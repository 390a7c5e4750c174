import type { PeersView } from "@whetstone/shared/room/view/peers";
import { AsCandidate } from "./AsCandidate.tsx";
import { AsInterviewer } from "./AsInterviewer.tsx";
import styles from "./Giving.module.css";

/**
 * What the viewer says of others, round by round as they are over: of the answers where they asked or listened, and of how they were
 * interviewed where they were asked. It saves itself as it is written, and is only read once it is let go.
 */
export function Giving({ peers }: { peers: PeersView }) {
  return (
    <div className={styles.giving}>
      {peers.past.map((round) =>
        round.you === "rated" ? (
          <AsInterviewer key={round.roundId} peers={peers} round={round} />
        ) : (
          <AsCandidate key={round.roundId} peers={peers} round={round} />
        ),
      )}
    </div>
  );
}
