import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useState } from "react";
import { WishesFields } from "../../practice/start/WishesFields.tsx";
import { LEVEL_WORDS } from "../../practice/start/wishes.ts";
import { Button } from "../../ui/Button.tsx";
import { plural } from "../../words.ts";
import { useRoom, useSend } from "../store/context.tsx";
import card from "./Card.module.css";
import styles from "./Dealing.module.css";
import type { PeerView } from "./view.ts";

/** Whether the questions are dealt, and where they cannot be, what is wanting and what would help. */
export function Dealing({ view, peers }: { view: PeerView; peers: PeersView }) {
  const mayWish = peers.opened && peers.breathEndsAt === null;
  const [isChoosing, setChoosing] = useState(false);
  const { dealing } = peers;
  const isShort = dealing.kind === "tooFew";
  if (dealing.kind === "dealt" && !mayWish) return null;
  return (
    <section className={card.card}>
      <h2>{isShort ? "There are too few questions" : "What is asked"}</h2>
      {dealing.kind === "waits" && <p>The questions are dealt when everybody is here.</p>}
      {dealing.kind === "tooFew" && (
        <Short dealing={dealing} peers={peers} mayWish={mayWish} host={hostOf(view, peers)} />
      )}
      {dealing.kind === "dealt" && (
        <p>
          {peers.people === 1 ? "Your questions are dealt." : "Dealt: every round has as many, of the same levels."}
        </p>
      )}
      {mayWish &&
        (isChoosing || isShort ? (
          <Choosing peers={peers} onDone={() => setChoosing(false)} isShort={isShort} />
        ) : (
          <Button look="quiet" className={styles.choose} onClick={() => setChoosing(true)}>
            Choose something else
          </Button>
        ))}
    </section>
  );
}

const hostOf = ({ you }: PeerView, { order }: PeersView): string =>
  order[0] && order[0].seatId !== you.seatId ? order[0].name : "you";

interface ShortProps {
  readonly dealing: Extract<PeersView["dealing"], { kind: "tooFew" }>;
  readonly peers: PeersView;
  readonly mayWish: boolean;
  readonly host: string;
}

function Short({ dealing, peers, mayWish, host }: ShortProps) {
  const wanting = dealing.levels
    .map(({ level, count }) => `${count} of ${LEVEL_WORDS[level].toLowerCase()}`)
    .join(", ");
  const total = dealing.levels.reduce((sum, { count }) => sum + count, 0);
  const helps = [
    dealing.topicsLeft > 0 &&
      peers.wishes.topics.length > 0 &&
      `all topics together have ${plural(dealing.topicsLeft, "question")} of that kind that nobody of you has had`,
    peers.wishes.levels.length < 4 && "another level beside this one",
    peers.wishes.minutes === 40 && "rounds of 25 minutes",
    peers.wishes.kitId !== null && "the whole bank in the place of the kit",
  ].filter(Boolean);
  return (
    <div role="status" className={styles.short}>
      <p>
        {plural(total, "question")} {total === 1 ? "is" : "are"} missing ({wanting}) that whoever is asked has not had
        yet.
      </p>
      <p>
        What would help: {helps.join("; ")}.{!mayWish && ` ${host} can choose.`}
      </p>
    </div>
  );
}

function Choosing({ peers, onDone, isShort }: { peers: PeersView; onDone: () => void; isShort: boolean }) {
  const send = useSend();
  const { pending } = useRoom();
  const [wishes, setWishes] = useState(peers.wishes);
  const deal = () => {
    send({ type: "wish", wishes });
    onDone();
  };
  return (
    <div className={styles.choosing}>
      <WishesFields wishes={wishes} people={peers.people} canRead onWish={setWishes} />
      <div className={styles.actions}>
        <Button look="primary" disabled={pending.has("wish")} onClick={deal}>
          Deal anew
        </Button>
        {!isShort && (
          <Button look="quiet" onClick={onDone}>
            Leave it
          </Button>
        )}
      </div>
    </div>
  );
}
