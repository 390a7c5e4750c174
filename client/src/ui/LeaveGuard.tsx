import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isLeftUnsaved, unsavedPlaces, useUnsavedPlaces } from "../browser/unsaved.ts";
import { Button } from "./Button.tsx";
import styles from "./LeaveGuard.module.css";

/** Asks before a page is left on which something is written that no server has. Nothing is asked where there is nothing to lose. */
export function LeaveGuard() {
  const isUnsaved = useUnsavedPlaces().size > 0;
  const { status, proceed, reset } = useBlocker({
    // What takes the place of an address is the page's own doing, and the page stays.
    shouldBlockFn: ({ current, next, action }) =>
      action !== "REPLACE" && current.pathname !== next.pathname && isLeftUnsaved(),
    enableBeforeUnload: () => unsavedPlaces().size > 0,
    disabled: !isUnsaved,
    withResolver: true,
  });
  const bar = useRef<HTMLDivElement>(null);
  const isAsked = status === "blocked";
  useEffect(() => {
    if (isAsked) bar.current?.focus();
  }, [isAsked]);
  if (!isAsked) return null;
  return (
    <div ref={bar} className={styles.bar} role="alertdialog" aria-labelledby="leaving" tabIndex={-1}>
      <p id="leaving">
        <b>Something that you wrote is not saved yet.</b> If you leave, it stays in this browser at most, and nobody
        else reads it.
      </p>
      <span className={styles.actions}>
        <Button look="primary" onClick={reset}>
          Stay here
        </Button>
        <Button look="quiet" onClick={proceed}>
          Leave all the same
        </Button>
      </span>
    </div>
  );
}
