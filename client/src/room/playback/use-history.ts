import type { Refusal } from "@whetstone/shared/room/refusal";
import type { DocumentName } from "@whetstone/shared/workspace/name";
import { useEffect, useState } from "react";
import { useRoomContext } from "../store/context.tsx";
import { Pauses } from "../store/pauses.ts";
import type { RoomStore } from "../store/store.ts";
import { type History, type Read, readInto } from "./reading.ts";

export type Standing<Of extends History> =
  | { readonly state: "reading"; readonly share: number }
  | { readonly state: "away" }
  | { readonly state: "refused"; readonly refusal: Refusal }
  | { readonly state: "read"; readonly read: Read<Of> };

/** How a document of an ask came to be, read for as long as the component shows it into what `begin` makes, which stays the same. */
export function useHistory<Of extends History>({ askId, part }: DocumentName, begin: () => Of): Standing<Of> {
  const { store } = useRoomContext();
  const [standing, setStanding] = useState<Standing<Of>>({ state: "reading", share: 0 });
  useEffect(() => {
    const isOver = new AbortController();
    const pauses = new Pauses(Math.random);
    setStanding({ state: "reading", share: 0 });
    void readInto(begin(), {
      name: { askId, part },
      line: store.documents,
      onProgress: (share) => setStanding(share === null ? { state: "away" } : { state: "reading", share }),
      pause: (isAway) => again(store, pauses, isAway, isOver.signal),
      isOver: () => isOver.signal.aborted,
    }).then((read) => {
      if (read) setStanding("reason" in read ? { state: "refused", refusal: read } : { state: "read", read });
    });
    return () => isOver.abort();
  }, [store, askId, part, begin]);
  return standing;
}

/** Waits for a while, or where the server is away until it is back. */
function again(store: RoomStore, pauses: Pauses, isAway: boolean, isOver: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isAway && store.getSnapshot().connection === "connected" && !wasConnected) done();
    };
    const wasConnected = store.getSnapshot().connection === "connected";
    const forget = store.subscribe(look);
    const timer = setTimeout(done, pauses.next());
    isOver.addEventListener("abort", done);
    function done() {
      forget();
      clearTimeout(timer);
      isOver.removeEventListener("abort", done);
      resolve();
    }
  });
}
