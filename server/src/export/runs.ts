import type { ShownRun } from "@whetstone/shared/room/view/runs";
import { LANGUAGE_NAMES } from "@whetstone/shared/workspace/language";
import { outcomeWords, testsWords } from "@whetstone/shared/workspace/run-words";
import type { PagePicture } from "./pdf/pictures.ts";
import type { ExportedRun, RoomExport } from "./room-export.ts";
import { clock } from "./words.ts";

/** The last runs of an ask, as far as there are any. */
export type ExportedRuns = Pick<RoomExport["asks"][number], "lastRun" | "lastCheck">;

/** The last runs of an ask as somebody is shown them; `people` are those whose names they know. */
export function exportedRuns(
  { lastRun, lastCheck }: { readonly lastRun?: ShownRun | undefined; readonly lastCheck?: ShownRun | undefined },
  people: readonly { readonly seatId: string; readonly name: string }[],
): ExportedRuns {
  const exported = ({ seatId, ...run }: ShownRun): ExportedRun => ({
    ...run,
    elapsedMs: Math.round(run.elapsedMs),
    by: people.find((person) => person.seatId === seatId)?.name ?? "Somebody who has left",
  });
  return { ...(lastRun && { lastRun: exported(lastRun) }), ...(lastCheck && { lastCheck: exported(lastCheck) }) };
}

/** A run as documents tell of it. */
export interface WordedRun {
  /** Who ran it when, and how it ended. */
  readonly how: string;
  /** What it printed, its tables row by row, and what stopped it. */
  readonly printed: string;
  readonly tests: readonly string[];
  /** What it drew, as far as the document shows pictures. */
  readonly pictures: readonly PagePicture[];
}

/** How a document shows a PNG in base64; null where it does not. */
type ShowPicture = (png: string) => PagePicture | null;

export const wordedRuns = ({ lastRun, lastCheck }: ExportedRuns, show: ShowPicture = () => null): WordedRun[] => [
  ...(lastRun ? [worded(lastRun, "Run", show)] : []),
  ...(lastCheck ? [worded(lastCheck, "Checked by the panel", show)] : []),
];

function worded(run: ExportedRun, what: string, show: ShowPicture): WordedRun {
  const { by, elapsedMs, language, outcome, ms, fault, tests } = run;
  const ended = outcomeWords(outcome, ms, fault?.line ?? null);
  const shown = run.pieces.map((piece) => (piece.kind === "picture" ? show(piece.png) : null));
  const passed = tests.length > 0 ? ` ${testsWords(tests)}.` : "";
  return {
    how: `${what} by ${by} at ${clock(elapsedMs)} (${LANGUAGE_NAMES[language]}). ${ended}${passed}`,
    printed: printedBy(run, shown),
    pictures: shown.filter((picture) => picture !== null),
    tests: tests.map(({ name, isHidden, outcome: went, message, line }) => {
      const why = message === "" ? "" : `: ${message}${line === null ? "" : ` (line ${line})`}`;
      return `${WENT[went]}: ${name}${isHidden ? ", the panel's own" : ""}${why}`;
    }),
  };
}

const WENT = { passed: "Passed", failed: "Failed", not_run: "Not run" } as const;

function printedBy({ pieces, fault, isCut }: ExportedRun, pictures: readonly (PagePicture | null)[]): string {
  const shown = pieces.map((piece, index) => {
    switch (piece.kind) {
      case "printed":
        return piece.text.trimEnd();
      case "picture":
        return pictures[index] ? "[a picture, shown below]" : "[a picture, which is in the JSON export]";
      case "table":
        return [piece.columns, ...piece.rows].map((row) => row.map((cell) => cell ?? "NULL").join(" | ")).join("\n");
      default:
        return piece satisfies never;
    }
  });
  return [...shown, fault?.message, isCut && "[not all that it showed is kept]"].filter(Boolean).join("\n");
}
