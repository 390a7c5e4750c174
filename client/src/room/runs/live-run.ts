import type { RunPiece } from "@whetstone/shared/workspace/run";
import { toBase64 } from "../../base64.ts";
import type { ProgramFault, RunEnd, RunEvent, TestResult } from "../../run/events.ts";

/** What a run is for: its output alone, with the tests that everybody sees, or with all tests and for the panel alone. */
export type Purpose = "run" | "tests" | "check";

/** A run on this page, from its press on, with all that it showed. */
export interface LiveRun {
  readonly purpose: Purpose;
  readonly pieces: readonly RunPiece[];
  readonly now:
    | { readonly state: "loading"; readonly what: string | null; readonly bytes: number; readonly of: number | null }
    | { readonly state: "running" }
    | { readonly state: "asking"; readonly prompt: string }
    | { readonly state: "over"; readonly end: RunEnd; readonly results: readonly TestResult[] };
}

export const begun = (purpose: Purpose): LiveRun => ({
  purpose,
  pieces: [],
  now: { state: "loading", what: null, bytes: 0, of: null },
});

/** The run with what was told of it. */
export function heard(run: LiveRun, event: RunEvent): LiveRun {
  const running = { state: "running" } as const;
  switch (event.type) {
    case "loading": {
      const { what, bytes, of } = event;
      // While a program reads, the next interpreter gets ready, which is nobody's business.
      return run.now.state === "loading" ? { ...run, now: { state: "loading", what, bytes, of } } : run;
    }
    case "output":
      return { ...printed(run, event.text, event.stream === "stderr"), now: running };
    case "image":
      return { ...run, pieces: [...run.pieces, { kind: "picture", png: toBase64(event.png) }], now: running };
    case "table": {
      const { columns, rows, total } = event;
      return { ...run, pieces: [...run.pieces, { kind: "table", columns, rows, total }], now: running };
    }
    case "ask":
      return { ...run, now: { state: "asking", prompt: event.prompt } };
    case "end":
      return { ...run, now: { state: "over", end: event, results: [] } };
    default:
      return event satisfies never;
  }
}

/** The run once a line was typed into it, which stands where a terminal would show it. */
export function answered(run: LiveRun, text: string | null): LiveRun {
  if (run.now.state !== "asking") return run;
  return { ...printed(run, `${run.now.prompt}${text ?? ""}\n`, false), now: { state: "running" } };
}

export const withResults = (run: LiveRun, results: readonly TestResult[]): LiveRun =>
  run.now.state === "over" ? { ...run, now: { ...run.now, results } } : run;

/** What it printed by now. */
export const printedIn = ({ pieces }: LiveRun): string =>
  pieces.map((piece) => (piece.kind === "printed" ? piece.text : "")).join("");

/** What stopped a program, where it ended by an error. */
export const faultOf = (end: RunEnd): ProgramFault | null => (end.outcome === "error" ? end.fault : null);

function printed(run: LiveRun, text: string, isError: boolean): LiveRun {
  const last = run.pieces.at(-1);
  if (last?.kind !== "printed" || last.isError !== isError)
    return { ...run, pieces: [...run.pieces, { kind: "printed", isError, text }] };
  return { ...run, pieces: [...run.pieces.slice(0, -1), { ...last, text: last.text + text }] };
}
