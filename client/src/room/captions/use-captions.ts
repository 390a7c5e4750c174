import { useSyncExternalStore } from "react";
import type { CaptionsSnapshot } from "../store/caption-line.ts";
import { useRoomContext } from "../store/context.tsx";

/** What is said, as far as this page was told. */
export function useCaptions(): CaptionsSnapshot {
  const { captions } = useRoomContext().store;
  return useSyncExternalStore(captions.subscribe, captions.getSnapshot);
}
