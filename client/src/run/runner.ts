import { Course } from "./course.ts";
import { LIMITS, type Program, type ProgramTest, type RunEvent, type TestReport } from "./events.ts";
import { interpreterOf, type Progress } from "./interpreters.ts";
import { Sandbox } from "./sandbox.ts";
import type { Language } from "./worker/protocol.ts";

interface Next {
  readonly language: Language;
  readonly memoryBytes: number;
  readonly opened: Promise<Sandbox>;
}

/**
 * Runs programs in this browser, each in a worker that it has for itself, in a frame that reaches nothing: no network, no storage, no page.
 * One program runs at a time. An interpreter's files are fetched once for the page; while a program is read, the worker for the next one
 * gets ready.
 *
 * Tests run among the program's own names. A program that is made to deceive its own tests can do that, as in every such tool; it can
 * deceive no other run.
 */
export class Runner {
  #course: Course | null = null;
  #next: Next | null = null;
  #onProgress: (progress: Progress) => void = () => {};

  /** Whether a program is running. */
  get isRunning(): boolean {
    return this.#course !== null;
  }

  /**
   * Runs a program and yields what it does, with its end as the last. Whoever stops reading stops the program. Throws where one is running.
   */
  async *run(program: Program): AsyncGenerator<RunEvent, void, void> {
    const events = new Events();
    const course = this.#begin(program, null, (event) => events.push(event));
    try {
      for (;;) {
        const event = await events.next();
        yield event;
        if (event.type === "end") return;
      }
    } finally {
      // Its own alone: whoever read the end may have begun another.
      course.stop();
    }
  }

  /** Runs a program, and behind it the tests one after the other. `tell` hears what happens meanwhile. */
  async runTests(
    program: Program,
    tests: readonly ProgramTest[],
    tell: (event: RunEvent) => void = () => {},
  ): Promise<TestReport> {
    return new Promise((resolve) => {
      const course = this.#begin(program, tests, (event) => {
        if (event.type === "end") resolve({ results: course.results, end: event });
        tell(event);
      });
    });
  }

  /** Answers the program that asks; null is the end of its input. */
  answer(text: string | null): void {
    this.#course?.answer(text);
  }

  /** Ends the program that runs, at once. */
  stop(): void {
    this.#course?.stop();
  }

  /** Ends all; the runner can be used again. */
  close(): void {
    this.stop();
    this.#dropNext();
  }

  #begin(program: Program, tests: readonly ProgramTest[] | null, tell: (event: RunEvent) => void): Course {
    if (this.#course) throw new Error("A program is running already.");
    const memoryBytes = program.limits?.memoryBytes ?? LIMITS.memoryBytes;
    this.#onProgress = (progress) => tell({ type: "loading", ...progress });
    const course = new Course(
      program,
      tests,
      () => this.#take(program.language, memoryBytes),
      (event) => {
        if (event.type === "ask") this.#ready(program.language, memoryBytes);
        if (event.type === "end") {
          this.#course = null;
          this.#onProgress = () => {};
          if (event.outcome !== "unavailable") this.#ready(program.language, memoryBytes);
        }
        tell(event);
      },
    );
    this.#course = course;
    void course.begin();
    return course;
  }

  /** The interpreter that got ready, where it is the right one, or a new one. */
  #take(language: Language, memoryBytes: number): Promise<Sandbox> {
    this.#ready(language, memoryBytes);
    const opened = this.#next?.opened;
    this.#next = null;
    return opened ?? this.#opened(language, memoryBytes);
  }

  #ready(language: Language, memoryBytes: number): void {
    if (this.#next?.language === language && this.#next.memoryBytes === memoryBytes) return;
    this.#dropNext();
    const opened = this.#opened(language, memoryBytes);
    const next = { language, memoryBytes, opened };
    this.#next = next;
    // Whoever needs it is told then; until there is somebody, what failed is tried anew.
    opened.catch(() => {
      if (this.#next === next) this.#next = null;
    });
  }

  async #opened(language: Language, memoryBytes: number): Promise<Sandbox> {
    const interpreter = await interpreterOf(language, (progress) => this.#onProgress(progress));
    return Sandbox.open(interpreter, memoryBytes);
  }

  #dropNext(): void {
    const dropped = this.#next;
    this.#next = null;
    dropped?.opened.then((sandbox) => sandbox.close()).catch(() => {});
  }
}

/** What happened and is not read yet. */
class Events {
  readonly #events: RunEvent[] = [];
  #waiting: ((event: RunEvent) => void) | null = null;

  push(event: RunEvent): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(event);
    else this.#events.push(event);
  }

  next(): Promise<RunEvent> {
    const event = this.#events.shift();
    if (event) return Promise.resolve(event);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}
