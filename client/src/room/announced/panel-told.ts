import { useMemo } from "react";
import { useRoom } from "../store/context.tsx";
import type { QuestionsView } from "../store/questions-view.ts";
import { useAnnounced } from "./announced.tsx";
import { toldToPanel } from "./panel.ts";

/** Says to somebody of the panel what happens in the room; null while they are none. */
export function usePanelTold(view: QuestionsView | null): void {
  const { done, pending } = useRoom();
  const isAsking = pending.has("push");
  useAnnounced(
    useMemo(() => view && { view, done, isAsking }, [view, done, isAsking]),
    toldToPanel,
  );
}
