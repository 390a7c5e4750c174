import type { ImportCorrection, ImportPlan } from "@whetstone/shared/bank-wire";
import { useEffect, useRef, useState } from "react";
import { pauseInTyping } from "../../browser/typing.ts";
import { type Change, cleared, type History, put, redone, UNCORRECTED, undone } from "./corrections.ts";

/** A plan, and the corrections that it was made with. */
export interface Looked {
  readonly plan: ImportPlan;
  readonly corrections: readonly ImportCorrection[];
}

type Look = (corrections: readonly ImportCorrection[], signal: AbortSignal) => Promise<Looked>;

/** What can be done with what was put right. */
export interface Correcting {
  readonly history: History;
  /** Whether the server has not answered yet with what was put right last. */
  readonly isBehind: boolean;
  readonly put: (change: Change) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly clear: () => void;
}

interface Corrected {
  readonly correcting: Correcting;
  readonly plan: ImportPlan | undefined;
  readonly error: Error | null;
  /** Forgets the answers, which something else has overtaken; what was put right stays. */
  readonly overtake: () => void;
  /** Forgets what was put right too. */
  readonly forget: () => void;
}

/** Corrections of what was read first. After each, the server reads anew; the plan before stands until then, and the last answer counts. */
export function useCorrections(first: Looked | undefined, look: Look): Corrected {
  const [history, setHistory] = useState(UNCORRECTED);
  const [again, setAgain] = useState<Looked | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const latest = useRef(look);
  latest.current = look;
  const { now } = history;
  const looked = again ?? first;
  const isBehind = looked !== undefined && looked.corrections !== now;

  useEffect(() => {
    if (!isBehind) return;
    const overtaken = new AbortController();
    const { signal } = overtaken;
    const answer = (act: () => void) => {
      if (!signal.aborted) act();
    };
    setError(null);
    pauseInTyping(signal)
      .then(() => latest.current(now, signal))
      .then(
        (answered) => answer(() => setAgain(answered)),
        (reason: unknown) => answer(() => setError(reason instanceof Error ? reason : new Error(String(reason)))),
      );
    return () => overtaken.abort();
  }, [isBehind, now]);

  const overtake = () => {
    setAgain(null);
    setError(null);
  };
  return {
    correcting: {
      history,
      isBehind,
      put: (change) => setHistory((before) => put(before, change)),
      undo: () => setHistory(undone),
      redo: () => setHistory(redone),
      clear: () => setHistory(cleared),
    },
    plan: looked?.plan,
    error,
    overtake,
    forget: () => {
      overtake();
      setHistory(UNCORRECTED);
    },
  };
}
