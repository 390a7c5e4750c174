import { FlaskConical, ListChecks, Play, Square } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import type { Purpose } from "./live-run.ts";

interface RunControlsProps {
  readonly isRunning: boolean;
  /** How many tests everybody sees, and how many the panel has in all where it may run them. */
  readonly tests: number;
  readonly checks: number;
  readonly className: string;
  readonly wordsClass: string;
  readonly onStart: (purpose: Purpose) => void;
  readonly onStop: () => void;
}

/** Runs what stands in the sheet, or stops it. */
export function RunControls({ isRunning, tests, checks, className, wordsClass, onStart, onStop }: RunControlsProps) {
  if (isRunning)
    return (
      <Button look="quiet" className={className} onClick={onStop}>
        <Square size={16} aria-hidden /> Stop
      </Button>
    );
  return (
    <>
      <Button
        look="quiet"
        className={className}
        title="Run it in this browser (Ctrl+Enter, or ⌘ Enter)"
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onClick={() => onStart("run")}
      >
        <Play size={16} aria-hidden /> Run
      </Button>
      {tests > 0 && (
        <Button look="quiet" title="Run it with the tests that everybody sees" onClick={() => onStart("tests")}>
          <ListChecks size={16} aria-hidden />{" "}
          <span className={wordsClass}>{tests === 1 ? "Test" : `${tests} tests`}</span>
        </Button>
      )}
      {checks > 0 && (
        <Button
          look="quiet"
          title="Run it with all tests; only the panel sees how they went"
          onClick={() => onStart("check")}
        >
          <FlaskConical size={16} aria-hidden /> <span className={wordsClass}>Check</span>
        </Button>
      )}
    </>
  );
}
