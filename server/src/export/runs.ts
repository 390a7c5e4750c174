import { LANGUAGE_NAMES } from "@whetstone/shared/workspace/language";
import { outcomeWords, testsWords } from "@whetstone/shared/workspace/run-words";
import type { ExportedRun, RoomExport } from "./room-export.ts";
import { clock } from "./words.ts";

/** A run as documents tell of it: pictures are in the JSON export alone. */
export interface WordedRun {
  /** Who ran it when, and how it ended. */
  readonly how: string;
  /** What it printed, its tables row by row, and what stopped it. */
  readonly printed: string;
  readonly tests: readonly string[];
}

export const wordedRuns = ({ lastRun, lastCheck }: RoomExport["asks"][number]): WordedRun[] => [
  ...(lastRun ? [worded(lastRun, "Run")] : []),
  ...(lastCheck ? [worded(lastCheck, "Checked by the panel")] : []),
];

function worded(run: ExportedRun, what: string): WordedRun {
  const { by, elapsedMs, language, outcome, ms, fault, tests } = run;
  const ended = outcomeWords(outcome, ms, fault?.line ?? null);
  const passed = tests.length > 0 ? ` ${testsWords(tests)}.` : "";
  return {
    how: `${what} by ${by} at ${clock(elapsedMs)} (${LANGUAGE_NAMES[language]}). ${ended}${passed}`,
    printed: printedBy(run),
    tests: tests.map(({ name, isHidden, outcome: went, message, line }) => {
      const why = message === "" ? "" : `: ${message}${line === null ? "" : ` (line ${line})`}`;
      return `${WENT[went]}: ${name}${isHidden ? ", the panel's own" : ""}${why}`;
    }),
  };
}

const WENT = { passed: "Passed", failed: "Failed", not_run: "Not run" } as const;

function printedBy({ pieces, fault, isCut }: ExportedRun): string {
  const shown = pieces.map((piece) => {
    switch (piece.kind) {
      case "printed":
        return piece.text.trimEnd();
      case "picture":
        return "[a picture, which is in the JSON export]";
      case "table":
        return [piece.columns, ...piece.rows].map((row) => row.map((cell) => cell ?? "NULL").join(" | ")).join("\n");
      default:
        return piece satisfies never;
    }
  });
  return [...shown, fault?.message, isCut && "[not all that it showed is kept]"].filter(Boolean).join("\n");
}
