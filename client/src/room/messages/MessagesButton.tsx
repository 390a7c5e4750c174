import type { View } from "@whetstone/shared/room/view/view";
import { MessageSquare } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useKeys } from "../../browser/keys.ts";
import { Button } from "../../ui/Button.tsx";
import { part } from "../../ui/Part.tsx";
import { useAnnounced } from "../announced/announced.tsx";
import { useRoom, useRoomContext } from "../store/context.tsx";
import styles from "./MessagesButton.module.css";
import { unreadIn } from "./reading.ts";
import { linesIn, type Talk, talksOf, toldOfMessages } from "./talks.ts";
import { useRead } from "./use-read.ts";

// Most interviews need no written word beside the sheet.
const MessagesPanel = part(async () => (await import("./MessagesPanel.tsx")).default);

/** The way to what people of the room write to each other, with how much of it is unread; nothing where one reads and writes none of it. */
export function MessagesButton() {
  const { view } = useRoom();
  useAnnounced(view, toldOfMessages);
  if (!view || !isThere(view)) return null;
  return <Door view={view} />;
}

/** Whoever only reads needs it once there is something to read. */
function isThere(view: View): boolean {
  const talks = talksOf(view);
  const onlyReads = view.role === "observer" || (view.role === "candidate" && view.room.phase === "ended");
  return talks.length > 0 && (!onlyReads || linesIn(view, "common").lines.length > 0);
}

function Door({ view }: { view: View }) {
  const { roomId } = useRoomContext();
  const { seatId } = view.you;
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const key = `whetstone.read.${roomId}.${seatId}`;
  const common = useRead(`${key}.common`);
  const aside = useRead(`${key}.aside`);
  const read = { common, aside };
  const talks = talksOf(view);
  const unreadOf = (talk: Talk) => unreadIn(linesIn(view, talk).lines, seatId, read[talk][0]);
  const unread = talks.reduce((sum, talk) => sum + unreadOf(talk), 0);
  const isOfPanel = talks.includes("aside");
  useKeys(isOfPanel ? { w: () => setOpen(true) } : {});
  const close = () => {
    setOpen(false);
    button.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <Button
        ref={button}
        className={styles.door}
        aria-label={unread > 0 ? `Messages, ${unread} new` : "Messages"}
        title={isOfPanel ? "Messages (W)" : "Messages"}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onPointerEnter={MessagesPanel.prefetch}
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        <MessageSquare size={15} aria-hidden />
        {unread > 0 && (
          <span className={styles.unread} data-aside={isOfPanel && unreadOf("aside") === unread} aria-hidden>
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </Button>
      {isOpen &&
        createPortal(
          <Suspense fallback={null}>
            <MessagesPanel
              view={view}
              talks={talks}
              opener={button}
              unreadOf={unreadOf}
              onRead={(talk, lineId) => read[talk][1](lineId)}
              onClose={close}
            />
          </Suspense>,
          document.body,
        )}
    </>
  );
}

const MOST_SHOWN = 99;
