import { LIMITS, type Limits, type Program, type RunEnd, type RunEvent, type TestResult } from "./events.ts";
import { packageFiles } from "./interpreters.ts";
import { NotStarted, type Sandbox } from "./sandbox.ts";
import type { Ending, FromWorker, ProgramTest } from "./worker/protocol.ts";

/** Pictures and tables are bounded one by one; so many of them may a program show. */
const MOST_SHOWN = 50;

const UNFETCHED = "What runs the code could not be fetched. Check your network and run it again.";
const UNSTARTED = "What runs the code could not be started in this browser. Reload the page, or use a current browser.";

const WHY_FAILED = {
  too_long: "It took too long.",
  too_much_memory: "It needed too much memory.",
  too_much_output: "It printed too much.",
} as const;

/** The end of a run, before it is said how long it took. */
type Outcome = RunEnd extends infer One ? (One extends RunEnd ? Omit<One, "type" | "ms"> : never) : never;

/** One run of one program, over as many workers as it takes. */
export class Course {
  readonly #program: Program;
  readonly #limits: Limits;
  readonly #tests: readonly ProgramTest[] | null;
  readonly #open: () => Promise<Sandbox>;
  readonly #tell: (event: RunEvent) => void;
  readonly #seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  readonly #answers: (string | null)[] = [];
  readonly results: TestResult[];
  #sandbox: Sandbox | null = null;
  #isOver = false;
  /** What has been told in all, and what of it is told again by a run that goes the same way. */
  #told = { output: 0, shown: 0 };
  #repeated = { output: 0, shown: 0 };
  #test: number | null = null;
  #firstTest = 0;
  #asks: "waiting" | "anew" | null = null;
  #since: number | null = null;
  #ms = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    program: Program,
    tests: readonly ProgramTest[] | null,
    open: () => Promise<Sandbox>,
    tell: (event: RunEvent) => void,
  ) {
    this.#program = program;
    this.#limits = { ...LIMITS, ...program.limits };
    this.#tests = tests;
    this.#open = open;
    this.#tell = tell;
    this.results = (tests ?? []).map(({ name }) => ({ name, outcome: "not_run" }));
  }

  /** Begins, or goes on in a new worker from the program's start. */
  async begin(): Promise<void> {
    try {
      const sandbox = await this.#open();
      if (this.#isOver) return sandbox.close();
      this.#sandbox = sandbox;
      this.#repeated = this.#told;
      this.#told = { output: 0, shown: 0 };
      this.#run(sandbox);
    } catch (error) {
      this.#unavailable(error);
    }
  }

  #run(sandbox: Sandbox): void {
    const { language, code, files = {}, database = "" } = this.#program;
    sandbox.listen((message) => this.#hear(message));
    sandbox.post({
      type: "run",
      language,
      code,
      files,
      database,
      answers: this.#answers,
      seed: this.#seed,
      outputLimit: this.#limits.output,
      tests: this.#tests,
      firstTest: this.#firstTest,
    });
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case "needs":
        void this.#bringPackages(message.packages);
        return;
      case "started":
        this.#goOn(true);
        return;
      case "output": {
        const text = this.#newOf(message.text);
        if (text !== "") this.#tell({ ...message, text });
        if (this.#told.output > this.#limits.output) this.#end({ outcome: "too_much_output" });
        return;
      }
      case "image":
      case "table":
        this.#told.shown += 1;
        if (this.#told.shown > this.#repeated.shown) this.#tell(message);
        if (this.#told.shown > MOST_SHOWN) this.#end({ outcome: "too_much_output" });
        return;
      case "ask":
        this.#ask(message.prompt, message.isWaiting);
        return;
      case "testing":
        this.#test = message.index;
        this.#goOn(true);
        return;
      case "tested":
        this.#tested(message);
        return;
      case "end":
        this.#end(message.ending);
        return;
      default:
        // Said while it started, and by no program that means well.
        return;
    }
  }

  /** What of an output was not told by the run before, and fits. */
  #newOf(text: string): string {
    const before = this.#told.output;
    this.#told.output += text.length;
    return text.slice(Math.max(0, this.#repeated.output - before), Math.max(0, this.#limits.output - before));
  }

  async #bringPackages(names: readonly string[]): Promise<void> {
    const sandbox = this.#sandbox;
    if (!sandbox) return;
    const wanted = names.flatMap((name) =>
      Object.hasOwn(sandbox.packages, name) ? (sandbox.packages[name] ?? []) : [],
    );
    try {
      const files = await packageFiles(
        wanted,
        (progress) => this.#isOver || this.#tell({ type: "loading", ...progress }),
      );
      if (this.#sandbox === sandbox) sandbox.post({ type: "packages", files });
    } catch (error) {
      this.#unavailable(error);
    }
  }

  #ask(prompt: string, isWaiting: boolean): void {
    if (this.#asks !== null) return;
    this.#asks = isWaiting ? "waiting" : "anew";
    this.#pause();
    if (!isWaiting) this.#closeWorker();
    this.#tell({ type: "ask", prompt });
  }

  /** The next line of input, or null for its end; nothing where none is asked for. */
  answer(text: string | null): void {
    const asked = this.#asks;
    if (asked === null || this.#isOver) return;
    this.#asks = null;
    this.#answers.push(text);
    if (asked === "anew") return void this.begin();
    this.#goOn(false);
    this.#sandbox?.post({ type: "answer", text });
  }

  stop(): void {
    this.#end({ outcome: "stopped" });
  }

  #tested({ index, fault }: Extract<FromWorker, { type: "tested" }>): void {
    const name = this.#tests?.[index]?.name;
    if (name === undefined || index !== this.#test) return;
    this.#test = null;
    this.results[index] = fault
      ? { name, outcome: "failed", message: fault.message, line: fault.line }
      : { name, outcome: "passed" };
  }

  /** Time runs: from the start, for a whole allowance, or on from where it stood still. */
  #goOn(isFresh: boolean): void {
    this.#pause();
    if (isFresh) this.#ms = 0;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#end({ outcome: "too_long" }), this.#limits.milliseconds - this.#ms);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    if (this.#since !== null) this.#ms += performance.now() - this.#since;
    this.#since = null;
  }

  #unavailable(error: unknown): void {
    this.#end({ outcome: "unavailable", message: error instanceof NotStarted ? UNSTARTED : UNFETCHED });
  }

  #end(outcome: Outcome | Ending): void {
    if (this.#isOver) return;
    this.#pause();
    this.#closeWorker();
    if (this.#test !== null && this.#failTest(this.#test, outcome)) return void this.begin();
    this.#isOver = true;
    this.#tell({ type: "end", ms: Math.round(this.#ms), ...outcome });
  }

  /** A test that does not come back takes its worker with it; whether there are others left for a new one. */
  #failTest(index: number, { outcome }: Outcome | Ending): boolean {
    const name = this.#tests?.[index]?.name;
    if (name === undefined || !Object.hasOwn(WHY_FAILED, outcome)) return false;
    const message = WHY_FAILED[outcome as keyof typeof WHY_FAILED];
    this.results[index] = { name, outcome: "failed", message, line: null };
    this.#test = null;
    this.#firstTest = index + 1;
    return this.#firstTest < this.results.length;
  }

  #closeWorker(): void {
    this.#sandbox?.close();
    this.#sandbox = null;
  }
}
