import type { PeersView } from "@whetstone/shared/room/view/peers";
import { MeetingLink } from "./line/MeetingLink.tsx";
import { TextLine } from "./line/TextLine.tsx";
import styles from "./Side.module.css";
import type { PeerView } from "./view.ts";

/** How peers reach each other beside the questions: a meeting elsewhere, and a line of text. */
export function Side({ view, peers }: { view: PeerView; peers: PeersView }) {
  if (peers.people === 1) return null;
  return (
    <div className={styles.side}>
      <MeetingLink peers={peers} />
      <TextLine peers={peers} seatId={view.you.seatId} isFoldedAtFirst />
    </div>
  );
}
