import { entriesOfRoom } from "@whetstone/shared/practice/history/of-room";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useEffect } from "react";
import { recordPractice } from "../../browser/practice-history.ts";
import { useRoomContext } from "../store/context.tsx";

/** Keeps in this browser how one was rated here and how one rated, as it is when the rounds are over. */
export function useRecordPractice(peers: PeersView, isOver: boolean): void {
  const { roomId } = useRoomContext();
  const { past, received, rounds, people } = peers;
  useEffect(() => {
    if (!isOver) return;
    const entries = entriesOfRoom({ past, received, rounds, people }, roomId, Date.now());
    if (entries.length > 0) recordPractice(entries);
  }, [roomId, isOver, past, received, rounds, people]);
}
