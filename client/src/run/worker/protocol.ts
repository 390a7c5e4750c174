import { z } from "zod";

/**
 * What the page and a program's worker say to each other. What comes out of the worker is a stranger's, as the program may have taken the
 * worker's place: each message is read under these schemas, is bounded, and speaks for its own run alone.
 */

export type Language = "python" | "javascript" | "typescript" | "sql";

/** A test is code in the program's language that runs behind it, among its names, and fails by throwing. */
export interface ProgramTest {
  readonly name: string;
  readonly code: string;
}

export const MOST_COLUMNS = 50;
export const MOST_ROWS = 200;
const MOST_IMAGE_BYTES = 2 * 1024 * 1024;
const MOST_PIXELS = 16_000_000;

/** No cell is longer than this; what is cut ends with an ellipsis. */
export const MOST_CELL = 1_000;

/** A message or a traceback, cut where it is endless. */
const Told = z.string().transform((text) => (text.length > 20_000 ? `${text.slice(0, 20_000)}…` : text));
const Cell = z.union([z.string().max(MOST_CELL + 1), z.number(), z.boolean(), z.null()]);
const Line = z.int().positive().nullable();

/** A picture as PNG; the size that it says is looked at before anything unpacks it. */
const Png = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length <= MOST_IMAGE_BYTES && pixelsOf(bytes) <= MOST_PIXELS);

function pixelsOf(bytes: Uint8Array): number {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng = bytes.length > 24 && head.getUint32(0) === 0x89504e47 && head.getUint32(12) === 0x49484452;
  return isPng ? head.getUint32(16) * head.getUint32(20) : Number.POSITIVE_INFINITY;
}

export const ProgramFault = z.object({
  message: Told,
  /** The way to it through the program's own lines; empty where there is none. */
  traceback: Told,
  /** In the file that runs, from 1. */
  line: Line,
});
export type ProgramFault = z.infer<typeof ProgramFault>;

const Output = z.object({
  type: z.literal("output"),
  stream: z.enum(["stdout", "stderr"]),
  text: z.string(),
});
const Image = z.object({ type: z.literal("image"), png: Png });
const Table = z.object({
  type: z.literal("table"),
  columns: z.array(z.string().max(MOST_CELL + 1)).max(MOST_COLUMNS),
  rows: z.array(z.array(Cell).max(MOST_COLUMNS)).max(MOST_ROWS),
  /** How many rows there are, also of those that are left out. */
  total: z.int().nonnegative(),
});

export type ProgramOutput = z.infer<typeof Output>;
export type ProgramImage = z.infer<typeof Image>;
export type ProgramTable = z.infer<typeof Table>;

const Ending = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("ok") }),
  z.object({ outcome: z.literal("error"), fault: ProgramFault }),
  z.object({ outcome: z.literal("too_much_memory") }),
  z.object({ outcome: z.literal("too_much_output") }),
]);
/** How a program says that it ended; that it was stopped or took too long is said by the page. */
export type Ending = z.infer<typeof Ending>;

export const FromWorker = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("broken"), message: Told }),
  /** Names of packages of the server's list that the program imports. */
  z.object({ type: z.literal("needs"), packages: z.array(z.string()).max(500) }),
  z.object({ type: z.literal("started") }),
  Output,
  Image,
  Table,
  /** `isWaiting` where the program can go on with the answer; else it has to run again from its start. */
  z.object({ type: z.literal("ask"), prompt: Told, isWaiting: z.boolean() }),
  z.object({ type: z.literal("testing"), index: z.int().nonnegative() }),
  z.object({ type: z.literal("tested"), index: z.int().nonnegative(), fault: ProgramFault.nullable() }),
  z.object({ type: z.literal("end"), ending: Ending }),
]);
export type FromWorker = z.infer<typeof FromWorker>;

/** By name, the bytes of the interpreter's files. */
export type Assets = Readonly<Record<string, ArrayBuffer>>;

export interface RunRequest {
  readonly type: "run";
  readonly language: Language;
  readonly code: string;
  /** By name, files that stand beside the program. */
  readonly files: Readonly<Record<string, string>>;
  /** The script that makes the database that a run in SQL begins with. */
  readonly database: string;
  /** What was answered by runs before this one, which goes the same way again; null is the end of the input. */
  readonly answers: readonly (string | null)[];
  /** Chance is the same in a run that goes the same way again. */
  readonly seed: number;
  /** The most characters of output. */
  readonly outputLimit: number;
  /** Null for a run without tests; with tests, a program that asks finds that its input is at its end. */
  readonly tests: readonly ProgramTest[] | null;
  /** The first of them that runs. */
  readonly firstTest: number;
}

export type ToWorker =
  | {
      readonly type: "load";
      readonly assets: Assets;
      readonly memoryBytes: number;
      /** The server's Python packages, as its list has them. */
      readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    }
  | RunRequest
  | { readonly type: "packages"; readonly files: Assets }
  | { readonly type: "answer"; readonly text: string | null };
