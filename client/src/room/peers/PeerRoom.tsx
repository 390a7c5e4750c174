import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Suspense, useEffect, useReducer, useState } from "react";
import { Message } from "../../ui/Message.tsx";
import { MissingPage, part } from "../../ui/Part.tsx";
import { usePanelTold } from "../announced/panel-told.ts";
import { isInHand, onSheetLeft } from "../candidate/in-hand.ts";
import { Away } from "./Away.tsx";
import { Between } from "./Between.tsx";
import { useRememberHad, useTellHad } from "./had.ts";
import styles from "./PeerRoom.module.css";
import { RoundControls } from "./RoundControls.tsx";
import { useRecordPractice } from "./record.ts";
import { Side } from "./Side.tsx";
import type { PeerView } from "./view.ts";

// Whoever is asked loads nothing of what an interviewer reads.
const LiveRoom = part(async () => (await import("../live/LiveRoom.tsx")).LiveRoom, MissingPage);
const CandidateScreen = part(async () => (await import("../candidate/CandidateScreen.tsx")).default, MissingPage);
const Script = part(async () => (await import("./script/Script.tsx")).Script);
const PeerEnding = part(async () => (await import("./PeerEnding.tsx")).PeerEnding, MissingPage);

/** A room of people who practise: before each round, while it runs, and when all are over. */
export function PeerRoom({ view, peers }: { view: PeerView; peers: PeersView }) {
  usePanelTold(view.role === "candidate" ? null : view);
  useTellHad(peers);
  useRememberHad(view, peers);
  useRecordPractice(peers, view.room.phase === "ended" && (peers.people > 1 || view.role === "host"));
  const isLive = view.room.phase === "live" || view.room.phase === "paused";
  return (
    <div className={styles.room} data-fixed={isLive && view.role !== "candidate"}>
      {peers.rounds.length > 0 && view.room.phase !== "ended" && <Away view={view} peers={peers} />}
      <Suspense fallback={<Message title="One moment…" passing />}>
        <Phase view={view} peers={peers} />
      </Suspense>
    </div>
  );
}

/** What the candidate was shown last, while they are still writing on their sheet and the room has gone on to another page. */
function useStillWriting(view: PeerView): CandidateView | undefined {
  const isAsked = view.role === "candidate" && (view.room.phase === "live" || view.room.phase === "paused");
  const [last, setLast] = useState<CandidateView | undefined>();
  const [, look] = useReducer((count: number) => count + 1, 0);
  if (isAsked && view.role === "candidate" && last !== view) setLast(view);
  if (!isAsked && last !== undefined && !isInHand()) setLast(undefined);
  useEffect(
    () =>
      onSheetLeft(() => {
        setLast(undefined);
        look();
      }),
    [],
  );
  const isHeld = !isAsked && last !== undefined;
  // The others wait: whoever has stopped writing goes on with them.
  useEffect(() => {
    if (!isHeld) return;
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  }, [isHeld]);
  return isAsked ? undefined : last;
}

function Phase({ view, peers }: { view: PeerView; peers: PeersView }) {
  const last = useStillWriting(view);
  if (last) return <CandidateScreen last={last} />;
  switch (view.room.phase) {
    case "lobby":
      return <Between view={view} peers={peers} />;
    case "live":
    case "paused": {
      const controls = <RoundControls view={view} peers={peers} />;
      const side = <Side view={view} peers={peers} />;
      if (view.role === "candidate") return <CandidateScreen controls={controls} beside={side} />;
      return (
        <>
          <title>{`${view.room.title} · Whetstone`}</title>
          <LiveRoom
            view={view}
            controls={controls}
            above={view.role === "host" ? <Script view={view} /> : undefined}
            beneath={side}
          />
        </>
      );
    }
    case "ended":
      return <PeerEnding view={view} peers={peers} />;
    default:
      return view.room.phase satisfies never;
  }
}
