import { type BoardMemory, boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import { type Outline, outlineOf } from "@whetstone/shared/workspace/board/outline";
import { useMemo, useSyncExternalStore } from "react";
import type * as Y from "yjs";

/** The board in words, as it is now. */
export function useOutline(document: Y.Doc): Outline {
  const source = useMemo(() => {
    const memory: BoardMemory = new Map();
    let outline: Outline | null = null;
    return {
      subscribe: (changed: () => void) => {
        const map = elementsIn(document);
        const anew = () => {
          outline = null;
          changed();
        };
        map.observe(anew);
        // What has come since it was read first, when nobody listened yet.
        outline = null;
        return () => map.unobserve(anew);
      },
      get: () => {
        outline ??= outlineOf(shownOn(boardOf(document, memory)));
        return outline;
      },
    };
  }, [document]);
  return useSyncExternalStore(source.subscribe, source.get);
}
