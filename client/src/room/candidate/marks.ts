import type { Mark } from "@whetstone/shared/room/workspace/marks";
import { PASTED_LEAST } from "@whetstone/shared/room/workspace/marks";
import { useEffect, useRef } from "react";
import { followPresence } from "../../browser/left.ts";
import { useRoom, useSend } from "../store/context.tsx";

/** Tells the room of a large paste, where it notes that; else nothing. */
export function useMarkPaste(): (askId: string, characters: number) => void {
  const { view } = useRoom();
  const send = useSend();
  const isOn = view !== null && "marks" in view.room && view.room.marks === true;
  return (askId, characters) => {
    if (isOn && characters >= PASTED_LEAST)
      send({ type: "mark", askId, mark: { kind: "pasted", characters }, ageMs: 0 });
  };
}

/** Tells the room while a question is open that its candidate leaves the page and comes back, where it notes that; else nothing. */
export function useMarkLeaving(): void {
  const { view } = useRoom();
  const send = useSend();
  const isOn = view?.role === "candidate" && view.room.marks === true;
  const askId = view?.role === "candidate" && view.room.phase === "live" ? (view.ask?.askId ?? null) : null;
  const open = useRef(askId);
  open.current = askId;
  useEffect(() => {
    if (!isOn) return;
    let leftFrom: string | null = null;
    const tell = (from: string, mark: Mark) => send({ type: "mark", askId: from, mark, ageMs: 0 });
    return followPresence({
      onLeft: () => {
        leftFrom = open.current;
        if (leftFrom !== null) tell(leftFrom, { kind: "left" });
      },
      onBack: () => {
        if (leftFrom !== null) tell(leftFrom, { kind: "back" });
        leftFrom = null;
      },
    });
  }, [isOn, send]);
}
