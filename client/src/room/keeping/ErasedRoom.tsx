import { Link } from "@tanstack/react-router";
import type { SeatRole } from "@whetstone/shared/room/seats/commands";
import { useEffect } from "react";
import { forgetWords } from "../../browser/remembered.ts";
import { Message } from "../../ui/Message.tsx";
import styles from "./ErasedRoom.module.css";
import { TrailList } from "./TrailList.tsx";

interface ErasedRoomProps {
  readonly roomId: string;
  readonly role: SeatRole;
  readonly token: string;
}

/** What is left of a room that was erased: for its host, who had it. */
export default function ErasedRoom({ roomId, role, token }: ErasedRoomProps) {
  useEffect(() => forgetWords(roomId), [roomId]);
  return (
    <Message title="What was written here has been erased" actions={<Link to="/">Your rooms</Link>}>
      <p>Names, questions, answers, notes and scorecards of this room are gone, and no backup brings them back.</p>
      {role === "host" && (
        <section className={styles.trail} aria-labelledby="trail">
          <h2 id="trail">Who had it</h2>
          <TrailList token={token} />
        </section>
      )}
    </Message>
  );
}
