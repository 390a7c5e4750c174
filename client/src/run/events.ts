import type { Progress } from "./interpreters.ts";
import type {
  Ending,
  Language,
  ProgramFault,
  ProgramImage,
  ProgramOutput,
  ProgramTable,
  ProgramTest,
} from "./worker/protocol.ts";

/** What is given to run, and what is told of it. */

export interface Limits {
  /** Of the program, and of each test; waiting for input does not count. */
  readonly milliseconds: number;
  readonly memoryBytes: number;
  /** Characters of output, on both streams together. */
  readonly output: number;
}

export const LIMITS: Limits = { milliseconds: 10_000, memoryBytes: 256 * 1024 * 1024, output: 64 * 1024 };

export interface Program {
  readonly language: Language;
  readonly code: string;
  /** By name, files beside the program: it can read them, and import those in its language. */
  readonly files?: Readonly<Record<string, string>>;
  /** For SQL, the script that makes the database. */
  readonly database?: string;
  readonly limits?: Partial<Limits>;
}

/** How a run ended, and how long it took without waiting for input. */
export type RunEnd = { readonly type: "end"; readonly ms: number } & (
  | Ending
  | { readonly outcome: "stopped" }
  | { readonly outcome: "too_long" }
  /** The interpreter could not be fetched or started; the sentence says so. */
  | { readonly outcome: "unavailable"; readonly message: string }
);

export type RunEvent =
  | ({ readonly type: "loading" } & Progress)
  | ProgramOutput
  | ProgramImage
  | ProgramTable
  /** The program waits for `answer`. */
  | { readonly type: "ask"; readonly prompt: string }
  | RunEnd;

export type TestResult = { readonly name: string } & (
  | { readonly outcome: "passed" }
  /** The line is the program's own. */
  | ({ readonly outcome: "failed" } & Pick<ProgramFault, "message" | "line">)
  /** The program itself did not come to its end, or was stopped before. */
  | { readonly outcome: "not_run" }
);

export interface TestReport {
  readonly results: readonly TestResult[];
  /** How the program itself ended, or the tests behind it. */
  readonly end: RunEnd;
}

export type { ProgramFault, ProgramTest };
