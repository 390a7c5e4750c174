import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Report } from "../../practice/find/Report.tsx";
import { MeetingLink } from "../call/meeting/MeetingLink.tsx";
import { useRoomContext } from "../store/context.tsx";
import { TextLine } from "./line/TextLine.tsx";
import styles from "./Side.module.css";
import type { PeerView } from "./view.ts";

/** How peers reach each other beside the questions: a meeting elsewhere, and a line of text. */
export function Side({ view, peers }: { view: PeerView; peers: PeersView }) {
  const { roomId } = useRoomContext();
  if (peers.people === 1) return null;
  return (
    <div className={styles.frame}>
      <div className={styles.side}>
        <MeetingLink meeting={peers.meeting} />
        <TextLine peers={peers} seatId={view.you.seatId} isFoldedAtFirst />
        <Report roomId={roomId} />
      </div>
    </div>
  );
}
