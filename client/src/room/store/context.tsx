import type { Command } from "@whetstone/shared/room/command";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { newId } from "../../browser/ids.ts";
import { followNetwork } from "../../browser/network.ts";
import { announceNewVersion } from "../../browser/new-version.ts";
import { browserStorage } from "../../browser/storage.ts";
import { forgetUnsaved, savesBy, tellUnsaved } from "../../browser/unsaved.ts";
import { takeWelcome } from "../../browser/welcome.ts";
import { allSaved } from "./all-saved.ts";
import { openSocket } from "./socket.ts";
import { type RoomSnapshot, RoomStore } from "./store.ts";

interface RoomContextValue {
  readonly store: RoomStore;
  readonly roomId: string;
  readonly token: string;
}

const RoomContext = createContext<RoomContextValue | null>(null);

/** Opens the room's store for a seat and closes it with the page. */
export function RoomProvider({ roomId, token, children }: { roomId: string; token: string; children: ReactNode }) {
  const [store, setStore] = useState<RoomStore | null>(null);
  useEffect(() => {
    const socket = openSocket(token);
    const opened = new RoomStore({
      roomId,
      connect: () => socket,
      first: takeWelcome(token),
      storage: browserStorage,
      now: () => performance.timeOrigin + performance.now(),
      random: Math.random,
      newId,
    });
    const forgetNetwork = followNetwork(socket, { onJump: () => opened.clock.relearn() });
    const flush = () => opened.flush();
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("pagehide", flush);
    const forgetStore = followUnsaved(opened, roomId);
    const followVersion = opened.subscribe(() => {
      if (opened.getSnapshot().connection === "outdated") announceNewVersion();
    });
    setStore(opened);
    return () => {
      followVersion();
      document.removeEventListener("visibilitychange", flush);
      window.removeEventListener("pagehide", flush);
      forgetStore();
      forgetNetwork();
      opened.close();
    };
  }, [roomId, token]);
  return store && <RoomContext value={{ store, roomId, token }}>{children}</RoomContext>;
}

/** Tells whoever leaves the page of what the server has not acknowledged, for as long as this page speaks for the seat. */
function followUnsaved(store: RoomStore, roomId: string): () => void {
  const place = `outbox.${roomId}`;
  const look = () => {
    const { unsaved, lost, unkept } = store.getSnapshot();
    tellUnsaved(place, unsaved > 0 && (lost === null || unkept !== ""));
  };
  const forget = store.subscribe(look);
  const forgetSaver = savesBy(place, () =>
    store.getSnapshot().connection === "connected" ? allSaved(store) : Promise.resolve(),
  );
  return () => {
    forget();
    forgetSaver();
    forgetUnsaved(roomId);
  };
}

export function useRoomContext(): RoomContextValue {
  const context = useContext(RoomContext);
  if (!context) throw new Error("A room's component stands outside its RoomProvider.");
  return context;
}

export function useRoom(): RoomSnapshot {
  const { store } = useRoomContext();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

export const useSend = (): ((command: Command) => void) => useRoomContext().store.send;

/** Whether the server's time is known yet; until then no timer can be shown. */
export function useClockIsKnown(): boolean {
  const { clock } = useRoomContext().store;
  const [known, setKnown] = useState(clock.isKnown);
  useEffect(() => {
    if (known) return;
    const timer = setInterval(() => setKnown(clock.isKnown), 30);
    return () => clearInterval(timer);
  }, [clock, known]);
  return known;
}

/** The server's time in milliseconds since 1970, read anew several times a second. */
export function useServerNow(): number {
  const { clock } = useRoomContext().store;
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 200);
    return () => clearInterval(timer);
  }, [clock]);
  return now;
}

/** Does something as soon as the room is connected again. */
export function useReconnected(act: (() => void) | null): void {
  const { connection } = useRoom();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (connection === "connected") latest.current?.();
  }, [connection]);
}
