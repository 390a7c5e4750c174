import { Tabs } from "@base-ui/react/tabs";
import type { View } from "@whetstone/shared/room/view/view";
import { EyeOff, Users, X } from "lucide-react";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { newId } from "../../browser/ids.ts";
import { isComposed } from "../../browser/pressed.ts";
import { tabStorage } from "../../browser/storage.ts";
import { Button } from "../../ui/Button.tsx";
import { useRoomContext, useSend } from "../store/context.tsx";
import { Lines } from "./Lines.tsx";
import styles from "./MessagesPanel.module.css";
import { linesIn, type Talk, writesToAll } from "./talks.ts";
import { Writing } from "./Writing.tsx";

interface MessagesPanelProps {
  readonly view: View;
  readonly talks: readonly Talk[];
  /** The button beside which it stands. */
  readonly opener: RefObject<HTMLElement | null>;
  readonly unreadOf: (talk: Talk) => number;
  readonly onRead: (talk: Talk, lineId: string) => void;
  readonly onClose: () => void;
}

/** What people of the room write to each other. It lies beside its button until one closes it, and takes the focus when it is opened alone. */
export default function MessagesPanel({ opener, onClose, ...props }: MessagesPanelProps) {
  const place = usePlace(opener);
  const { talks } = props;
  const titleId = useId();
  return (
    <div
      role="dialog"
      aria-labelledby={titleId}
      className={styles.panel}
      style={place}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isComposed(event.nativeEvent)) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles.header}>
        <h2 id={titleId}>Messages</h2>
        <Button
          look="quiet"
          className={styles.close}
          aria-label="Close the messages"
          title="Close (Esc)"
          onClick={onClose}
        >
          <X size={16} aria-hidden />
        </Button>
      </header>
      {talks.includes("aside") ? <BothTalks {...props} /> : <Common {...props} />}
    </div>
  );
}

type TalkProps = Omit<MessagesPanelProps, "opener" | "onClose">;

/** Which of both is open is chosen by hand alone, and kept: nothing that comes takes one from where one writes. */
function BothTalks(props: TalkProps) {
  const { roomId } = useRoomContext();
  const { view, unreadOf } = props;
  const key = `whetstone.talk.${roomId}.${view.you.seatId}`;
  const [talk, setTalk] = useState<Talk>(() => (tabStorage.getItem(key) === "common" ? "common" : "aside"));
  const choose = (next: Talk) => {
    setTalk(next);
    tabStorage.setItem(key, next);
  };
  return (
    <Tabs.Root className={styles.talks ?? ""} value={talk} onValueChange={(next: Talk) => choose(next)}>
      <Tabs.List className={styles.tabs ?? ""} aria-label="Who reads it">
        <TalkTab talk="aside" unread={unreadOf("aside")}>
          <EyeOff size={14} aria-hidden /> Panel only
        </TalkTab>
        <TalkTab talk="common" unread={unreadOf("common")}>
          <Users size={14} aria-hidden /> Everyone
        </TalkTab>
      </Tabs.List>
      <Tabs.Panel value="aside" className={styles.talk ?? ""} data-talk="aside">
        <Aside {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="common" className={styles.talk ?? ""} data-talk="common">
        <Common {...props} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function TalkTab({ talk, unread, children }: { talk: Talk; unread: number; children: ReactNode }) {
  return (
    <Tabs.Tab value={talk} className={styles.tab ?? ""} data-talk={talk}>
      {children}
      {unread > 0 && <span className={styles.unread}>{unread} new</span>}
    </Tabs.Tab>
  );
}

function Aside({ view, unreadOf, onRead }: TalkProps) {
  const { roomId } = useRoomContext();
  const send = useSend();
  const field = useFocused();
  const hintId = useId();
  const { seatId } = view.you;
  return (
    <div className={styles.body} data-talk="aside">
      <Lines
        {...linesIn(view, "aside")}
        seatId={seatId}
        unread={unreadOf("aside")}
        onRead={(lineId) => onRead("aside", lineId)}
        none="Nothing is written yet. Host and interviewers read what you write here, and nobody else ever does."
      />
      <Writing
        place={`whetstone.say.${roomId}.${seatId}.aside`}
        label="Write to the panel only"
        sends="Send to the panel only"
        button="Panel"
        field={field}
        describedBy={hintId}
        onSay={(text) => send({ type: "sayAside", lineId: newId("m"), text })}
      />
      <small id={hintId} className={styles.hint}>
        The candidate never sees this. The whole panel reads it at once: a rating that you put in words is blind no
        more.
      </small>
    </div>
  );
}

function Common({ view, talks, unreadOf, onRead }: TalkProps) {
  const { roomId } = useRoomContext();
  const send = useSend();
  const field = useFocused();
  const hintId = useId();
  const { seatId } = view.you;
  const writes = writesToAll(view);
  const isOfPanel = talks.includes("aside");
  return (
    <div className={styles.body} data-talk="common">
      <Lines
        {...linesIn(view, "common")}
        seatId={seatId}
        unread={unreadOf("common")}
        onRead={(lineId) => onRead("common", lineId)}
        none={
          isOfPanel
            ? "Nothing is written yet. The candidate reads what you write here."
            : "Nothing is written yet. It helps when the sound fails."
        }
      />
      {"why" in writes ? (
        <p className={styles.hint} role="status">
          {writes.why}
        </p>
      ) : (
        <>
          <Writing
            key={writes.candidateId}
            place={`whetstone.say.${roomId}.${seatId}.${writes.candidateId}`}
            label={isOfPanel ? `Write to ${writes.to} and the panel` : `Write to ${writes.to}`}
            sends={isOfPanel ? "Send to everyone" : "Send"}
            button={isOfPanel ? "Everyone" : undefined}
            field={field}
            describedBy={hintId}
            onSay={(text) => send({ type: "sayToAll", lineId: newId("m"), candidateId: writes.candidateId, text })}
          />
          <small id={hintId} className={styles.hint}>
            {isOfPanel ? (
              <>
                <bdi>{writes.to}</bdi> reads this, and so do observers.
              </>
            ) : (
              "The panel reads this."
            )}
          </small>
        </>
      )}
    </div>
  );
}

/** The field has the focus when it is opened. */
function useFocused(): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return field;
}

/** Where it lies: beneath its button, or above it where that is in the lower half of the window. */
function usePlace(opener: RefObject<HTMLElement | null>): CSSProperties {
  const [place, setPlace] = useState<CSSProperties>({});
  useLayoutEffect(() => {
    const look = () => {
      const { current } = opener;
      if (!current) return;
      const { top, bottom } = current.getBoundingClientRect();
      const isAbove = top > window.innerHeight / 2;
      setPlace({
        "--from-top": isAbove ? "auto" : `${Math.round(bottom) + 8}px`,
        "--from-bottom": isAbove ? `${Math.round(window.innerHeight - top) + 8}px` : "auto",
      } as CSSProperties);
    };
    look();
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, [opener]);
  return place;
}
