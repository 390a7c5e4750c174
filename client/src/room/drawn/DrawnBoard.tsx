import { boardOf, shownOn } from "@whetstone/shared/workspace/board/board";
import type { BoardElement } from "@whetstone/shared/workspace/board/element";
import { elementsIn } from "@whetstone/shared/workspace/board/map";
import { BoardHistory } from "@whetstone/shared/workspace/playback/board-history";
import { useEffect, useState } from "react";
import { Replay } from "../playback/Replay.tsx";
import { useHistory } from "../playback/use-history.ts";
import type { DocumentStanding } from "../workspace/shared-document.ts";
import { useDocument } from "../workspace/use-document.ts";
import { BoardPicture } from "./BoardPicture.tsx";
import styles from "./Drawn.module.css";

export interface DrawnBoardProps {
  readonly askId: string;
  readonly number: number;
  /** Whether it can be seen how it was drawn. */
  readonly isReplayed?: boolean;
  /** What is said where nothing stands on it. */
  readonly whenEmpty?: string;
  /** Whether it is looked at, or soon may be. */
  readonly isNear: boolean;
}

type State = DocumentStanding["state"];

/** The board of an ask as it was left, which is nobody's to draw on any more. */
export function DrawnBoard({ askId, number, isReplayed = false, whenEmpty, isNear }: DrawnBoardProps) {
  // It stays when it goes out of sight.
  const [elements, setElements] = useState<readonly BoardElement[] | null>(null);
  const [state, setState] = useState<State>("opening");
  return (
    <>
      {isNear && <Reader askId={askId} onState={setState} onRead={setElements} />}
      {elements === null ? (
        <Unread state={state} />
      ) : elements.length > 0 ? (
        <div className={styles.all}>
          <BoardPicture elements={elements} label={`Board of question ${number}`} />
          {isReplayed && <Replay askId={askId} number={number} part="board" />}
        </div>
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
  return standing.state === "refused" ? <PastReader askId={askId} onRead={onRead} /> : null;
}

const newHistory = () => new BoardHistory();

/** Among peers the documents of rounds that are over lie open to nobody; how they came to be can be read. */
function PastReader({ askId, onRead }: Pick<ReaderProps, "askId" | "onRead">) {
  const standing = useHistory({ askId, part: "board" }, newHistory);
  useEffect(() => {
    if (standing.state !== "read") return;
    const { history } = standing.read;
    onRead(history.elementsAfter(history.moments.length));
  }, [standing, onRead]);
  return null;
}

function Unread({ state }: { state: State }) {
  if (state === "quiet")
    return <p className={styles.quiet}>It is quiet time. What is drawn is shown here once it is over.</p>;
  return null;
}
