import { limitMemory } from "./memory.ts";
import type { Assets, Ending, FromWorker, ProgramFault, ProgramTable, RunRequest, ToWorker } from "./protocol.ts";
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS } from "./protocol.ts";

type Cell = ProgramTable["rows"][number][number];

/** What a program has of the world. */
export interface World {
  write(stream: "stdout" | "stderr", text: string): void;
  image(png: Uint8Array<ArrayBuffer>): void;
  /** Of more rows or columns than a table can have, the first. */
  table(columns: readonly string[], rows: readonly (readonly unknown[])[], total?: number): void;
  /**
   * The next line of input, null at its end. Where it is not known yet the page is asked, and this never returns: the page ends the worker,
   * and runs the program once more from its start with the answer.
   */
  ask(prompt: string): string | null;
  /** The same for a program whose stack can be put aside until the answer has come. */
  askAndWait(prompt: string): Promise<string | null>;
  /** Ends the run with that at once, whatever the program would do about it. */
  halt(ending: Ending): never;
  /** The bytes of packages, by the names of their files. */
  packages(names: readonly string[]): Promise<Assets>;
}

/** One interpreter, which runs one program. */
export interface Engine {
  /** What a program needs before it can start. */
  prepare(request: RunRequest, world: World): Promise<void>;
  run(request: RunRequest, world: World): Promise<Ending>;
  /** After the program, in its names; null where the test passes. */
  test(code: string, world: World): Promise<ProgramFault | null>;
}

export interface Loading {
  readonly assets: Assets;
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly memoryBytes: number;
}

/** How many messages may go out at once, and how many more each second; what is beyond that waits to go together. */
const BURST = 1_000;
const PER_MS = 0.5;
const TOGETHER = 4_096;

/**
 * Lets the page speak to an interpreter in this worker, over the one port that it brings. Everything of the browser that is used after the
 * program has begun is taken hold of before, so that the program cannot put something else in its place.
 */
export function serve(load: (loading: Loading) => Promise<Engine>): void {
  addEventListener("message", ({ ports: [port] }) => port && new Host(port, load), { once: true });
}

class Host implements World {
  readonly #post: (message: FromWorker) => void;
  readonly #load: (loading: Loading) => Promise<Engine>;
  readonly #now = performance.now.bind(performance);
  #engine: Promise<Engine> | null = null;
  #answers: (string | null)[] = [];
  #isTested = false;
  #room = 0;
  #tokens = BURST;
  #refilled = 0;
  #pending: { stream: "stdout" | "stderr"; text: string } | null = null;
  #onAnswer: ((text: string | null) => void) | null = null;
  #onPackages: ((files: Assets) => void) | null = null;

  constructor(port: MessagePort, load: (loading: Loading) => Promise<Engine>) {
    this.#post = port.postMessage.bind(port);
    this.#load = load;
    port.onmessage = ({ data }: MessageEvent<ToWorker>) => void this.#hear(data);
  }

  async #hear(message: ToWorker): Promise<void> {
    switch (message.type) {
      case "load": {
        limitMemory(message.memoryBytes);
        this.#engine = this.#load(message);
        await this.#engine.then(
          () => this.#post({ type: "ready" }),
          (error: unknown) => this.#post({ type: "broken", message: String(error) }),
        );
        return;
      }
      case "run":
        return this.#run(message);
      case "packages":
        return this.#onPackages?.(message.files);
      case "answer":
        return this.#onAnswer?.(message.text);
      default:
        return message satisfies never;
    }
  }

  async #run(request: RunRequest): Promise<void> {
    const engine = await this.#engine;
    if (!engine) return;
    this.#answers = [...request.answers];
    this.#isTested = request.tests !== null;
    this.#room = request.outputLimit;
    const ending = await this.#outcome(engine, request).catch(brokenBy);
    this.#flush();
    this.#post({ type: "end", ending });
  }

  async #outcome(engine: Engine, request: RunRequest): Promise<Ending> {
    await engine.prepare(request, this);
    this.#post({ type: "started" });
    const ending = await engine.run(request, this);
    if (ending.outcome === "ok" && request.tests) await this.#test(engine, request.tests, request.firstTest);
    return ending;
  }

  async #test(engine: Engine, tests: NonNullable<RunRequest["tests"]>, first: number): Promise<void> {
    for (const [index, { code }] of tests.entries()) {
      if (index < first) continue;
      this.#flush();
      this.#post({ type: "testing", index });
      this.#post({ type: "tested", index, fault: await engine.test(code, this) });
    }
  }

  write(stream: "stdout" | "stderr", text: string): void {
    const fits = text.slice(0, this.#room);
    this.#room -= fits.length;
    if (fits !== "") this.#queue(stream, fits);
    if (fits.length < text.length) this.halt({ outcome: "too_much_output" });
  }

  /** A program that writes little is heard at once, also if it does not come back; a flood goes in a few large messages. */
  #queue(stream: "stdout" | "stderr", text: string): void {
    if (this.#pending && this.#pending.stream !== stream) this.#flush();
    this.#pending = { stream, text: (this.#pending?.text ?? "") + text };
    const at = this.#now();
    this.#tokens = Math.min(BURST, this.#tokens + (at - this.#refilled) * PER_MS);
    this.#refilled = at;
    if (this.#tokens < 1 && this.#pending.text.length < TOGETHER) return;
    this.#tokens = Math.max(0, this.#tokens - 1);
    this.#flush();
  }

  #flush(): void {
    if (this.#pending) this.#post({ type: "output", ...this.#pending });
    this.#pending = null;
  }

  image(png: Uint8Array<ArrayBuffer>): void {
    this.#flush();
    this.#post({ type: "image", png });
  }

  table(columns: readonly string[], rows: readonly (readonly unknown[])[], total = rows.length): void {
    this.#flush();
    this.#post({
      type: "table",
      columns: columns.slice(0, MOST_COLUMNS).map(cut),
      rows: rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS).map(cellOf)),
      total,
    });
  }

  ask(prompt: string): string | null {
    const known = this.#known();
    if (known !== undefined) return known;
    this.#flush();
    this.#post({ type: "ask", prompt, isWaiting: false });
    return standStill();
  }

  async askAndWait(prompt: string): Promise<string | null> {
    const known = this.#known();
    if (known !== undefined) return known;
    this.#flush();
    const answer = new Promise<string | null>((resolve) => {
      this.#onAnswer = resolve;
    });
    this.#post({ type: "ask", prompt, isWaiting: true });
    return answer;
  }

  #known(): string | null | undefined {
    return this.#answers.length > 0 ? this.#answers.shift() : this.#isTested ? null : undefined;
  }

  halt(ending: Ending): never {
    this.#flush();
    this.#post({ type: "end", ending });
    return standStill();
  }

  async packages(names: readonly string[]): Promise<Assets> {
    const files = new Promise<Assets>((resolve) => {
      this.#onPackages = resolve;
    });
    this.#post({ type: "needs", packages: [...names] });
    return files;
  }
}

/** The interpreter itself gave up, and cannot say where. */
const brokenBy = (error: unknown): Ending => ({
  outcome: "error",
  fault: { message: `The interpreter broke off: ${String(error)}`, traceback: "", line: null },
});

/** The page ends this worker as soon as it hears what was said last. Until then nothing of the program may go on. */
function standStill(): never {
  for (;;);
}

const cut = (text: string): string => (text.length > MOST_CELL ? `${text.slice(0, MOST_CELL)}…` : text);

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return cut(String(value));
}
