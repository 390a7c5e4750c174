import type { DocumentName, DocumentPart } from "@whetstone/shared/workspace/name";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useRoom, useRoomContext } from "../store/context.tsx";
import { holdDocument } from "./open-documents.ts";
import type { DocumentStanding, SharedDocument } from "./shared-document.ts";

const OPENING: DocumentStanding = { state: "opening", generation: 0 };
const nothing = (): (() => void) => () => undefined;

/** A document of an ask, open for as long as the component shows it; null at the very first. */
export function useDocument(
  askId: string,
  part: DocumentPart,
): { document: SharedDocument | null; standing: DocumentStanding } {
  const { store, roomId } = useRoomContext();
  const seatId = useRoom().view?.you.seatId;
  const [document, setDocument] = useState<SharedDocument | null>(null);
  useEffect(() => {
    if (seatId === undefined) return;
    const name: DocumentName = { askId, part };
    const held = holdDocument(store, { roomId, seatId, name });
    setDocument(held.document);
    return () => {
      setDocument(null);
      held.letGo();
    };
  }, [store, roomId, seatId, askId, part]);
  const standing = useSyncExternalStore(document?.subscribe ?? nothing, document?.getStanding ?? (() => OPENING));
  return { document, standing };
}
