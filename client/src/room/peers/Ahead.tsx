import type { PlanItem } from "@whetstone/shared/room/course/commands";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { useState } from "react";
import { useBankEntry } from "../../bank/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Markdown } from "../../ui/Markdown.tsx";
import { hasPanelPart, PanelWorkspace, SeenWorkspace } from "../../ui/WorkspaceShown.tsx";
import { useReconnected, useRoom, useRoomContext, useSend } from "../store/context.tsx";
import styles from "./Ahead.module.css";
import card from "./Card.module.css";
import { nameOf } from "./names.ts";

/** What one is going to ask, to read beforehand; whoever is asked sees none of it. */
export function Ahead({ peers }: { peers: PeersView }) {
  return peers.ahead.map(({ roundId, plan, maySwap }) => {
    const asked = nameOf(peers.rounds.find((round) => round.roundId === roundId)?.asked ?? null, peers);
    return (
      <section key={roundId} className={card.card}>
        <h2>
          What you ask {asked} <small>{asked} does not see it</small>
        </h2>
        <ol>
          {plan.map((item, index) => (
            <Item key={item.itemId} item={item} number={index + 1} roundId={roundId} maySwap={maySwap} />
          ))}
        </ol>
        <p className={styles.note}>
          {maySwap
            ? "You may swap one of them for another of its level, until the round begins."
            : "One was swapped, and one is all that can be."}
        </p>
      </section>
    );
  });
}

interface ItemProps {
  readonly item: PlanItem;
  readonly number: number;
  readonly roundId: number;
  readonly maySwap: boolean;
}

function Item({ item, number, roundId, maySwap }: ItemProps) {
  const send = useSend();
  const { pending } = useRoom();
  const [isOpen, setOpen] = useState(false);
  const about = [item.level, item.topic, `${item.minutes} min`].filter(Boolean).join(" · ");
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>
            <b>
              {number}. {item.title}
            </b>
            <small>{about}</small>
          </summary>
          {isOpen && <Question questionId={item.questionId} />}
        </details>
        {maySwap && (
          <Button
            look="quiet"
            disabled={pending.has("swapDealt")}
            aria-label={`Swap “${item.title}” for another`}
            onClick={() => send({ type: "swapDealt", roundId, itemId: item.itemId })}
          >
            Swap
          </Button>
        )}
      </div>
    </li>
  );
}

function Question({ questionId }: { questionId: string }) {
  const { token } = useRoomContext();
  const { data, error, refetch } = useBankEntry(questionId, token);
  useReconnected(error && (() => void refetch()));
  if (!data) return <p>{error?.message ?? "Loading…"}</p>;
  return (
    <div className={styles.question}>
      <Markdown text={data.prompt} />
      {data.workspace && <SeenWorkspace workspace={{ ...data.workspace, tests: [] }} />}
      <h3>A strong answer</h3>
      <ul>
        {data.strongAnswer.map((point) => (
          <li key={point}>
            <Markdown text={point} inline />
          </li>
        ))}
      </ul>
      {data.workspace && hasPanelPart(data.workspace) && (
        <>
          <h3>Tests</h3>
          <PanelWorkspace workspace={data.workspace} />
        </>
      )}
    </div>
  );
}
