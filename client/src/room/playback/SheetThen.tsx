import type { Language } from "@whetstone/shared/workspace/language";
import { isRun } from "@whetstone/shared/workspace/language";
import { type Change, changeOf, type DocumentHistory } from "@whetstone/shared/workspace/playback/history";
import { memo, type ReactNode, useLayoutEffect, useMemo, useRef } from "react";
import { scrollStop } from "../../ui/scroll-stop.ts";
import styles from "./SheetThen.module.css";

interface SheetThenProps {
  readonly label: string;
  readonly text: string;
  readonly language: Language;
  readonly change: Change;
  /** Whose the change is, as a number of the looks. */
  readonly look: number;
}

interface TextThenProps extends Pick<SheetThenProps, "label" | "look"> {
  readonly history: DocumentHistory;
  /** How many of its moments are over. */
  readonly count: number;
}

/** The text as it stood when so many moments were over. */
export function TextThen({ history, count, ...sheet }: TextThenProps) {
  const moment = history.moments[count - 1];
  const text = useMemo(() => history.textAfter(count), [history, count]);
  const change = useMemo(
    () => (moment && moment.seatId !== null ? changeOf(moment) : { brought: [], hand: null }),
    [moment],
  );
  return <SheetThen text={text} language={history.languageAfter(count)} change={change} {...sheet} />;
}

/** The sheet as it stood at a moment, with what came to it just then. */
const SheetThen = memo(function SheetThen({ label, text, language, change, look }: SheetThenProps) {
  const pane = useRef<HTMLDivElement>(null);
  const hand = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another place to look at
  useLayoutEffect(() => {
    if (pane.current && hand.current) bringIntoSight(pane.current, hand.current);
  }, [text, change]);
  const isCode = isRun(language);
  return (
    <div ref={pane} className={styles.pane} data-code={isCode} data-look={look} {...scrollStop(label)}>
      {isCode && (
        <pre className={styles.numbers} aria-hidden>
          {numbersOf(text)}
        </pre>
      )}
      <pre className={styles.text} dir={isCode ? "ltr" : "auto"}>
        {partsOf(text, change).map(({ from, to, isNew }) => (
          <Part key={`${from} ${to}`} isNew={isNew}>
            {text.slice(from, to)}
            {change.hand === to && <i ref={hand} className={styles.hand} />}
          </Part>
        ))}
      </pre>
    </div>
  );
});

const Part = ({ isNew, children }: { isNew: boolean; children: ReactNode }) =>
  isNew ? <span className={styles.brought}>{children}</span> : children;

interface TextPart {
  readonly from: number;
  readonly to: number;
  readonly isNew: boolean;
}

/** The text, cut where something new begins and ends, and where the hand is; the first part may be empty. */
function partsOf(text: string, { brought, hand }: Change): TextPart[] {
  const cuts = [0, ...brought.flatMap(({ from, to }) => [from, to]), hand ?? 0, text.length];
  const places = [...new Set(cuts)].sort((one, other) => one - other);
  const isNew = (at: number) => brought.some(({ from, to }) => from <= at && at < to);
  const parts = places
    .slice(1)
    .map((to, index) => ({ from: places[index] ?? 0, to, isNew: isNew(places[index] ?? 0) }));
  return hand === 0 ? [{ from: 0, to: 0, isNew: false }, ...parts] : parts;
}

function numbersOf(text: string): string {
  const lines = text.split("\n").length;
  return Array.from({ length: lines }, (_, index) => index + 1).join("\n");
}

/** How much of the sheet is seen around the hand, in pixels. */
const AROUND = 28;

/** Scrolls the sheet and nothing around it. */
function bringIntoSight(pane: HTMLElement, hand: HTMLElement): void {
  const [seen, place] = [pane.getBoundingClientRect(), hand.getBoundingClientRect()];
  if (place.bottom + AROUND > seen.bottom) pane.scrollTop += place.bottom + AROUND - seen.bottom;
  else if (place.top - AROUND < seen.top) pane.scrollTop += place.top - AROUND - seen.top;
  if (place.right + AROUND > seen.right) pane.scrollLeft += place.right + AROUND - seen.right;
  else if (place.left - 3 * AROUND < seen.left) pane.scrollLeft += place.left - 3 * AROUND - seen.left;
}
