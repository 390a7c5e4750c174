import "../../../../client/src/browser/schemas.ts";
import type { Program, RunEvent } from "../../../../client/src/run/events.ts";
import { Runner } from "../../../../client/src/run/runner.ts";

/** A page that has a runner, writes down what it tells, and does nothing else. */

declare global {
  interface Window {
    runner: Runner;
    /** By run, what it told. */
    runs: RunEvent[][];
    begin(program: Program): number;
  }
}

const runner = new Runner();
window.runner = runner;
window.runs = [];
window.begin = (program) => {
  const events: RunEvent[] = [];
  const at = window.runs.push(events) - 1;
  const read = async () => {
    for await (const event of runner.run(program)) events.push(event);
  };
  void read();
  return at;
};
