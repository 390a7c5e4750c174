import { restoreElements } from "@excalidraw/excalidraw";
import type { ExcalidrawProps } from "@excalidraw/excalidraw/types";
import { bytesOfBoardWith } from "@whetstone/shared/workspace/board/board";
import { type BoardEntry, entryOf, isKindOfBoard } from "@whetstone/shared/workspace/board/element";
import { BOARD_LIMITS } from "@whetstone/shared/workspace/board/limits";
import { type DragEvent, type RefObject, useEffect, useRef } from "react";
import type * as Y from "yjs";
import type { BoardFault } from "./faults.ts";

type Pasted = Parameters<NonNullable<ExcalidrawProps["onPaste"]>>[0];

/** More than any board holds, whatever it is made of; reading it would stop the page. */
const READ_MOST = 10 * BOARD_LIMITS.bytes;

const hasPicture = (data: DataTransfer): boolean => /<img\b/i.test(data.getData("text/html"));

/** What somebody wants put on the board, other than by drawing it. */
interface Bringing {
  readonly place: RefObject<HTMLElement | null>;
  readonly isEditable: boolean;
  readonly document: Y.Doc;
  readonly onFault: (fault: BoardFault) => void;
  readonly onText: (text: string) => void;
  /** Told of every paste that is taken: how many letters came with it. */
  readonly onLetters: ((characters: number) => void) | undefined;
}

/** Elements that were copied from a board, which stand in the clipboard as text as well. */
const isScene = (text: string): boolean => text.startsWith('{"type":"excalidraw');

/** What is pasted or dropped: text and elements are taken, and of all else it is said that it is not, and why. */
export function useBringing({ place, isEditable, document: board, onFault, onText, onLetters }: Bringing) {
  const text = useRef("");
  const paste = (event: ClipboardEvent) => {
    const { clipboardData: data } = event;
    if (!isEditable || !data || !place.current?.contains(document.activeElement)) return;
    text.current = data.getData("text/plain");
    const isTooMuch = text.current.length > READ_MOST;
    if (!isTooMuch && !isScene(text.current)) onLetters?.(text.current.length);
    if (!isTooMuch && data.files.length === 0) {
      if (hasPicture(data)) onFault(text.current.trim() === "" ? "picture" : "picture_left_out");
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isTooMuch) onFault("too_much");
    else if (text.current.trim() === "") onFault("picture");
    else {
      onText(text.current.trim());
      onFault("picture_left_out");
    }
  };
  const latest = useRef(paste);
  latest.current = paste;
  useEffect(() => {
    const listener = (event: ClipboardEvent) => latest.current(event);
    window.addEventListener("paste", listener, { capture: true });
    return () => window.removeEventListener("paste", listener, { capture: true });
  }, []);
  return {
    onPaste: (data: Pasted): boolean => {
      // It would become a chart, in a dialog of its own.
      if (data.spreadsheet) Object.assign(data, { spreadsheet: undefined, text: text.current });
      if (!data.elements) return true;
      const { taken, fault } = sorted(data.elements, board);
      if (fault) onFault(fault);
      onLetters?.(taken.reduce((sum, element) => sum + (element.type === "text" ? element.originalText.length : 0), 0));
      Object.assign(data, { elements: taken, files: undefined });
      return taken.length > 0;
    },
    onDragOverCapture: (event: DragEvent) => event.preventDefault(),
    onDropCapture: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (!isEditable) return;
      const { dataTransfer } = event;
      onFault(dataTransfer.types.includes("Files") || hasPicture(dataTransfer) ? "picture" : "dragged");
    },
  };
}

/** Which of these elements a board takes, and what is to be said of the others. */
function sorted(
  elements: NonNullable<Pasted["elements"]>,
  board: Y.Doc,
): { readonly taken: NonNullable<Pasted["elements"]>; readonly fault: BoardFault | null } {
  const known = elements.filter(({ type }) => isKindOfBoard(type));
  const entries = restoreElements(known, null).map((element, index) => {
    const entry = entryOf({ ...element, index: "a0" });
    // They come as new ones, whatever they were called where they were copied.
    return entry && { ...entry, id: `pasted-${index}` };
  });
  const added = entries.filter((entry): entry is BoardEntry => entry !== null);
  if (bytesOfBoardWith(board, added) > BOARD_LIMITS.bytes) return { taken: [], fault: "too_much" };
  const taken = known.filter((_, index) => entries[index] !== null);
  if (taken.length === elements.length) return { taken, fault: null };
  return { taken, fault: taken.length === 0 ? "not_for_board" : "partly" };
}
