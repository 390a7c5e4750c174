import "./assets.ts";
import "@excalidraw/excalidraw/index.css";
import { Excalidraw, MainMenu } from "@excalidraw/excalidraw";
import type { ExcalidrawProps } from "@excalidraw/excalidraw/types";
import { refusal } from "@whetstone/shared/room/refusal";
import { boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import { ListTree } from "lucide-react";
import {
  type DragEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type * as Y from "yjs";
import { FIELD } from "../../../browser/field.ts";
import { useMedia } from "../../../browser/media.ts";
import { Button } from "../../../ui/Button.tsx";
import styles from "./Board.module.css";
import { BoardBinding, type BoardFault, GROUND } from "./binding.ts";
import { Outline } from "./Outline.tsx";
import { useOutline } from "./use-outline.ts";

export interface BoardProps {
  readonly document: Y.Doc;
  /** What the board is called. */
  readonly label: string;
  readonly isEditable: boolean;
  /** Whoever sits here draws or writes on it. */
  readonly onDraw?: (board: HTMLElement) => void;
}

const DARK = "(prefers-color-scheme: dark)";

/** What an interview needs of Excalidraw: nothing that leads to a file, a service or another page, and no picture. */
const OPTIONS: NonNullable<ExcalidrawProps["UIOptions"]> = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: false,
    export: false,
    loadScene: false,
    saveToActiveFile: false,
    saveAsImage: false,
    toggleTheme: false,
  },
  tools: { image: false },
};

/** The board of an ask, on which everybody draws at once, and its outline in words. */
export function Board({ document, label, isEditable, onDraw }: BoardProps) {
  const place = useRef<HTMLElement>(null);
  const id = useId();
  const [fault, setFault] = useState<BoardFault | null>(null);
  const [isReady, setReady] = useState(false);
  const [isOutlined, setOutlined] = useState(false);
  const isDark = useMedia(DARK);
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
  const refuse = () => setFault("not_for_board");
  useWithoutFiles(place, refuse);
  const initial = useMemo(
    () => ({
      elements: shownOn(boardOf(document)) as never,
      appState: { viewBackgroundColor: GROUND },
      scrollToContent: true,
    }),
    [document],
  );
  const draws = () => isEditable && place.current && onDraw?.(place.current);
  return (
    <section
      ref={place}
      className={styles.board}
      aria-label={label}
      aria-busy={!isReady}
      onPointerDownCapture={draws}
      onKeyDownCapture={(event) => {
        draws();
        if (leadsAway(event)) event.stopPropagation();
      }}
      // A key that means something here means nothing to the page around.
      onKeyDown={(event) => event.stopPropagation()}
      onDragOverCapture={(event) => hasFiles(event) && event.preventDefault()}
      onDropCapture={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        refuse();
      }}
    >
      <div className={styles.inside} data-outlined={isOutlined}>
        <div className={styles.bar}>
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
          <p className={styles.told} role="status">
            {fault !== null ? refusal(fault).sentence : !isEditable ? "To look at only." : ""}
          </p>
        </div>
        {isOutlined && (
          <Outline id={id} outline={outline} isEditable={isEditable} edit={(change) => binding.edit(change)} />
        )}
        <div className={styles.canvas}>
          <Excalidraw
            excalidrawAPI={(api) => {
              binding.api = api;
            }}
            initialData={initial}
            onChange={(elements, appState) => binding.changed(elements, appState)}
            onPaste={(data) => {
              const isTaken = !data.elements?.some(
                ({ type }) => type === "image" || type === "embeddable" || type === "iframe",
              );
              if (!isTaken) refuse();
              return isTaken;
            }}
            viewModeEnabled={!isEditable}
            theme={isDark ? "dark" : "light"}
            UIOptions={OPTIONS}
            langCode="en"
            aiEnabled={false}
            validateEmbeddable={false}
            handleKeyboardGlobally={false}
            detectScroll={false}
          >
            <MainMenu>
              <MainMenu.ItemCustom> </MainMenu.ItemCustom>
            </MainMenu>
          </Excalidraw>
        </div>
      </div>
    </section>
  );
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes("Files");

/** Keys of Excalidraw by which one comes to files, to other pages, or to what is not taken. */
function leadsAway({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  if (target instanceof Element && target.closest(FIELD)) return false;
  const letter = key.toLowerCase();
  if (ctrlKey || metaKey) return letter === "o" || letter === "s" || letter === "/" || letter === "e" || letter === "p";
  return key === "?" || (altKey && letter === "/") || key === "9";
}

/** Files that are pasted are refused before Excalidraw sees them. */
function useWithoutFiles(place: { readonly current: HTMLElement | null }, refuse: () => void): void {
  const latest = useRef(refuse);
  latest.current = refuse;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const isHere = place.current?.contains(document.activeElement) === true;
      if (!isHere || !event.clipboardData?.files.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      latest.current();
    };
    window.addEventListener("paste", paste, { capture: true });
    return () => window.removeEventListener("paste", paste, { capture: true });
  }, [place]);
}
