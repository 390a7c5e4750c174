import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useEffect, useState } from "react";
import { serverInfo } from "../../api/rooms.ts";
import { keepWishes, lastWishes } from "../../browser/practice-partners.ts";
import { hostKey } from "../../browser/remembered.ts";
import { wishesAgain } from "../../practice/find/again.ts";
import { openPractice } from "../../practice/start/opening.ts";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { useRoom, useRoomContext, useSend } from "../store/context.tsx";
import styles from "./Away.module.css";
import { namesOf } from "./names.ts";
import type { PeerView } from "./view.ts";

/** How long somebody may be gone before the others are asked what to do, in milliseconds: most come back by themselves. */
const GONE_MS = 20_000;

/** Where somebody has gone in the middle: to wait for them, with the clock standing still, or to go on alone. Their place is kept either way. */
export function Away({ view, peers }: { view: PeerView; peers: PeersView }) {
  const gone = useGone(view, peers);
  const send = useSend();
  const [waits, setWaits] = useState(false);
  const isGone = gone.length > 0;
  useEffect(() => {
    if (!isGone) setWaits(false);
  }, [isGone]);
  if (!isGone || waits) return null;
  const names = namesOf(gone, peers);
  const wait = () => {
    if (view.room.phase === "live") send({ type: "pause" });
    setWaits(true);
  };
  return (
    <section className={styles.away} aria-label={`${names} is away`}>
      <p role="status">
        <b>{names}</b> {gone.length === 1 ? "is" : "are"} away. Nothing is lost, and their place is kept.
      </p>
      <div className={styles.actions}>
        <Button look="primary" onClick={wait}>
          {view.room.phase === "live" ? "Wait, with the clock stopped" : "Wait"}
        </Button>
        <GoOnAlone view={view} peers={peers} />
        <FindAnother view={view} peers={peers} />
      </div>
    </section>
  );
}

/** Who is gone for a while; whoever has not come yet is not. */
function useGone({ you }: PeerView, { order }: PeersView): readonly string[] {
  const { present, connection } = useRoom();
  const missing = order.map(({ seatId }) => seatId).filter((id) => id !== you.seatId && !present.has(id));
  const key = connection === "connected" ? missing.join(" ") : "";
  const [gone, setGone] = useState("");
  useEffect(() => {
    setGone("");
    if (key === "") return;
    const timer = setTimeout(() => setGone(key), GONE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return gone.split(" ").filter(Boolean);
}

/** Opens a room for one, with the same wishes. This one stays as it is. */
function GoOnAlone({ view, peers }: { view: PeerView; peers: PeersView }) {
  const navigate = useNavigate();
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  const opening = useMutation({
    mutationFn: () => openPractice({ hostName: view.you.name, partners: [], wishes: peers.wishes }, hostKey()),
    onSuccess: (roomId) => void navigate({ to: "/room/$roomId", params: { roomId } }),
  });
  const mayOpen = info.data !== undefined && (!info.data.keyRequired || hostKey() !== null);
  if (!mayOpen) return null;
  return (
    <>
      <Button disabled={opening.isPending} onClick={() => opening.mutate()}>
        {opening.isPending ? "Opening…" : "Go on alone"}
      </Button>
      {opening.isError && <small role="alert">{opening.error.message}</small>}
    </>
  );
}

/** To somebody else for the rest, where people find each other here. This room and one's place in it stay as they are. */
function FindAnother({ view, peers }: { view: PeerView; peers: PeersView }) {
  const { roomId } = useRoomContext();
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  if (!info.data?.findsPartners || peers.people !== 2) return null;
  return (
    <Link
      to="/practice/find"
      search={{ after: roomId, first: stillToDo(view.you.seatId, peers) }}
      className={buttonClass()}
      onClick={() => keepWishes(wishesAgain(lastWishes(), peers.wishes))}
    >
      Find somebody else for the rest
    </Link>
  );
}

/** What one has not done yet; while it is under way, what one is at. */
function stillToDo(seatId: string, { rounds }: PeersView): "ask" | "answer" {
  const over = rounds.filter(({ phase }) => phase === "over");
  if (over.some(({ asks }) => asks === seatId)) return "answer";
  if (over.some(({ asked }) => asked === seatId)) return "ask";
  return rounds.find(({ phase }) => phase === "now")?.asks === seatId ? "ask" : "answer";
}
