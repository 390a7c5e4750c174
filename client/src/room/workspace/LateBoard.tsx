import { Suspense } from "react";
import { MissingPart, type MissingProps, part } from "../../ui/Part.tsx";
import type { BoardSheetProps } from "./BoardSheet.tsx";
import styles from "./LateBoard.module.css";

const MissingBoard = ({ missing, onRetry }: MissingProps) => (
  <div className={styles.missing}>
    <MissingPart missing={missing} onRetry={onRetry} />
    <p className={styles.none}>The board is kept on the server. The text of this sheet goes on meanwhile.</p>
  </div>
);

const FetchedBoard = part<BoardSheetProps>(async () => (await import("./BoardSheet.tsx")).BoardSheet, MissingBoard);

/** The board of an ask, which is fetched when it is shown for the first time. */
export const LateBoard = (props: BoardSheetProps) => (
  <Suspense
    fallback={
      <p className={styles.coming} role="status">
        The board is being fetched…
      </p>
    }
  >
    <FetchedBoard {...props} />
  </Suspense>
);
