import { maySend, whyNotInCall } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { newId } from "../../browser/ids.ts";
import { useRoomContext } from "../store/context.tsx";
import { Call, type Seen } from "./call.ts";
import { keepChosen, readChosen } from "./chosen.ts";
import { Levels } from "./levels.ts";
import { OwnMedia } from "./own-media.ts";
import type { After } from "./timers.ts";

const after: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};

/** One's own microphone and camera for as long as what uses them is shown. */
export function useOwnMedia(): OwnMedia | null {
  const [own, setOwn] = useState<OwnMedia | null>(null);
  useEffect(() => {
    // A page without https is given none.
    const source: MediaDevices | undefined = navigator.mediaDevices;
    const opened = new OwnMedia({ source, chosen: readChosen(), keep: keepChosen });
    setOwn(opened);
    return () => opened.close();
  }, []);
  return own;
}

/** How loud microphones are, for as long as what asks that is shown. */
export function useLevels(): Levels | null {
  const [levels, setLevels] = useState<Levels | null>(null);
  useEffect(() => {
    const opened = new Levels(new AudioContext());
    setLevels(opened);
    return () => opened.close();
  }, []);
  return levels;
}

/** The call for as long as it is shown: it is entered, and left with what shows it. */
export function useCall(view: View, own: OwnMedia, levels: Levels): Call | null {
  const { store } = useRoomContext();
  const [call, setCall] = useState<Call | null>(null);
  const { seatId } = view.you;
  useEffect(() => {
    const connect = (configuration: RTCConfiguration) => new RTCPeerConnection(configuration);
    const opened = new Call({ line: store.call, connect, after, levels, seatId, page: newId("k") });
    const send = () => opened.setTracks(own.getSnapshot().sent);
    const forget = own.subscribe(send);
    const online = () => opened.networkChanged();
    window.addEventListener("online", online);
    send();
    setCall(opened);
    return () => {
      window.removeEventListener("online", online);
      forget();
      opened.leave();
    };
  }, [store, own, levels, seatId]);
  const seen = useMemo(() => seenIn(view), [view]);
  const sends = maySend(view);
  useEffect(() => call?.see(seen, sends), [call, seen, sends]);
  return call;
}

/** Whom somebody can be connected to as far as this seat sees. */
function seenIn(view: View): Seen {
  if (whyNotInCall(view) !== null) return new Map();
  return new Map(
    view.people
      .filter((person) => person.seatId !== view.you.seatId && !("admitted" in person && !person.admitted))
      .map(({ seatId, role }) => [seatId, { sends: role !== "observer" && role !== "captioner" }]),
  );
}

/** The latest of what one can subscribe to. */
export const useLatest = <Snapshot>(source: {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => Snapshot;
}): Snapshot => useSyncExternalStore(source.subscribe, source.getSnapshot);
