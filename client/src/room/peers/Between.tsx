import { remainingMs } from "@whetstone/shared/room/course/timer";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { Check } from "lucide-react";
import { Suspense } from "react";
import { Button } from "../../ui/Button.tsx";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { part } from "../../ui/Part.tsx";
import { clockText } from "../../words.ts";
import { Frame } from "../frame/Frame.tsx";
import { useRoom, useRoomContext, useSend, useServerNow } from "../store/context.tsx";
import { Ahead } from "./Ahead.tsx";
import styles from "./Between.module.css";
import { Company } from "./Company.tsx";
import { Course } from "./Course.tsx";
import { Dealing } from "./Dealing.tsx";
import { listed, nameOf, namesOf } from "./names.ts";
import { Side } from "./Side.tsx";
import type { PeerView } from "./view.ts";

const Giving = part(async () => (await import("./giving/Giving.tsx")).Giving);

interface BetweenProps {
  readonly view: PeerView;
  readonly peers: PeersView;
}

/** Before a round: who is there, how it goes, what one is going to ask; and between two, a breath that counts down. */
export function Between({ view, peers }: BetweenProps) {
  const title = peers.breathEndsAt === null ? view.room.title : "A breath";
  return (
    <Frame title={title} lead={nextWords(view, peers)} actions={<Begin view={view} peers={peers} />}>
      <title>{`${title} · Whetstone`}</title>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Dealing view={view} peers={peers} />
          <Ahead peers={peers} />
          {peers.past.length > 0 && (
            <Suspense fallback={null}>
              <section className={styles.giving} aria-labelledby="giving">
                <h2 id="giving">While it is fresh</h2>
                <p>You can write this now or after the last round. It is sealed until all of you have let go.</p>
                <Giving peers={peers} />
              </section>
            </Suspense>
          )}
        </div>
        <div className={styles.column}>
          <Company view={view} peers={peers} />
          <Course peers={peers} />
          <Side view={view} peers={peers} />
          <p className={styles.kept}>
            <b>What is written here:</b> <KeptUntil at={view.room.keptUntil} by="one of you" />
          </p>
        </div>
      </div>
    </Frame>
  );
}

/** What comes next for whoever reads it. */
function nextWords({ you }: PeerView, peers: PeersView): string {
  const round = peers.rounds.find(({ phase }) => phase === "now");
  if (!round) return waitingWords(peers);
  if (peers.people === 1) {
    return "The room asks, and nobody hears you but yourself: answer aloud as if somebody did, and write what helps.";
  }
  const when = round.roundId === 1 ? "first" : "now";
  if (round.asks === you.seatId) {
    return `You ask ${nameOf(round.asked, peers)} ${when}. Read your questions once; you need not know the answers by heart.`;
  }
  if (round.asked === you.seatId) {
    return `${nameOf(round.asks, peers)} asks you ${when}. There is nothing to prepare: think aloud, and ask back when something is unclear.`;
  }
  return `${nameOf(round.asks, peers)} asks ${nameOf(round.asked, peers)}. You listen, and rate what you hear by the anchors.`;
}

/** Before everybody has come nothing is dealt, so that there is nothing to read yet. */
function waitingWords({ opened, invited }: PeersView): string {
  const names = listed(invited.map(({ name }) => name));
  const what = opened
    ? `Send ${names} ${invited.length === 1 ? "the link" : "their links"}.`
    : `${names} ${invited.length === 1 ? "is" : "are"} not here yet.`;
  return `${what} The questions are dealt when everybody is here.`;
}

/** The round begins when everybody is ready; a breath also ends by itself. */
function Begin({ view, peers }: BetweenProps) {
  const send = useSend();
  const { store } = useRoomContext();
  const { seatId } = view.you;
  const roundId = peers.rounds.find(({ phase }) => phase === "now")?.roundId;
  const isReady = peers.ready.includes(seatId);
  const others = peers.order.filter((peer) => peer.seatId !== seatId);
  const waitedFor = others.filter((peer) => !peers.ready.includes(peer.seatId)).map((peer) => peer.seatId);
  if (roundId === undefined || peers.dealing.kind !== "dealt") return null;
  const toggle = () => {
    store.flush();
    send({ type: "ready", roundId, isReady: !isReady });
  };
  return (
    <div className={styles.begin}>
      {peers.breathEndsAt !== null && <Countdown endsAt={peers.breathEndsAt} roundId={roundId} />}
      <div className={styles.ready}>
        {others.length > 0 && (
          <p role="status">
            {waitedFor.length === 0
              ? `${namesOf(
                  others.map((peer) => peer.seatId),
                  peers,
                )} ${others.length === 1 ? "is" : "are"} ready`
              : isReady
                ? `Waiting for ${namesOf(waitedFor, peers)}`
                : ""}
          </p>
        )}
        <Button look={isReady ? "plain" : "primary"} large aria-pressed={isReady} onClick={toggle}>
          {isReady && <Check size={16} aria-hidden />}
          {isReady ? "You are ready" : others.length === 0 ? "Begin" : "I am ready"}
        </Button>
      </div>
    </div>
  );
}

function Countdown({ endsAt, roundId }: { endsAt: number; roundId: number }) {
  const now = useServerNow();
  const send = useSend();
  const { pending } = useRoom();
  const left = Math.max(0, remainingMs({ kind: "running", totalMs: 0, endsAt }, now));
  return (
    <p className={styles.countdown}>
      <span role="timer">
        <b>{clockText(left)}</b> until it begins
      </span>
      <Button
        look="quiet"
        disabled={pending.has("extendBreath")}
        onClick={() => send({ type: "extendBreath", roundId })}
      >
        One minute more
      </Button>
    </p>
  );
}
