import { Suspense } from "react";
import { part } from "../../ui/Part.tsx";
import type { BoardSheetProps } from "./BoardSheet.tsx";
import styles from "./LateBoard.module.css";

const FetchedBoard = part<BoardSheetProps>(async () => (await import("./BoardSheet.tsx")).BoardSheet);

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
