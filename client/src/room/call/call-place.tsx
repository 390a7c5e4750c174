import { meetingOf, whyNotInCall } from "@whetstone/shared/call/rules";
import type { View } from "@whetstone/shared/room/view/view";
import { ExternalLink, Phone } from "lucide-react";
import { createContext, type ReactNode, Suspense, useContext, useMemo, useState, useSyncExternalStore } from "react";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { part } from "../../ui/Part.tsx";
import { CaptionsButton } from "../captions/captions-place.tsx";
import { useRoom, useRoomContext } from "../store/context.tsx";
import styles from "./call-place.module.css";

// Nobody loads anything of a call who joins none.
const CallArea = part(async () => (await import("./CallArea.tsx")).default);

interface Door {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

const DoorContext = createContext<Door | null>(null);

/** What is around a room's pages, so that the call goes on from one to the next. */
export function CallPlace({ view, children }: { view: View; children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const [hasJoined, setHasJoined] = useState(false);
  const door = useMemo(() => {
    const close = () => {
      setIsOpen(false);
      setHasJoined(false);
    };
    return { isOpen, open: () => setIsOpen(true), close };
  }, [isOpen]);
  return (
    <DoorContext value={door}>
      {children}
      {isOpen && !isInLobby(view) && (
        <Suspense fallback={null}>
          <CallArea view={view} hasJoined={hasJoined} onJoin={() => setHasJoined(true)} onClose={door.close} />
        </Suspense>
      )}
    </DoorContext>
  );
}

/** Whoever was moved to the lobby is out of the call with all devices off, and in it again as before when they are let in. */
const isInLobby = (view: View): boolean => view.role === "candidate" && view.you.movedOutBy !== undefined;

/** To whoever was in the call and waits in the lobby. */
export function CallWaits() {
  const door = useContext(DoorContext);
  if (!door?.isOpen) return null;
  return (
    <>
      <p>Your camera and microphone are off. You are in the call again as soon as you are let in.</p>
      <Button className={styles.stay ?? ""} onClick={door.close}>
        Do not rejoin the call
      </Button>
    </>
  );
}

/** Whether one is in the call on this page, or about to join it. */
export const useIsCalling = (): boolean => useContext(DoorContext)?.isOpen ?? false;

/** The way into the call, and to what is said there as text. */
export const CallButton = () => (
  <>
    <CallDoor />
    <CaptionsButton isCalling={useIsCalling()} />
  </>
);

/** The way into the call, with who is in it; nothing where one may not be in it, where nobody else can be, and where one is. */
function CallDoor() {
  const door = useContext(DoorContext);
  const { view } = useRoom();
  const { call } = useRoomContext().store;
  const peers = useSyncExternalStore(call.subscribe, call.getSnapshot);
  const meeting = view && meetingOf(view);
  if (meeting) {
    // Peers have the way to theirs beside what they write to each other.
    if ("peers" in view && view.peers) return null;
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
const isAlone = (view: View): boolean => "peers" in view && view.peers?.people === 1;
