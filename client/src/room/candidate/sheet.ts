import type { CandidateView } from "@whetstone/shared/room/view/candidate";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { isInHand, leaveSheet, onSheetLeft } from "./in-hand.ts";

export type Ask = NonNullable<CandidateView["ask"]>;
export type SheetName = Pick<Ask, "askId" | "number">;

export interface Lying {
  readonly sheet: SheetName | null;
  /** Its writer is still on it, and the question is another one by now. */
  readonly isHeld: boolean;
  readonly takesFocus: boolean;
  /** To the sheet of the question that is asked. */
  readonly goOn: (focus: boolean) => void;
}

/** Which sheet lies before the candidate, and whether it is another one than that of the question that is asked. */
export function useSheet(ask: Ask | null): Lying {
  const [sheet, setSheet] = useState<SheetName | null>(ask);
  const [takesFocus, setTakesFocus] = useState(false);
  const latest = useRef(ask);
  latest.current = ask;
  const askId = ask?.askId ?? null;
  const shownId = sheet?.askId ?? null;
  useLayoutEffect(() => {
    if (askId === shownId || (shownId !== null && isInHand())) return;
    // Whoever rests on a sheet rests on the next one, so that what they type then is written.
    setTakesFocus(document.activeElement?.hasAttribute("data-sheet") ?? false);
    setSheet(latest.current);
  }, [askId, shownId]);
  useEffect(() => onSheetLeft(() => setSheet(latest.current)), []);
  const goOn = (focus: boolean) => {
    setTakesFocus(focus);
    setSheet(latest.current);
    leaveSheet();
  };
  return { sheet, isHeld: shownId !== null && shownId !== askId, goOn, takesFocus };
}
