import { LIMITS } from "@whetstone/shared/room/limits";
import type { LineView, PeersView } from "@whetstone/shared/room/view/peers";
import { ChevronDown, ChevronUp, SendHorizontal } from "lucide-react";
import { type FormEvent, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useFolded } from "../../../browser/folded.ts";
import { newId } from "../../../browser/ids.ts";
import { useUnsentText } from "../../../browser/kept-text.ts";
import { isPlainEnter } from "../../../browser/pressed.ts";
import { tabStorage } from "../../../browser/storage.ts";
import { Button } from "../../../ui/Button.tsx";
import { LengthNote, SHORTEN } from "../../../ui/LengthNote.tsx";
import { useRoomContext, useSend } from "../../store/context.tsx";
import { isContinued, newestOf, unreadIn } from "./reading.ts";
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
            <Entries peers={peers} seatId={seatId} unread={unread} onRead={read} />
            <Writing place={`whetstone.line.${roomId}.${seatId}`} />
          </>
        )}
      </div>
    </section>
  );
}

/** Up to which entry the line was read in this tab. */
function useRead(key: string): readonly [string | null, (lineId: string) => void] {
  const [readId, setRead] = useState(() => tabStorage.getItem(key));
  const read = useCallback(
    (lineId: string) => {
      setRead(lineId);
      tabStorage.setItem(key, lineId);
    },
    [key],
  );
  return [readId, read];
}

const nameIn = ({ order }: Pick<PeersView, "order">, seatId: string): string =>
  order.find((person) => person.seatId === seatId)?.name ?? "Somebody who left";

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

interface EntriesProps extends Pick<TextLineProps, "peers" | "seatId"> {
  readonly unread: number;
  readonly onRead: (lineId: string) => void;
}

/** How near to its end, in pixels, somebody is taken to be at the end of what scrolls. */
const AT_BOTTOM = 24;

/** The entries, the newest at the bottom. They follow it only where one is there, and when one writes oneself. */
function Entries({ peers, seatId, unread, onRead }: EntriesProps) {
  const { line } = peers;
  const list = useRef<HTMLOListElement>(null);
  const [isAtBottom, setAtBottom] = useState(true);
  const last = line.at(-1);
  const lastId = last?.lineId;
  const isOwn = last?.seatId === seatId;

  useLayoutEffect(() => {
    const { current } = list;
    if (current && lastId !== undefined && (isAtBottom || isOwn)) current.scrollTop = current.scrollHeight;
  }, [lastId, isAtBottom, isOwn]);
  useEffect(() => {
    if (isAtBottom && lastId !== undefined) onRead(lastId);
  }, [isAtBottom, lastId, onRead]);

  if (line.length === 0)
    return <p className={styles.none}>Nothing is written yet. All of you see what you write here.</p>;
  return (
    <div className={styles.entries}>
      <ol
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label="What was written"
        className={styles.list}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setAtBottom(scrollHeight - scrollTop - clientHeight < AT_BOTTOM)
        }
      >
        {line.map((entry, index) => (
          <Entry
            key={entry.lineId}
            entry={entry}
            name={entry.seatId === seatId ? "You" : nameIn(peers, entry.seatId)}
            isOwn={entry.seatId === seatId}
            isContinued={isContinued(line[index - 1], entry)}
          />
        ))}
      </ol>
      {!isAtBottom && unread > 0 && (
        <Button className={styles.below} onClick={() => setAtBottom(true)}>
          <ChevronDown size={14} aria-hidden /> {unread} new
        </Button>
      )}
    </div>
  );
}

interface EntryProps {
  readonly entry: LineView;
  readonly name: string;
  readonly isOwn: boolean;
  readonly isContinued: boolean;
}

function Entry({ entry: { at, text }, name, isOwn, isContinued: hidesName }: EntryProps) {
  return (
    <li className={styles.entry} data-own={isOwn} data-continued={hidesName}>
      <p className={hidesName ? "visually-hidden" : styles.by}>
        <b dir="auto">{name}</b> {at !== null && <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>}
      </p>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      {at === null && <small className={styles.onItsWay}>On its way…</small>}
    </li>
  );
}

const timeOfDay = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

/** Where the next entry is written. What is not sent yet stays, also where the page is another by then. */
function Writing({ place }: { place: string }) {
  const send = useSend();
  const [text, write] = useUnsentText(place);
  const lengthId = useId();
  const said = text.trim();
  const isSendable = said !== "" && said.length <= LIMITS.line;
  const say = () => {
    if (!isSendable) return;
    send({ type: "sayLine", lineId: newId("m"), text: said });
    write("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say();
  };
  return (
    <form className={styles.writing} onSubmit={submit}>
      <textarea
        rows={1}
        dir="auto"
        aria-describedby={lengthId}
        aria-label="Write a message"
        placeholder="Write a message"
        enterKeyHint="send"
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={(event) => {
          if (!isPlainEnter(event.nativeEvent)) return;
          event.preventDefault();
          say();
        }}
      />
      <Button type="submit" className={styles.send} disabled={!isSendable} aria-label="Send" title="Send (Enter)">
        <SendHorizontal size={16} aria-hidden />
      </Button>
      <LengthNote id={lengthId} text={said} most={LIMITS.line} consequence={SHORTEN} />
    </form>
  );
}
