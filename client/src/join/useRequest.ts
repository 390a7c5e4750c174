import { useCallback, useEffect, useRef, useState } from "react";
import { RequestRefused } from "../refusals.ts";

/** After how long what got no answer is sent again, in milliseconds. */
const PAUSES_MS = [1_000, 2_000];

interface Standing<Answer> {
  readonly isPending: boolean;
  readonly answer: Answer | null;
  readonly error: Error | null;
}

export interface Request<Input, Answer> extends Standing<Answer> {
  /** Asks, anew where it was asked before; only what the latest asking came to is told. */
  readonly send: (input: Input) => void;
}

/**
 * A request and what it came to. What got no answer is sent again a few times, under the same name, where it `isPatient`; a server that
 * said no is not asked again.
 */
export function useRequest<Input, Answer>(
  ask: (input: Input) => Promise<Answer>,
  { isPatient = false }: { readonly isPatient?: boolean } = {},
): Request<Input, Answer> {
  const [standing, setStanding] = useState<Standing<Answer>>({ isPending: false, answer: null, error: null });
  const latest = useRef<object | null>(null);
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(
    () => () => {
      latest.current = null;
    },
    [],
  );
  const send = useCallback(
    (input: Input) => {
      const mine = {};
      latest.current = mine;
      const tell = (now: Standing<Answer>) => latest.current === mine && setStanding(now);
      tell({ isPending: true, answer: null, error: null });
      sent(() => asking.current(input), isPatient ? PAUSES_MS : []).then(
        (answer) => tell({ isPending: false, answer, error: null }),
        (error: Error) => tell({ isPending: false, answer: null, error }),
      );
    },
    [isPatient],
  );
  return { ...standing, send };
}

async function sent<Answer>(ask: () => Promise<Answer>, pausesMs: readonly number[]): Promise<Answer> {
  const [pauseMs, ...later] = pausesMs;
  try {
    return await ask();
  } catch (error) {
    if (pauseMs === undefined || !(error instanceof RequestRefused) || error.isAnswer) throw error;
    await new Promise((resume) => setTimeout(resume, pauseMs));
    return sent(ask, later);
  }
}
