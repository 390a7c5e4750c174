import type { PeersView } from "@whetstone/shared/room/view/peers";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { OwnAnswers } from "../candidate/OwnAnswers.tsx";
import { Frame } from "../frame/Frame.tsx";
import { Erase } from "../keeping/Erase.tsx";
import { Review } from "./alone/Review.tsx";
import { Uncover } from "./alone/Uncover.tsx";
import { Giving } from "./giving/Giving.tsx";
import { LetGo } from "./giving/LetGo.tsx";
import { Received } from "./giving/Received.tsx";
import styles from "./PeerEnding.module.css";
import { Side } from "./Side.tsx";
import type { PeerView } from "./view.ts";

interface EndingProps {
  readonly view: PeerView;
  readonly peers: PeersView;
}

/** When all rounds are over: what each says of the others, and then what the others said; alone, one's own answers. */
export function PeerEnding({ view, peers }: EndingProps) {
  if (peers.people === 1)
    return view.role === "host" ? <Review view={view} peers={peers} /> : <Uncover peers={peers} />;
  return <Together view={view} peers={peers} />;
}

function Together({ view, peers }: EndingProps) {
  const { seatId } = view.you;
  const isOpen = peers.received !== null;
  const title = isOpen ? "What you were given" : "What you say of each other";
  return (
    <Frame
      title={title}
      lead={
        isOpen
          ? "Everybody has let go, and this is what the others wrote for you."
          : `${peers.people === 2 ? "Both" : "All of it"} is sealed: nobody sees it before all of you have let go, and then all see it at once.`
      }
      isColumn
      leadsHome
    >
      <title>{`${title} · Whetstone`}</title>
      {isOpen ? (
        <>
          <Received peers={peers} seatId={seatId} />
          <Giving peers={peers} />
        </>
      ) : (
        <>
          <Giving peers={peers} />
          <LetGo peers={peers} seatId={seatId} />
          <OwnAnswers title={view.room.title} asks={ownAsks(peers)} />
        </>
      )}
      <Side view={view} peers={peers} />
      <footer className={styles.kept}>
        <p>
          <b>What was written here:</b> <KeptUntil at={view.room.keptUntil} by="one of you" />
        </p>
        {isOpen && <Erase words={ERASING} />}
      </footer>
    </Frame>
  );
}

const ownAsks = ({ past }: PeersView) => past.flatMap((round) => (round.you === "answered" ? round.asks : []));

const ERASING = {
  what: "Names, questions, answers, notes, messages, and what you said of each other.",
  consequence:
    "You all lose it at once. What each of you has taken away as a file, and the history in your browser, stays where it is.",
};
