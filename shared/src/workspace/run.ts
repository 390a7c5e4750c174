import { z } from "zod";
import { WORKSPACE_LISTS } from "../bank-limits.ts";
import { Runnable } from "./language.ts";

/**
 * One run of a program as it is kept with its ask: what it printed and showed, how it ended, and how its tests went. The browser of whoever
 * ran it says all this, so a run that matters is run again by whoever rates it.
 */

/** How much of a run is kept, in UTF-16 code units where it is text. */
export const RUN_LIMITS = {
  /** Printed in all; of more, the beginning and the end are kept. */
  printed: 12_000,
  /** Printed pieces, pictures and tables. */
  pieces: 60,
  pictures: 2,
  /** A PNG in base64. */
  picture: 120_000,
  pixels: 4_000_000,
  tables: 4,
  columns: 20,
  rows: 50,
  cell: 200,
  message: 1_000,
  traceback: 4_000,
} as const;

/** How a program ended: by itself, or because somebody or something stopped it. */
export const RunOutcome = z.enum(["ok", "error", "stopped", "too_long", "too_much_memory", "too_much_output"]);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** A test that was not run had no program that came to its end before it. */
export const TestOutcome = z.enum(["passed", "failed", "not_run"]);
export type TestOutcome = z.infer<typeof TestOutcome>;

const line = z.int().nullable().describe("In the program, from 1; null where it is none of its lines.");

/** A run whose texts are held to `text`, and its lists to `list`: what is sent is bounded, and what is stored is read whatever it says. */
const runOf = (
  text: (most: number) => z.ZodString,
  list: <T extends z.ZodType>(item: T, most: number) => z.ZodArray<T>,
) => {
  const cell = z.union([text(RUN_LIMITS.cell), z.number(), z.boolean(), z.null()]);
  const piece = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("printed"), isError: z.boolean(), text: text(RUN_LIMITS.printed) }),
    z.strictObject({ kind: z.literal("picture"), png: text(RUN_LIMITS.picture).describe("In base64.") }),
    z.strictObject({
      kind: z.literal("table"),
      columns: list(text(RUN_LIMITS.cell), RUN_LIMITS.columns),
      rows: list(list(cell, RUN_LIMITS.columns), RUN_LIMITS.rows),
      total: z.int().describe("How many rows there were."),
    }),
  ]);
  const test = z.strictObject({ outcome: TestOutcome, message: text(RUN_LIMITS.message), line });
  return z.strictObject({
    language: Runnable,
    ms: z.int().describe("How long it took, in milliseconds, without waiting for input."),
    outcome: RunOutcome,
    fault: z
      .strictObject({ message: text(RUN_LIMITS.message), traceback: text(RUN_LIMITS.traceback), line })
      .nullable()
      .describe("What stopped it, where it ended by an error."),
    pieces: list(piece, RUN_LIMITS.pieces).describe("What it printed and showed, in order."),
    isCut: z.boolean().describe("Whether it printed or showed more than is kept."),
    tests: list(test, WORKSPACE_LISTS.tests.max).describe(
      "Of the question's, in their order; none where none were run.",
    ),
  });
};

/** A run as it is stored. */
export const Run = runOf(
  () => z.string(),
  (item) => z.array(item),
);
export type Run = z.infer<typeof Run>;
export type RunPiece = Run["pieces"][number];

/** A run as somebody sends it. */
export const SentRun = runOf(
  (most) => z.string().max(most),
  (item, most) => z.array(item).max(most),
).refine(isBounded, "holds more than is kept of a run");

function isBounded({ ms, pieces }: Run): boolean {
  const of = (kind: RunPiece["kind"]) => pieces.filter((piece) => piece.kind === kind);
  const printed = pieces.reduce((sum, piece) => sum + (piece.kind === "printed" ? piece.text.length : 0), 0);
  return (
    ms >= 0 &&
    printed <= RUN_LIMITS.printed &&
    of("picture").length <= RUN_LIMITS.pictures &&
    of("table").length <= RUN_LIMITS.tables &&
    pieces.every((piece) => piece.kind !== "picture" || isPng(piece.png))
  );
}

const SIGNATURE = 0x89504e47;
const FIRST_CHUNK = 0x49484452;
/** The signature, the first chunk's length and name, and the two sizes, in base64. */
const HEAD = 32;

/**
 * Whether it is a PNG that a page may unpack: by its beginning, which says how many pixels there will be (PNG, third edition, 5.2 and 11.2.1).
 */
export function isPng(base64: string): boolean {
  if (base64.length < HEAD || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false;
  const head = new DataView(z.core.util.base64ToUint8Array(base64.slice(0, HEAD)).buffer);
  const pixels = head.getUint32(16) * head.getUint32(20);
  const isOne = head.getUint32(0) === SIGNATURE && head.getUint32(12) === FIRST_CHUNK;
  return isOne && pixels > 0 && pixels <= RUN_LIMITS.pixels;
}
