import { ChevronDown } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import styles from "./Lines.module.css";
import { isContinued, type Line } from "./reading.ts";

export interface ShownLine extends Line {
  readonly name: string;
  readonly text: string;
  /** With whom it was written, where that is somebody who is not here any more. */
  readonly formerly?: string | undefined;
}

interface LinesProps {
  readonly lines: readonly ShownLine[];
  readonly seatId: string;
  /** How many came before these, and are not shown. */
  readonly before?: number | undefined;
  readonly unread: number;
  readonly onRead: (lineId: string) => void;
  /** What stands there while nothing is written. */
  readonly none: ReactNode;
}

/** How near to its end, in pixels, somebody is taken to be at the end of what scrolls. */
const AT_BOTTOM = 24;

/** What was written, the newest at the bottom. It follows that only where one is there, and when one writes oneself. */
export function Lines({ lines, seatId, before = 0, unread, onRead, none }: LinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const [isAtBottom, setAtBottom] = useState(true);
  const last = lines.at(-1);
  const lastId = last?.lineId;
  const isOwn = last?.seatId === seatId;

  useLayoutEffect(() => {
    const { current } = list;
    if (current && lastId !== undefined && (isAtBottom || isOwn)) current.scrollTop = current.scrollHeight;
  }, [lastId, isAtBottom, isOwn]);
  const hasLines = lastId !== undefined;
  useEffect(() => {
    const { current } = list;
    if (!current || !hasLines || !isAtBottom) return;
    const watching = new ResizeObserver(() => current.scrollTo(0, current.scrollHeight));
    watching.observe(current);
    return () => watching.disconnect();
  }, [hasLines, isAtBottom]);
  useEffect(() => {
    if (isAtBottom && lastId !== undefined) onRead(lastId);
  }, [isAtBottom, lastId, onRead]);

  if (lines.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <div className={styles.lines}>
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
        {before > 0 && <li className={styles.apart}>{before} earlier messages are in the room's exports.</li>}
        {lines.map((line, index) => (
          <Entry
            key={line.lineId}
            line={line}
            name={line.seatId === seatId ? "You" : line.name}
            isOwn={line.seatId === seatId}
            isContinued={isContinued(lines[index - 1], line)}
            formerly={line.formerly === lines[index - 1]?.formerly ? undefined : line.formerly}
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
  readonly line: ShownLine;
  readonly name: string;
  readonly isOwn: boolean;
  readonly isContinued: boolean;
  /** Said before it, where it begins there. */
  readonly formerly: string | undefined;
}

function Entry({ line: { at, text }, name, isOwn, isContinued: hidesName, formerly }: EntryProps) {
  return (
    <>
      {formerly !== undefined && (
        <li className={styles.apart}>
          With <bdi>{formerly}</bdi>, who has left:
        </li>
      )}
      <li className={styles.line} data-own={isOwn} data-continued={hidesName}>
        <p className={hidesName ? "visually-hidden" : styles.by}>
          <b dir="auto">{name}</b> {at !== null && <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>}
        </p>
        <p className={styles.text} dir="auto">
          {text}
        </p>
        {at === null && <small className={styles.onItsWay}>On its way…</small>}
      </li>
    </>
  );
}

const timeOfDay = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
