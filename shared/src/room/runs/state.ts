import type { AskedQuestion } from "../../bank.ts";
import type { Run } from "../../workspace/run.ts";
import type { RunEvent } from "./events.ts";

/** A run that is kept with its ask, for as long as no other takes its place; the log has all of them. */
export interface KeptRun {
  readonly seatId: string;
  /** The interview's running time at which it ended, in milliseconds. */
  readonly elapsed: number;
  readonly run: Run;
  /** Those of the question's tests that the results of the run belong to. */
  readonly given: readonly { readonly name: string; readonly isHidden: boolean }[];
}

export function keptRun({ type, seatId, run }: RunEvent, { workspace }: AskedQuestion, elapsed: number): KeptRun {
  const given = (workspace?.tests ?? [])
    .filter(({ visible }) => visible || type === "checkKept")
    .map(({ name, visible }) => ({ name, isHidden: !visible }));
  return { seatId, elapsed, run, given };
}
