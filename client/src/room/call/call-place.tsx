import { meetingOf, whyNotInCall } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { ExternalLink, Phone } from "lucide-react";
import { createContext, type ReactNode, Suspense, useContext, useMemo, useState, useSyncExternalStore } from "react";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { part } from "../../ui/Part.tsx";
import { useRoom, useRoomContext } from "../store/context.tsx";
import styles from "./call-place.module.css";

// Nobody loads anything of a call who joins none.
const CallArea = part(async () => (await import("./CallArea.tsx")).default);

interface Door {
  readonly isOpen: boolean;
  readonly open: () => void;
}

const DoorContext = createContext<Door | null>(null);

/** What is around a room's pages, so that the call goes on from one to the next. */
export function CallPlace({ view, children }: { view: View; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const door = useMemo(() => ({ isOpen, open: () => setIsOpen(true) }), [isOpen]);
  return (
    <DoorContext value={door}>
      {children}
      {isOpen && (
        <Suspense fallback={null}>
          <CallArea view={view} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </DoorContext>
  );
}

/** Whether one is in the call on this page, or about to join it. */
export const useIsCalling = (): boolean => useContext(DoorContext)?.isOpen ?? false;

/** The way into the call, with who is in it; nothing where one may not be in it, where nobody else can be, and where one is. */
export function CallButton() {
  const door = useContext(DoorContext);
  const { view } = useRoom();
  const { call } = useRoomContext().store;
  const peers = useSyncExternalStore(call.subscribe, call.getSnapshot);
  const meeting = view && meetingOf(view);
  if (meeting) {
    return (
      <a className={buttonClass()} href={meeting} target="_blank" rel="noopener noreferrer">
        <ExternalLink size={14} aria-hidden /> Join the meeting
      </a>
    );
  }
  if (!door || door.isOpen || !view || whyNotInCall(view) !== null || isAlone(view)) return null;
  const names = view.people.filter(({ seatId }) => peers.some((peer) => peer.seatId === seatId));
  const who = names.map(({ name }) => name).join(", ");
  return (
    <Button
      className={styles.door ?? ""}
      onClick={door.open}
      title={who === "" ? "Nobody is in the call" : `In the call: ${who}`}
    >
      <Phone size={14} aria-hidden /> Join the call
      {who !== "" && (
        <>
          <span className={styles.count} aria-hidden>
            {names.length}
          </span>
          <span className="visually-hidden">, in it: {who}</span>
        </>
      )}
    </Button>
  );
}

/** Whoever practises alone has nobody to call. */
const isAlone = (view: View): boolean => view.role !== "observer" && view.peers?.people === 1;
