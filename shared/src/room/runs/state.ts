import { z } from "zod";
import type { AskedQuestion } from "../../bank.ts";
import { type Run, RunOutcome } from "../../workspace/run.ts";
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

/** That a program was run which everybody sees, as it is remembered of every run. */
export const RunFact = z.strictObject({
  at: z.int().describe("When it ended, in milliseconds since 1970."),
  seatId: z.string(),
  outcome: RunOutcome,
  passed: z.int().describe("How many tests passed, of so many that were run."),
  tested: z.int(),
});
export type RunFact = z.infer<typeof RunFact>;

/** Of more runs those that were first are remembered no more. */
const MOST_FACTS = 500;

/** What is remembered of an ask's runs, with one more. */
export function withRun(facts: readonly RunFact[], { seatId, run }: RunEvent, at: number): readonly RunFact[] {
  const passed = run.tests.filter(({ outcome }) => outcome === "passed").length;
  return [...facts, { at, seatId, outcome: run.outcome, passed, tested: run.tests.length }].slice(-MOST_FACTS);
}

export function keptRun({ type, seatId, run }: RunEvent, { workspace }: AskedQuestion, elapsed: number): KeptRun {
  const given = (workspace?.tests ?? [])
    .filter(({ visible }) => visible || type === "checkKept")
    .map(({ name, visible }) => ({ name, isHidden: !visible }));
  return { seatId, elapsed, run, given };
}
