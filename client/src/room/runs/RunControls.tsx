import { FlaskConical, ListChecks, Play, Square } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import type { Purpose } from "./live-run.ts";
import styles from "./RunControls.module.css";

interface RunControlsProps {
  readonly isRunning: boolean;
  /** How many tests everybody sees, and how many the panel has in all where it may run them. */
  readonly tests: number;
  readonly checks: number;
  readonly onStart: (purpose: Purpose) => void;
  readonly onStop: () => void;
}

/** Runs what stands in the sheet, or stops it. */
export function RunControls({ isRunning, tests, checks, onStart, onStop }: RunControlsProps) {
  if (isRunning)
    return (
      <Button look="quiet" className={styles.run ?? ""} onClick={onStop}>
        <Square size={16} aria-hidden /> <span className={styles.words}>Stop</span>
      </Button>
    );
  return (
    <>
      <Button
        look="quiet"
        className={styles.run ?? ""}
        title="Run it in this browser (Ctrl+Enter, or ⌘ Enter)"
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={() => onStart("run")}
      >
        <Play size={16} aria-hidden /> <span className={styles.words}>Run</span>
      </Button>
      {tests > 0 && (
        <Button look="quiet" title="Run it with the tests that everybody sees" onClick={() => onStart("tests")}>
          <ListChecks size={16} aria-hidden />{" "}
          <span className={styles.words}>{tests === 1 ? "Test" : `${tests} tests`}</span>
        </Button>
      )}
      {checks > 0 && (
        <Button
          look="quiet"
          title="Run it with all tests; only the panel sees how they went"
          onClick={() => onStart("check")}
        >
          <FlaskConical size={16} aria-hidden /> <span className={styles.words}>Check</span>
        </Button>
      )}
    </>
  );
}
