import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import { pictureOf } from "@whetstone/shared/workspace/board/picture";
import { toldOf } from "@whetstone/shared/workspace/board/told";
import type { BoardHistory } from "@whetstone/shared/workspace/playback/board-history";
import { useMemo } from "react";
import { Paper } from "../../ui/Paper.tsx";
import styles from "./BoardThen.module.css";

interface BoardThenProps {
  readonly label: string;
  readonly history: BoardHistory;
  /** How many of its moments are over. */
  readonly count: number;
}

/** The board as it stood when so many moments were over, each thing where it stays. */
export function BoardThen({ label, history, count }: BoardThenProps) {
  const elements = useMemo(() => history.elementsAfter(count), [history, count]);
  const picture = useMemo(() => pictureOf(elements, history.around), [elements, history]);
  const told = useMemo(() => toldOf(outlineOf(elements)).join(", "), [elements]);
  return (
    <div className={styles.pane}>
      {picture && (
        <Paper picture={picture} alt={told === "" ? `${label}: nothing stands on it` : `${label}: ${told}`} />
      )}
    </div>
  );
}
