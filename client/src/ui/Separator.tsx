import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import styles from "./Separator.module.css";

interface SeparatorProps {
  /** What it makes larger and smaller. */
  readonly label: string;
  /** Which of its two neighbours it sizes, in reading order. */
  readonly sizes: "before" | "after";
  /** Whether it stands between panes that are side by side, or one above the other. */
  readonly between: "columns" | "rows";
  /** How much of their common place the pane was given, in percent; null where nobody has chosen. */
  readonly share: number | null;
  readonly onResize: (share: number | null) => void;
  readonly least?: number;
  readonly most?: number;
}

/** By how much a key moves it, in percent. */
const STEP = 3;

/**
 * The line between two panes, which is moved by pointer, finger or arrow keys; a double click or Escape gives the panes back the sizes that
 * they have by themselves. The panes stand beside it in one place, whose style sheet makes sizes of shares.
 */
export function Separator(props: SeparatorProps) {
  const { label, sizes, between, share, onResize, least = 15, most = 85 } = props;
  const line = useRef<HTMLHRElement>(null);
  const measured = useMeasuredShare(line, props);
  const now = Math.round(share ?? measured ?? (least + most) / 2);
  const resize = (next: number) => onResize(Math.min(most, Math.max(least, next)));
  const drag = (event: PointerEvent<HTMLHRElement>) => {
    const { currentTarget, pointerId, clientX, clientY } = event;
    const [pane, place] = besides(currentTarget, sizes);
    if (!currentTarget.hasPointerCapture(pointerId) || !pane || !place) return;
    const [at, start, end, whole] =
      between === "columns"
        ? [clientX, pane.left, pane.right, place.width]
        : [clientY, pane.top, pane.bottom, place.height];
    resize(((sizes === "before" ? at - start : end - at) / whole) * 100);
  };
  const press = (event: KeyboardEvent<HTMLHRElement>) => {
    const next = shareAfter(event.key, { ...props, least, most }, share ?? measured ?? now);
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (next === null) onResize(null);
    else resize(next);
  };
  return (
    <hr
      ref={line}
      className={styles.separator}
      aria-label={label}
      aria-orientation={between === "columns" ? "vertical" : "horizontal"}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={Math.min(most, Math.max(least, now))}
      aria-valuetext={`${now} percent`}
      title={`${label}: drag, or use the arrow keys. A double click gives it back its own size.`}
      data-between={between}
      tabIndex={0}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onDoubleClick={() => onResize(null)}
      onKeyDown={press}
    />
  );
}

/** Where the pane that a separator sizes is drawn, and the place that it has its share of. */
const besides = (line: HTMLElement, sizes: SeparatorProps["sizes"]): readonly (DOMRect | undefined)[] => [
  (sizes === "before" ? line.previousElementSibling : line.nextElementSibling)?.getBoundingClientRect(),
  line.parentElement?.getBoundingClientRect(),
];

/** The share that a key asks for: null for the pane's own size, undefined where the key says nothing to it. */
function shareAfter(
  key: string,
  { sizes, between, least, most }: Required<Pick<SeparatorProps, "sizes" | "between" | "least" | "most">>,
  from: number,
): number | null | undefined {
  const [back, forth] = between === "columns" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const grows = sizes === "before" ? 1 : -1;
  switch (key) {
    case back:
      return from - grows * STEP;
    case forth:
      return from + grows * STEP;
    case "Home":
      return least;
    case "End":
      return most;
    case "Escape":
      return null;
    default:
      return undefined;
  }
}

/** The share that the pane has by itself, as it is drawn. */
function useMeasuredShare(
  line: { readonly current: HTMLHRElement | null },
  { sizes, between }: Pick<SeparatorProps, "sizes" | "between">,
): number | null {
  const [measured, setMeasured] = useState<number | null>(null);
  useEffect(() => {
    const separator = line.current;
    const beside = sizes === "before" ? separator?.previousElementSibling : separator?.nextElementSibling;
    if (!separator || !beside) return;
    const observer = new ResizeObserver(() => {
      const [pane, place] = besides(separator, sizes);
      if (!pane || !place) return;
      const drawn = between === "columns" ? pane.width / place.width : pane.height / place.height;
      if (Number.isFinite(drawn)) setMeasured(drawn * 100);
    });
    observer.observe(beside);
    return () => observer.disconnect();
  }, [line, sizes, between]);
  return measured;
}
