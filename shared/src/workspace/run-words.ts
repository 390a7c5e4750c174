import type { RunOutcome } from "./run.ts";

/** How a run ended, in a sentence. */
export function outcomeWords(outcome: RunOutcome, ms: number, line: number | null): string {
  const time = timeOf(ms);
  switch (outcome) {
    case "ok":
      return `Ended after ${time}.`;
    case "error":
      return line === null ? `Ended by an error after ${time}.` : `Ended by an error on line ${line} after ${time}.`;
    case "stopped":
      return `Stopped after ${time}.`;
    case "too_long":
      return `Stopped: it took too long, ${time}.`;
    case "too_much_memory":
      return "Stopped: it needed too much memory.";
    case "too_much_output":
      return "Stopped: it printed too much.";
    default:
      return outcome satisfies never;
  }
}

/** How many tests passed, in a few words. */
export function testsWords(tests: readonly { readonly outcome: string }[]): string {
  const passed = tests.filter(({ outcome }) => outcome === "passed").length;
  if (passed === tests.length) return tests.length === 1 ? "The test passed" : `All ${tests.length} tests passed`;
  return `${passed} of ${tests.length} ${tests.length === 1 ? "test" : "tests"} passed`;
}

/** As many digits as tell runs apart. */
const timeOf = (ms: number): string => (ms < 1_000 ? `${Math.max(1, ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
