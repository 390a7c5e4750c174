import { boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import type { BoardElement } from "@whetstone/shared/workspace/board/element";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import { useEffect, useState } from "react";
import type { DocumentStanding } from "../workspace/shared-document.ts";
import { useDocument } from "../workspace/use-document.ts";
import { BoardPicture } from "./BoardPicture.tsx";
import styles from "./Drawn.module.css";

export interface DrawnBoardProps {
  readonly askId: string;
  readonly number: number;
  /** What is said where nothing stands on it. */
  readonly whenEmpty?: string;
  /** Whether it is looked at, or soon may be. */
  readonly isNear: boolean;
}

type State = DocumentStanding["state"];

/** The board of an ask as it was left, which is nobody's to draw on any more. */
export function DrawnBoard({ askId, number, whenEmpty, isNear }: DrawnBoardProps) {
  // It stays when it goes out of sight.
  const [elements, setElements] = useState<readonly BoardElement[] | null>(null);
  const [state, setState] = useState<State>("opening");
  return (
    <>
      {isNear && <Reader askId={askId} onState={setState} onRead={setElements} />}
      {elements === null ? (
        <Unread state={state} />
      ) : elements.length > 0 ? (
        <BoardPicture elements={elements} label={`Board of question ${number}`} caption="Drawn on the board" />
      ) : (
        whenEmpty && <p className={styles.quiet}>{whenEmpty}</p>
      )}
    </>
  );
}

interface ReaderProps {
  readonly askId: string;
  readonly onState: (state: State) => void;
  readonly onRead: (elements: readonly BoardElement[]) => void;
}

/** Reads a board for as long as it is there: what was drawn without a connection may come late. */
function Reader({ askId, onState, onRead }: ReaderProps) {
  const { document, standing } = useDocument(askId, "board");
  useEffect(() => {
    if (!document) return;
    onState(standing.state);
    if (standing.state !== "open") return;
    const { yjs } = document;
    const read = () => onRead(shownOn(boardOf(yjs)));
    const map = elementsIn(yjs);
    read();
    map.observe(read);
    return () => map.unobserve(read);
  }, [document, standing, onState, onRead]);
  return null;
}

function Unread({ state }: { state: State }) {
  if (state === "quiet")
    return <p className={styles.quiet}>It is quiet time. What is drawn is shown here once it is over.</p>;
  return null;
}
