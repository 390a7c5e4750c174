import "./assets.ts";
import "@excalidraw/excalidraw/index.css";
import { ListTree, Maximize2, Minimize2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type * as Y from "yjs";
import { FIELD } from "../../../browser/field.ts";
import { Button } from "../../../ui/Button.tsx";
import styles from "./Board.module.css";
import { BoardBinding } from "./binding.ts";
import { Canvas } from "./Canvas.tsx";
import { withAdded } from "./edits.ts";
import { type BoardFault, faultSentence } from "./faults.ts";
import { leadsAway } from "./keys.ts";
import { Outline } from "./Outline.tsx";
import { useBringing } from "./pasting.ts";
import type { Pointing } from "./pointing.ts";
import { useOutline } from "./use-outline.ts";

export interface BoardProps {
  readonly document: Y.Doc;
  /** What the board is called. */
  readonly label: string;
  readonly isEditable: boolean;
  /** Why nothing can be drawn here, where that is so. */
  readonly why?: string;
  /** Who points where; null where nobody is to be seen. */
  readonly pointing: Pointing | null;
  /** Whoever sits here draws or writes on it. */
  readonly onDraw?: (board: HTMLElement) => void;
  /** They have pasted so many letters. */
  readonly onPaste?: (characters: number) => void;
}

/** The board of an ask, on which everybody draws at once, and its outline in words. */
export function Board(props: BoardProps) {
  const { document, label, isEditable, why = "To look at only.", pointing, onDraw, onPaste: onLetters } = props;
  const place = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const outlineButton = useRef<HTMLSpanElement>(null);
  const end = useRef<HTMLSpanElement>(null);
  const id = useId();
  const [fault, setFault] = useState<BoardFault | null>(null);
  const [isReady, setReady] = useState(false);
  const [isOutlined, setOutlined] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const outline = useOutline(document);
  const binding = useMemo(
    () => new BoardBinding(document, { onReady: () => setReady(true), onRefused: setFault }),
    [document],
  );
  // Before the canvas is taken away, and with it what is on it.
  useLayoutEffect(() => binding.begin(), [binding]);
  useLayoutEffect(() => {
    binding.isEditable = isEditable;
  }, [binding, isEditable]);
  useEffect(() => {
    // Whoever only looks on points nowhere.
    if (!isEditable) pointing?.point(null);
  }, [isEditable, pointing]);
  useEffect(() => {
    const moved = () => binding.moved();
    window.addEventListener("scroll", moved, { capture: true, passive: true });
    // Excalidraw chooses its tools by its own width, and may have drawn them before it knows that.
    const resized = new ResizeObserver(() => requestAnimationFrame(moved));
    if (canvas.current) resized.observe(canvas.current);
    return () => {
      window.removeEventListener("scroll", moved, { capture: true });
      resized.disconnect();
    };
  }, [binding]);
  const onText = (text: string) => binding.edit((elements) => withAdded(elements, "text", text));
  const { onPaste, ...dropped } = useBringing({ place, isEditable, document, onFault: setFault, onText, onLetters });
  const acts = () => {
    setFault(null);
    if (isEditable && place.current) onDraw?.(place.current);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Tab") return;
    acts();
    if (leadsAway(event)) event.stopPropagation();
    const isInCanvas = event.target instanceof Element && canvas.current?.contains(event.target);
    if (event.key !== "Escape" || !isInCanvas || !binding.isAtRest || isInField(event.target)) return;
    event.stopPropagation();
    outlineButton.current?.querySelector("button")?.focus();
  };
  return (
    <section
      ref={place}
      className={styles.board}
      aria-label={label}
      aria-describedby={`${id}-keys`}
      aria-busy={!isReady}
      data-board-large={isLarge}
      onPointerDownCapture={acts}
      onKeyDownCapture={press}
      // A key that means something here means nothing to the page around.
      onKeyDown={(event) => event.stopPropagation()}
      {...dropped}
    >
      <div className={styles.inside} data-outlined={isOutlined} data-looked-at={!isEditable}>
        <div className={styles.bar}>
          <span ref={outlineButton} className={styles.tools}>
            <Button
              look="quiet"
              aria-expanded={isOutlined}
              aria-controls={isOutlined ? id : undefined}
              onClick={() => setOutlined(!isOutlined)}
            >
              <ListTree size={16} aria-hidden /> Outline
              <span className={styles.count}>
                {outline.nodes.length}
                <span className="visually-hidden"> on the board</span>
              </span>
            </Button>
            <Button look="quiet" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
              {isLarge ? <Minimize2 size={16} aria-hidden /> : <Maximize2 size={16} aria-hidden />} Large
            </Button>
            <Button look="quiet" className={`visually-hidden ${styles.past}`} onClick={() => end.current?.focus()}>
              Go past the board
            </Button>
          </span>
          <p className={styles.told} role="status">
            {fault !== null ? faultSentence(fault) : !isEditable ? why : ""}
          </p>
          <span id={`${id}-keys`} className="visually-hidden">
            The outline has everything in words. Escape leads from the drawing back to its button.
          </span>
        </div>
        {isOutlined && (
          <Outline id={id} outline={outline} isEditable={isEditable} edit={(change) => binding.edit(change)} />
        )}
        <div ref={canvas} className={styles.canvas} onPointerLeave={() => pointing?.point(null)}>
          <Canvas
            document={document}
            binding={binding}
            isReady={isReady}
            isEditable={isEditable}
            pointing={pointing}
            onPaste={onPaste}
          />
        </div>
        <span ref={end} className="visually-hidden" tabIndex={-1}>
          The board ends here.
        </span>
      </div>
    </section>
  );
}

const isInField = (target: EventTarget): boolean => target instanceof Element && target.closest(FIELD) !== null;
