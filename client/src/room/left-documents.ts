import { useEffect } from "react";
import { fetching } from "../browser/parts.ts";
import { useRoom, useRoomContext } from "./store/context.tsx";

const workspace = fetching(() => import("./workspace/open-documents.ts"));

/** Brings to the server what an earlier page of this seat wrote in documents and could not send, whether or not they are shown. */
export function useLeftDocuments(): void {
  const { store, roomId } = useRoomContext();
  const seatId = useRoom().view?.you.seatId;
  useEffect(() => {
    if (seatId === undefined || store.documents.unwritten.length === 0) return;
    // Where it cannot be fetched it stays kept, and is said to be unsaved.
    void workspace().then(
      ({ sendLeft }) => sendLeft(store, { roomId, seatId }),
      () => undefined,
    );
  }, [store, roomId, seatId]);
}
