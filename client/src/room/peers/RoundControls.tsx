import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Check } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { useRoom, useRoomContext, useSend } from "../store/context.tsx";
import { namesOf } from "./names.ts";
import styles from "./RoundControls.module.css";
import type { PeerView } from "./view.ts";

/** What moves a round of peers on: it ends with its time, or earlier where all of them say that they are done. */
export function RoundControls({ view, peers }: { view: PeerView; peers: PeersView }) {
  const send = useSend();
  const { store } = useRoomContext();
  const { pending } = useRoom();
  const { seatId } = view.you;
  const roundId = peers.rounds.find(({ phase }) => phase === "now")?.roundId ?? 1;
  const isDone = peers.ready.includes(seatId);
  const others = peers.ready.filter((id) => id !== seatId);
  const isPaused = view.room.phase === "paused";
  const done = () => {
    store.flush();
    send({ type: "ready", roundId, isReady: !isDone });
  };
  return (
    <span className={styles.controls}>
      {others.length > 0 && (
        <span role="status" className={styles.says}>
          {namesOf(others, peers)} {others.length === 1 ? "is" : "are"} done
        </span>
      )}
      {peers.people === 1 && peers.toAsk !== 0 && (
        <Button look="primary" disabled={isPaused || pending.has("askNext")} onClick={() => send({ type: "askNext" })}>
          {view.role === "candidate" && view.ask ? "Next question" : "First question"}
        </Button>
      )}
      <Button onClick={() => send({ type: isPaused ? "resume" : "pause" })}>{isPaused ? "Resume" : "Pause"}</Button>
      <Button aria-pressed={isDone} onClick={done} title={DONE_MEANS}>
        {isDone && <Check size={14} aria-hidden />} {isDone ? "You are done" : "Done"}
      </Button>
    </span>
  );
}

const DONE_MEANS = "The round ends when all of you are done, or with its time.";
