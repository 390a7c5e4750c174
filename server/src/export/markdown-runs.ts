import { fenced, line, list } from "./markdown-text.ts";
import { type ExportedRuns, wordedRuns } from "./runs.ts";

/** How programs went, in words. */
export const runBlocks = (runs: ExportedRuns): string[] =>
  wordedRuns(runs)
    .flatMap(({ how, printed, tests }) => [line(how), printed === "" ? "" : fenced(printed), list(tests.map(line))])
    .filter((block) => block !== "");
