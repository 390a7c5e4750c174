import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core";
import { transform } from "sucrase";
import { type Engine, type Loading, serve, type World } from "./host.ts";
import { isMemoryTaken } from "./memory.ts";
import prelude from "./prelude.js?raw";
import type { Ending, Language, ProgramFault, RunRequest } from "./protocol.ts";

/**
 * JavaScript and TypeScript by QuickJS, an interpreter that knows nothing of this worker: a program has the language and what `prelude.js`
 * makes for it. A program that asks runs again from its start with the answer, as the interpreter cannot wait within one.
 */

/** Less than the worker's own, so that the interpreter finds a program that goes too deep, and says where. */
const STACK_BYTES = 128 * 1024;
/** What the interpreter itself takes, beside what its program may have. */
const OWN_BYTES = 32 * 1024 * 1024;
/** Of QuickJS: the code may `await` at its top, and is done when what it gives is. */
const ASYNC = 1 << 7;

const isTypeScript = (name: string): boolean => /\.[cm]?tsx?$/.test(name);

/** The source as the interpreter takes it, line for line. */
function translated(code: string, name: string): string {
  const isModule = /^[ \t]*(import|export)\b/m.test(code);
  if (!isModule && !isTypeScript(name)) return code;
  return transform(code, {
    transforms: [...(isTypeScript(name) ? (["typescript"] as const) : []), ...(isModule ? (["imports"] as const) : [])],
    disableESTransforms: true,
    filePath: name,
  }).code;
}

/** Says which line a translation failed at, which it tells in words. */
class NotTranslated extends Error {
  readonly line: number | null;

  constructor(error: unknown, name: string) {
    const said = error instanceof Error ? error.message : String(error);
    super(`SyntaxError: ${said.replace(/^Error transforming .*?: /, "").replace(/ \(\d+:\d+\)$/, "")}`);
    const line = /\((\d+):\d+\)$/.exec(said)?.[1];
    this.line = line === undefined ? null : Number(line);
    this.name = name;
  }
}

class JavaScript implements Engine {
  readonly #context: QuickJSContext;
  readonly #runtime: QuickJSRuntime;
  #main = "main.js";
  #tested = 0;
  #nextTimer: QuickJSHandle | null = null;

  constructor(runtime: QuickJSRuntime) {
    this.#runtime = runtime;
    this.#context = runtime.newContext();
  }

  async prepare({ language, files, seed }: RunRequest, world: World): Promise<void> {
    const context = this.#context;
    this.#main = mainOf(language);
    const host = context.newObject();
    const give = (name: string, act: (...args: QuickJSHandle[]) => QuickJSHandle | undefined) =>
      context.newFunction(name, act).consume((made) => context.setProp(host, name, made));
    const text = (handle: QuickJSHandle | undefined) => (handle ? context.getString(handle) : "");
    give("write", (stream, words) => {
      world.write(text(stream) === "stderr" ? "stderr" : "stdout", text(words));
      return undefined;
    });
    give("table", (columns, rows, total) => {
      world.table(JSON.parse(text(columns)), JSON.parse(text(rows)), total ? context.getNumber(total) : 0);
      return undefined;
    });
    give("ask", (prompt) => {
      const answer = world.ask(text(prompt));
      return answer === null ? context.null : context.newString(answer);
    });
    give("run", (name) => this.#moduleOf(text(name), files[text(name)] ?? ""));
    const made = context.unwrapResult(context.evalCode(prelude, "<prelude>"));
    const given = [host, context.unwrapResult(context.evalCode(`(${JSON.stringify(files)})`)), context.newNumber(seed)];
    this.#nextTimer = context.unwrapResult(context.callFunction(made, context.undefined, ...given));
  }

  /** A file as a function of what a module has. */
  #moduleOf(name: string, code: string): QuickJSHandle {
    const body = `(function (module, exports, require) {${translated(code, name)}\n})`;
    return this.#context.unwrapResult(this.#context.evalCode(body, name));
  }

  async run({ code }: RunRequest): Promise<Ending> {
    return this.#evaluate(code, this.#main);
  }

