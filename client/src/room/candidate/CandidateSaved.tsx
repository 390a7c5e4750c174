import { useEffect, useRef, useState } from "react";
import { isSaidElsewhere, type Standing, useStanding } from "../saved/standing.ts";
import { useRoom } from "../store/context.tsx";
import { SAVED_WORDS } from "./saved-words.ts";

/** How long all has to be saved before it is said, so that the words do not flicker at each key; and from when on saving is worth reading out. */
const SETTLED_MS = 600;
const SLOW_MS = 1_500;

/** Whether what the candidate writes is saved. It is said late that it is, and at once that it is not. */
export function CandidateSaved() {
  const { standing } = useStanding();
  const { connection } = useRoom();
  const { shown, isSlow } = useSettled(standing);
  // Saving takes a blink; a screen reader says it only where it takes longer.
  const isQuiet = isSaidElsewhere(shown) || (shown === "saving" && !isSlow);
  return (
    <span role="status" aria-live={isQuiet ? "off" : "polite"}>
      {connection === "connecting" ? "Connecting…" : SAVED_WORDS[shown]}
    </span>
  );
}

function useSettled(standing: Standing): { shown: Standing; isSlow: boolean } {
  const [settled, setSettled] = useState(standing === "saved");
  const [isSlow, setSlow] = useState(false);
  const isSaved = standing === "saved";
  const wasSaving = useRef(false);
  useEffect(() => {
    if (!isSaved) wasSaving.current = standing === "saving";
  }, [isSaved, standing]);
  useEffect(() => {
    if (!isSaved) setSettled(false);
    const timer = setTimeout(() => (isSaved ? setSettled(true) : setSlow(true)), isSaved ? SETTLED_MS : SLOW_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  useEffect(() => {
    if (settled) setSlow(false);
  }, [settled]);
  // Whoever was only away has saved nothing.
  return { shown: isSaved && !settled && wasSaving.current ? "saving" : standing, isSlow };
}
