import { isRun, type Language } from "@whetstone/shared/workspace/language";
import type { Run } from "@whetstone/shared/workspace/run";
import { useCallback, useEffect, useRef, useState } from "react";
import { fetching } from "../../browser/parts.ts";
import type { Program, ProgramTest, RunEvent } from "../../run/events.ts";
import type { Runner } from "../../run/runner.ts";
import { keptRun } from "./kept-run.ts";
import { answered, begun, heard, type LiveRun, type Purpose, withResults } from "./live-run.ts";
import { smallerPicture } from "./pictures.ts";

/** What a question brings for its program. */
export interface Brought {
  readonly language: Language;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly database: string;
}

interface Wished {
  readonly language: Language;
  /** The program as it stands when it is run. */
  readonly code: () => string;
  readonly brought: Brought | undefined;
  /** The tests that a run for a purpose has; null where it has none. */
  readonly testsFor: (purpose: Purpose) => readonly ProgramTest[] | null;
  readonly onKept: (purpose: Purpose, run: Run) => void;
}

export interface Running {
  readonly live: LiveRun | null;
  readonly isRunning: boolean;
  start(purpose: Purpose): void;
  stop(): void;
  /** A line for the program that asks; null is the end of its input. */
  answer(text: string | null): void;
  dismiss(): void;
}

/** What is told within so many milliseconds is shown together, however much a program prints. */
const TOGETHER_MS = 60;

let runner: Runner | null = null;
const loadRunner = fetching(async () => (await import("../../run/runner.ts")).Runner, { hasStandIn: true });

/** The page has one runner: its interpreters are fetched once, whatever sheet asks for them. */
async function theRunner(): Promise<Runner> {
  const made = await loadRunner();
  runner ??= new made();
  return runner;
}

const UNFETCHED = "What runs the code could not be fetched. Check your network and run it again.";

/** Runs what stands in a sheet, in this browser, and gives what is kept of it to `onKept`. Whoever leaves the sheet stops it. */
export function useRun(wished: Wished): Running {
  const [live, setLive] = useState<LiveRun | null>(null);
  const latest = useRef(wished);
  latest.current = wished;
  const course = useRef<Course | null>(null);
  const start = useCallback((purpose: Purpose) => {
    if (course.current?.isOver === false || !isRun(latest.current.language)) return;
    course.current = new Course(purpose, latest.current, (run) => setLive(run));
  }, []);
  useEffect(() => () => course.current?.stop(), []);
  return {
    live,
    isRunning: live !== null && live.now.state !== "over",
    start,
    stop: () => course.current?.stop(),
    answer: (text) => course.current?.answer(text),
    dismiss: () => setLive(null),
  };
}

/** One press of Run, until its end is kept. */
class Course {
  readonly #show: (run: LiveRun) => void;
  readonly #wished: Wished;
  #live: LiveRun;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  isOver = false;

  constructor(purpose: Purpose, wished: Wished, show: (run: LiveRun) => void) {
    this.#wished = wished;
    this.#show = show;
    this.#live = begun(purpose);
    this.#show(this.#live);
    void this.#run(purpose);
  }

  stop(): void {
    this.#isStopped = true;
    if (!this.isOver) runner?.stop();
  }

  answer(text: string | null): void {
    if (this.isOver || this.#live.now.state !== "asking") return;
    this.#become(answered(this.#live, text));
    runner?.answer(text);
  }

  async #run(purpose: Purpose): Promise<void> {
    const { language, code, brought, testsFor, onKept } = this.#wished;
    if (!isRun(language)) return;
    const files = Object.fromEntries((brought?.files ?? []).map(({ name, text }) => [name, text]));
    const program: Program = { language, code: code(), files, database: brought?.database ?? "" };
    try {
      const ready = await theRunner();
      if (this.#isStopped) return this.#end({ type: "end", outcome: "stopped", ms: 0 });
      const tests = testsFor(purpose);
      if (tests) {
        const { results } = await ready.runTests(program, tests, (event) => this.#hear(event));
        this.#live = withResults(this.#live, results);
      } else for await (const event of ready.run(program)) this.#hear(event);
    } catch {
      return this.#end({ type: "end", outcome: "unavailable", message: UNFETCHED, ms: 0 });
    }
    this.isOver = true;
    this.#become(this.#live);
    const run = await keptRun(this.#live, language, smallerPicture);
    if (run) onKept(purpose, run);
  }

  #end(event: Extract<RunEvent, { type: "end" }>): void {
    this.isOver = true;
    this.#become(heard(this.#live, event));
  }

  #hear(event: RunEvent): void {
    this.#live = heard(this.#live, event);
    this.#timer ??= setTimeout(() => this.#become(this.#live), TOGETHER_MS);
  }

  #become(run: LiveRun): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#live = run;
    this.#show(run);
  }
}
