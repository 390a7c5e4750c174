import type { ReactNode } from "react";
import { Board, type BoardProps } from "./board/Board.tsx";
import styles from "./LateBoard.module.css";
import { useDocument } from "./use-document.ts";

export interface BoardSheetProps extends Omit<BoardProps, "document" | "pointing"> {
  readonly askId: string;
  /** The candidate draws unseen: what is shown is what stood before. */
  readonly isQuiet?: boolean;
  /** What stands here where the board cannot be opened. */
  readonly instead?: ReactNode;
}

/** The board of an ask. */
export function BoardSheet({ askId, isQuiet = false, instead, ...board }: BoardSheetProps) {
  const { document, standing } = useDocument(askId, "board");
  if (standing.state === "refused")
    return instead ?? <p className={styles.none}>This board is not shown to you any more.</p>;
  if (standing.state === "quiet")
    return (
      <p className={styles.none} role="status">
        The board is drawn on unseen in quiet time. It is shown here when that ends.
      </p>
    );
  // Where nothing has come yet somebody may draw already, without a connection too.
  if (!document) return null;
  const pointing = isQuiet ? null : document.pointers;
  return <Board key={standing.generation} document={document.yjs} pointing={pointing} {...board} />;
}
