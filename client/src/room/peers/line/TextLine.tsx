import type { PeersView } from "@whetstone/shared/room/view/peers";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState } from "react";
import { useFolded } from "../../../browser/folded.ts";
import { newId } from "../../../browser/ids.ts";
import { Lines, type ShownLine } from "../../messages/Lines.tsx";
import { newestOf, unreadIn } from "../../messages/reading.ts";
import { useRead } from "../../messages/use-read.ts";
import { Writing } from "../../messages/Writing.tsx";
import { useRoomContext, useSend } from "../../store/context.tsx";
import styles from "./TextLine.module.css";

interface TextLineProps {
  readonly peers: Pick<PeersView, "line" | "order">;
  readonly seatId: string;
  /** Whether it is folded away until somebody unfolds it. */
  readonly isFoldedAtFirst?: boolean;
}

/** What peers write to each other beside what they say. */
export function TextLine({ peers, seatId, isFoldedAtFirst = false }: TextLineProps) {
  const { roomId } = useRoomContext();
  const send = useSend();
  const [isFolded, fold] = useFolded("line", isFoldedAtFirst);
  const [readId, read] = useRead(`whetstone.line-read.${roomId}.${seatId}`);
  const bodyId = useId();
  const { line } = peers;
  const unread = unreadIn(line, seatId, readId);
  const Fold = isFolded ? ChevronDown : ChevronUp;
  return (
    <section className={styles.line} aria-label="Messages">
      <h2 className={styles.title}>
        <button type="button" aria-expanded={!isFolded} aria-controls={bodyId} onClick={() => fold(!isFolded)}>
          <span>Messages</span>
          {isFolded && unread > 0 && <span className={styles.unread}>{unread} new</span>}
          <Fold size={16} aria-hidden />
        </button>
      </h2>
      <Announced peers={peers} seatId={seatId} />
      <div id={bodyId} className={styles.body} hidden={isFolded}>
        {!isFolded && (
          <>
            <Lines
              lines={named(peers)}
              seatId={seatId}
              unread={unread}
              onRead={read}
              none="Nothing is written yet. All of you see what you write here."
            />
            <Writing
              place={`whetstone.line.${roomId}.${seatId}`}
              label="Write a message"
              sends="Send"
              onSay={(text) => send({ type: "sayLine", lineId: newId("m"), text })}
            />
          </>
        )}
      </div>
    </section>
  );
}

const nameIn = ({ order }: Pick<PeersView, "order">, seatId: string): string =>
  order.find((person) => person.seatId === seatId)?.name ?? "Somebody who left";

const named = (peers: TextLineProps["peers"]): readonly ShownLine[] =>
  peers.line.map((line) => ({ ...line, name: nameIn(peers, line.seatId) }));

/** As much of an entry as is read out. */
const ANNOUNCED = 200;

/** Reads out what another wrote while this page was open, and nothing of one's own. */
function Announced({ peers, seatId }: Pick<TextLineProps, "peers" | "seatId">) {
  const [since] = useState(() => peers.line.at(-1)?.lineId ?? null);
  const newest = newestOf(peers.line, seatId, since);
  return (
    <p role="status" className="visually-hidden">
      {newest && (
        <span key={newest.lineId}>{`${nameIn(peers, newest.seatId)}: ${newest.text.slice(0, ANNOUNCED)}`}</span>
      )}
    </p>
  );
}
