import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../../ui/Button.tsx";
import { Section } from "../../../ui/Section.tsx";
import { plural } from "../../../words.ts";
import { useStanding } from "../../saved/standing.ts";
import { useRoom, useSend } from "../../store/context.tsx";
import { ASKED_FOR, type Empty, emptyIn } from "./empty.ts";
import { Keep } from "./Keep.tsx";
import styles from "./LetGo.module.css";
import { othersIn } from "./rounds.ts";

interface LetGoProps {
  readonly peers: PeersView;
  /** The viewer's own. */
  readonly seatId: string;
}

/**
 * The end of giving, once the last round is over: what is still empty, the button that gives, and apart from it the one that keeps. After
 * that, for whom one waits. Nothing where there is nothing to let go.
 */
export function LetGo({ peers, seatId }: LetGoProps) {
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  const isLetGo = peers.letGo !== "not_yet";
  if (!isLetGo) wasOpen.current = true;
  useEffect(() => {
    // The button that was pressed is gone.
    if (isLetGo && wasOpen.current) place.current?.focus();
  }, [isLetGo]);
  const isOver = peers.rounds.length > 0 && peers.rounds.every(({ phase }) => phase === "over");
  if (peers.people === 1 || !isOver || peers.received) return null;
  const others = othersIn(peers, seatId);
  return (
    <div ref={place} tabIndex={-1} className={styles.place}>
      {isLetGo ? <Waiting peers={peers} others={others} /> : <Choosing peers={peers} others={others} />}
    </div>
  );
}

interface PartProps {
  readonly peers: PeersView;
  readonly others: readonly string[];
}

function Choosing({ peers, others }: PartProps) {
  const send = useSend();
  const busy = useRoom().pending.has("letGo");
  const [asking, setAsking] = useState<"not asked" | "asked" | "came back">("not asked");
  const empty = emptyIn(peers);
  const [other = "the other"] = others;
  return (
    <Section title={others.length === 1 ? `Give it to ${other}` : "Give it to the others"}>
      <div className={styles.parts}>
        <p>{sealedWords(peers, others)}</p>
        <StillEmpty empty={empty} />
        {asking === "asked" ? (
          <div className={styles.keeping}>
            <p>
              Nothing that you wrote or rated is shown to anybody, now or later. You still read what{" "}
              {others.length === 1 ? <bdi>{other}</bdi> : "the others"} may give you.
            </p>
            <div className={styles.actions}>
              <Button disabled={busy} onClick={() => send({ type: "letGo", gives: false })}>
                Keep all of it to myself
              </Button>
              <Button look="quiet" autoFocus onClick={() => setAsking("came back")}>
                Back
              </Button>
            </div>
          </div>
        ) : (
          <div className={styles.actions}>
            <Button look="primary" large disabled={busy} onClick={() => send({ type: "letGo", gives: true })}>
              Give it
            </Button>
            <Button
              look="quiet"
              className={styles.apart}
              autoFocus={asking === "came back"}
              onClick={() => setAsking("asked")}
            >
              Keep it to myself…
            </Button>
          </div>
        )}
        <small>After that nothing in it can be changed.</small>
      </div>
    </Section>
  );
}

function sealedWords({ othersLetGo }: PeersView, others: readonly string[]): string {
  const [other = "The other"] = others;
  const isLast = othersLetGo === others.length;
  if (others.length === 1) {
    return isLast
      ? `${other} is done. As soon as you are too, each of you reads what the other gave.`
      : `What you and ${other} wrote of each other is sealed. It opens to both of you at the same moment, once both are done.`;
  }
  return isLast
    ? "The others are done. As soon as you are too, everybody reads what they were given."
    : "What you wrote of each other is sealed. It opens to everybody at the same moment, once all are done.";
}

function StillEmpty({ empty }: { empty: readonly Empty[] }) {
  if (empty.length === 0) return <p className={styles.whole}>Everything is filled in.</p>;
  return (
    <div className={styles.empty}>
      <h3>Still empty, and it may stay so</h3>
      <ul>
        {empty.map(({ roundId, of, unrated, texts }) => (
          <li key={roundId}>
            <b dir="auto">For {of}:</b>{" "}
            {[
              ...texts.map((part) => `“${ASKED_FOR[part]}”`),
              ...(unrated > 0 ? [`${plural(unrated, "criterion", "criteria")} not rated`] : []),
            ].join(", ")}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Waiting({ peers: { letGo, othersLetGo }, others }: PartProps) {
  const [other = "the other"] = others;
  const { isAllSaved } = useStanding();
  return (
    <Section title={letGo === "given" ? "Given" : "Kept to yourself"}>
      <div className={styles.parts}>
        <p role="status">
          {others.length === 1
            ? `${other} is still writing. This page opens by itself as soon as they are done, for both of you at once.`
            : `${othersLetGo} of the ${others.length} others ${othersLetGo === 1 ? "is" : "are"} done. This page opens by itself when all are, for everybody at once.`}
        </p>
        <p className={styles.whole}>
          {letGo === "given" ? "" : "What you wrote stays with you. "}
          {isAllSaved
            ? "You can close this page meanwhile. Your link leads back here."
            : "Not everything is saved yet: please leave this page open."}
        </p>
        <Keep isOpen={false} />
      </div>
    </Section>
  );
}
