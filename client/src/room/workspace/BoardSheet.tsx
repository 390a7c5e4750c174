import type { ReactNode } from "react";
import { Board, type BoardProps } from "./board/Board.tsx";
import styles from "./LateBoard.module.css";
import { useDocument } from "./use-document.ts";

export interface BoardSheetProps extends Omit<BoardProps, "document"> {
  readonly askId: string;
  /** What stands here where the board cannot be opened. */
  readonly instead?: ReactNode;
}

/** The board of an ask. */
export function BoardSheet({ askId, instead, ...board }: BoardSheetProps) {
  const { document, standing } = useDocument(askId, "board");
  if (standing.state === "refused")
    return instead ?? <p className={styles.none}>This board is not shown to you any more.</p>;
  // Where nothing has come yet somebody may draw already, without a connection too.
  if (!document) return null;
  return <Board key={standing.generation} document={document.yjs} {...board} />;
}
