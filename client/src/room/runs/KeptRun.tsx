import type { ShownRun } from "@whetstone/shared/room/view/runs";
import { outcomeWords, testsWords } from "@whetstone/shared/workspace/run-words";
import type { ReactNode } from "react";
import { elapsedText } from "../../words.ts";
import { useRoom } from "../store/context.tsx";
import styles from "./RunPane.module.css";
import { RunShown } from "./RunShown.tsx";

interface KeptRunProps {
  readonly run: ShownRun;
  readonly onLine?: ((line: number) => void) | undefined;
}

/** A run that is kept with its ask. */
export function KeptRun({ run, onLine }: KeptRunProps) {
  const { outcome, ms, fault, seatId, elapsedMs, tests } = run;
  const name = useNameOf(seatId);
  return (
    <div className={styles.run}>
      <p className={styles.how}>
        <bdi>{name}</bdi> ran it at <time>{elapsedText(elapsedMs)}</time>.{" "}
        {outcomeWords(outcome, ms, fault?.line ?? null)}
        {tests.length > 0 && ` ${testsWords(tests)}.`}
      </p>
      <RunShown {...run} onLine={onLine} />
    </div>
  );
}

/** What a seat is called on this page. */
export function useNameOf(seatId: string): string {
  const { view } = useRoom();
  if (seatId === view?.you.seatId) return "You";
  return view?.people.find((person) => person.seatId === seatId)?.name ?? "Somebody";
}

/** What of it the candidate does not see. */
export function OfThePanel({ children }: { children: ReactNode }) {
  const { view } = useRoom();
  const isAmongPeers = view !== null && "peers" in view && view.peers !== undefined;
  return (
    <div className={styles.secret}>
      <p>
        Check <small>{isAmongPeers ? "whoever answers does not see this" : "only the panel sees this"}</small>
      </p>
      {children}
    </div>
  );
}