  async test(code: string): Promise<ProgramFault | null> {
    this.#tested++;
    const name = `test ${this.#tested}${this.#main.slice(4)}`;
    // Within a block, so that no test declares what another one does, too.
    const ending = this.#evaluate(`{${code}\n}`, name);
    if (ending.outcome === "error") return ending.fault;
    return ending.outcome === "ok" ? null : { message: "It needed too much memory.", traceback: "", line: null };
  }

  #evaluate(code: string, name: string): Ending {
    let source: string;
    try {
      source = translated(code, name);
    } catch (error) {
      const { message, line } = new NotTranslated(error, name);
      return { outcome: "error", fault: { message, traceback: `${message}\n    at ${name}:${line}`, line } };
    }
    const result = this.#context.evalCode(source, name, ASYNC);
    if (result.error) return this.#endingOf(result.error);
    return this.#settled() ?? this.#endingOfPromise(result.value) ?? { outcome: "ok" };
  }

  /** Does what is left to do until there is nothing more; what failed of it. */
  #settled(): Ending | null {
    for (;;) {
      const jobs = this.#runtime.executePendingJobs();
      if (jobs.error) return this.#endingOf(jobs.error);
      if (!this.#nextTimer) return null;
      const timer = this.#context.callFunction(this.#nextTimer, this.#context.undefined);
      if (timer.error) return this.#endingOf(timer.error);
      if (!this.#context.dump(timer.value)) return null;
    }
  }

  /** Of a promise that was broken, what broke it: of what the program gives, or what it gives in the end. */
  #endingOfPromise(promise: QuickJSHandle): Ending | null {
    const state = this.#context.getPromiseState(promise);
    if (state.type === "rejected") return this.#endingOf(state.error);
    if (state.type !== "fulfilled" || state.notAPromise) return null;
    // A program with `await` in it gives its last value in an object of its own.
    const last = this.#context.getProp(state.value, "value");
    const isPromise = this.#context.typeof(last) === "object" && this.#context.getPromiseState(last);
    return isPromise && isPromise.type === "rejected" ? this.#endingOf(isPromise.error) : null;
  }

  #endingOf(error: QuickJSHandle): Ending {
    const told: unknown = this.#context.dump(error);
    // Where there is no memory left for an error, it is null.
    if (told === null && isMemoryTaken()) return { outcome: "too_much_memory" };
    if (typeof told !== "object" || told === null || !("message" in told)) {
      return faultOf(`The program threw ${JSON.stringify(told) ?? String(told)}.`, "", null);
    }
    const { name = "Error", message, stack = "" } = told as { name?: string; message: unknown; stack?: string };
    if (name === "InternalError" && /out of memory/.test(String(message))) return { outcome: "too_much_memory" };
    const frames = String(stack)
      .split("\n")
      .filter((frame) => frame.trim() !== "" && !/<prelude>|\(native\)/.test(frame));
    const own = frames.flatMap((frame) => lineIn(this.#main, frame) ?? []);
    const words = `${name}: ${String(message)}`;
    return faultOf(words, [words, ...frames].join("\n"), own[0] ?? null);
  }
}

/** The line of a file that a frame of a stack is in, such as `at half (main.js:2:10)`. */
function lineIn(file: string, frame: string): number | null {
  const at = frame.lastIndexOf(`${file}:`);
  return at < 1 || !"( ".includes(frame.charAt(at - 1)) ? null : Number.parseInt(frame.slice(at + file.length + 1), 10);
}

const mainOf = (language: Language): string => (language === "typescript" ? "main.ts" : "main.js");

const faultOf = (message: string, traceback: string, line: number | null): Ending => ({
  outcome: "error",
  fault: { message, traceback, line },
});

async function load({ assets, memoryBytes }: Loading): Promise<Engine> {
  const wasmModule = WebAssembly.compile(assets["quickjs.wasm"] ?? new ArrayBuffer(0));
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule }));
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryBytes - OWN_BYTES);
  runtime.setMaxStackSize(STACK_BYTES);
  return new JavaScript(runtime);
}

serve(load);
