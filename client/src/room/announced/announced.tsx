import { useEffect, useRef } from "react";
import { announce, type Sentence } from "../../ui/announce.ts";

/** Says what `between` finds worth saying of two views that follow each other. What was there when the page came stands on it and is not said. */
export function useAnnounced<Seen>(
  view: Seen | null,
  between: (before: Seen, after: Seen) => readonly Sentence[],
): void {
  const known = useRef(view);
  useEffect(() => {
    const before = known.current;
    known.current = view;
    if (before === null || view === null || before === view) return;
    for (const sentence of between(before, view)) announce(sentence);
  }, [view, between]);
}

/** What is left when it is said, in milliseconds, the longest first. */
const MARKS = [
  [5 * 60_000, "Five minutes are left."],
  [60_000, "One minute is left."],
  [0, "The time is up."],
] as const;

interface TimeAnnouncedProps {
  /** What is left of a time and how long it is in all, in milliseconds. */
  readonly left: number;
  readonly totalMs: number;
}

/** Says that the time is nearly over, once for each mark that it passes while one looks. */
export function TimeAnnounced({ left, totalMs }: TimeAnnouncedProps) {
  const passed = MARKS.filter(([mark]) => left <= mark && mark < totalMs).length;
  const known = useRef({ passed, totalMs });
  useEffect(() => {
    const before = known.current;
    known.current = { passed, totalMs };
    // A time that was made longer passes its marks anew.
    if (passed > before.passed && totalMs === before.totalMs) announce(MARKS[passed - 1 + skipped(totalMs)]?.[1] ?? "");
  }, [passed, totalMs]);
  return null;
}

/** How many marks a short time never has. */
const skipped = (totalMs: number): number => MARKS.filter(([mark]) => mark >= totalMs).length;
