import { loadPyodide, type PyodideAPI } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import lockText from "pyodide/pyodide-lock.json?raw";
import harness from "./harness.py?raw";
import { type Engine, type Loading, serve, type World } from "./host.ts";
import type { Assets, Ending, ProgramFault, RunRequest } from "./protocol.ts";

/**
 * Python by Pyodide. Each program has an interpreter of its own, in a worker of its own, so that nothing of one is there in the next.
 *
 * `input()` waits within the program where the browser can put a stack of WebAssembly aside (JSPI: Chromium from 137 on, and others as they
 * get it). Elsewhere nothing in this worker can wait without shared memory, which pages that share nothing do not have: there the program
 * runs again from its start with what was answered so far, chance is the same as before, and the page leaves out what was shown already.
 */

interface Lock {
  readonly info: Readonly<Record<string, unknown>>;
  readonly packages: Readonly<Record<string, { readonly name: string; readonly imports: readonly string[] }>>;
}

/** Where the interpreter believes that its files are. Nobody is asked for them: they were brought. */
const HERE = "https://interpreter.invalid/";

const lock = JSON.parse(lockText) as Lock;
const decode = { stdout: new TextDecoder(), stderr: new TextDecoder() };

/** The interpreter asks for its files as if they were on a network, and gets what was brought. */
const brought = new Map<string, ArrayBuffer>();
const bring = (files: Assets): void => {
  for (const [name, bytes] of Object.entries(files)) brought.set(HERE + name, bytes);
};

async function fetchBrought(request: RequestInfo | URL): Promise<Response> {
  const address = request instanceof Request ? request.url : String(request);
  const bytes = brought.get(address);
  if (!bytes) throw new TypeError(`${address} is out of a program's reach.`);
  const type = address.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type } });
}

/** What the harness calls. Bytes of Python's are copied, as its memory moves. */
interface PythonBytes {
  toJs(): Uint8Array<ArrayBuffer>;
  destroy(): void;
}

const copied = (bytes: PythonBytes): Uint8Array<ArrayBuffer> => {
  const copy = bytes.toJs();
  bytes.destroy();
  return copy;
};

const hostOf = (world: World) => ({
  write: (stream: "stdout" | "stderr", bytes: PythonBytes) =>
    world.write(stream, decode[stream].decode(copied(bytes), { stream: true })),
  image: (bytes: PythonBytes) => world.image(copied(bytes)),
  table: (columns: string, rows: string, total: number) => world.table(JSON.parse(columns), JSON.parse(rows), total),
  ask: (prompt: string) => world.ask(prompt),
  askAndWait: (prompt: string) => world.askAndWait(prompt),
});

interface Callable {
  (...values: (string | number)[]): string;
  callPromising(...values: (string | number)[]): Promise<string>;
}

interface PythonProgram {
  readonly run: Callable;
  readonly test: Callable;
}

/** Whether a call's stack can be put aside while something is waited for. */
const CAN_WAIT = "Suspending" in WebAssembly;

const called = async (act: Callable | undefined, ...values: (string | number)[]): Promise<string | undefined> =>
  CAN_WAIT ? act?.callPromising(...values) : act?.(...values);

class Python implements Engine {
  readonly #python: PyodideAPI;
  readonly #loading: Loading;
  #program: PythonProgram | null = null;
  #tested = 0;

  constructor(python: PyodideAPI, loading: Loading) {
    this.#python = python;
    this.#loading = loading;
  }

  async prepare({ code, files, seed, tests }: RunRequest, world: World): Promise<void> {
    await this.#loadPackages([code, ...Object.values(files), ...(tests ?? []).map((test) => test.code)], world);
    const names = this.#python.toPy({ __name__: "whetstone" });
    this.#python.runPython(harness, { globals: names, filename: "<harness>" });
    const begin = names.get("begin");
    this.#program = begin(hostOf(world), JSON.stringify(importable()), JSON.stringify(files), seed);
  }

  /** Of the packages that the server has, those that the program names, and what these stand on. */
  async #loadPackages(sources: readonly string[], world: World): Promise<void> {
    const { packages } = this.#loading;
    const byImport = new Map(
      Object.entries(packages).flatMap(([name, { imports }]) =>
        (imports as readonly string[]).map((one) => [one, name] as const),
      ),
    );
    const names = sources.flatMap((source) =>
      [...importsIn(this.#python, source)].flatMap((one) => byImport.get(one) ?? []),
    );
    const wanted = new Set(names);
    for (const name of wanted) {
      for (const other of (packages[name]?.depends ?? []) as readonly string[])
        if (other in packages) wanted.add(other);
    }
    if (wanted.size === 0) return;
    bring(await world.packages([...wanted]));
    const quiet = { messageCallback: () => {}, errorCallback: () => {} };
    await this.#python.loadPackage([...new Set(names)], { ...quiet, checkIntegrity: false });
  }

  async run({ code }: RunRequest): Promise<Ending> {
    return endingOf(await called(this.#program?.run, code));
  }

  async test(code: string): Promise<ProgramFault | null> {
    const ending = endingOf(await called(this.#program?.test, code, this.#tested++));
    if (ending.outcome === "error") return ending.fault;
    return ending.outcome === "ok" ? null : { message: "It needed too much memory.", traceback: "", line: null };
  }
}

const endingOf = (told: string | undefined): Ending => JSON.parse(told ?? "") as Ending;

function importsIn(python: PyodideAPI, source: string): string[] {
  const found = python.pyimport("pyodide.code").find_imports(source);
  const names: string[] = found.toJs();
  found.destroy();
  return names;
}

/** By the name that is imported, the package of Pyodide's that a server can have. */
const importable = (): Record<string, string> =>
  Object.fromEntries(
    Object.values(lock.packages).flatMap(({ name, imports }) =>
      name.endsWith("-tests") ? [] : imports.map((one) => [one.split(".")[0] ?? one, name]),
    ),
  );

async function load(loading: Loading): Promise<Engine> {
  bring(loading.assets);
  globalThis.fetch = fetchBrought;
  const python = await loadPyodide({
    indexURL: HERE,
    packageBaseUrl: HERE,
    lockFileContents: { info: lock.info, packages: loading.packages } as never,
    createPyodideModule,
    jsglobals: {},
    env: { HOME: "/home/program", MPLBACKEND: "Agg" },
    checkAPIVersion: true,
  } as Parameters<typeof loadPyodide>[0]);
  limitFiles(python, loading.memoryBytes);
  return new Python(python, loading);
}

/** Files are kept beside the interpreter's memory, and what they take counts as if they were in it. */
function limitFiles({ FS }: PyodideAPI, bytes: number): void {
  const memory: Files = FS.filesystems.MEMFS;
  const operations = memory.ops_table.file.stream;
  let left = bytes;
  const grown = <Result>(node: FileNode, to: number, grow: () => Result): Result => {
    const before = node.contents.length;
    if (to - before > left) throw new FS.ErrnoError(NO_SPACE);
    const result = grow();
    left -= Math.max(0, node.contents.length - before);
    return result;
  };
  const { write } = operations;
  const resize = memory.resizeFileStorage;
  operations.write = (stream, buffer, offset, length, position, ...rest) =>
    grown(stream.node, position + length, () => write(stream, buffer, offset, length, position, ...rest));
  memory.resizeFileStorage = (node, size) => grown(node, size, () => resize.call(memory, node, size));
}

interface FileNode {
  readonly contents: { readonly length: number };
}

/** Of Emscripten's file system in memory, what makes a file larger. */
interface Files {
  readonly ops_table: {
    readonly file: {
      readonly stream: {
        write: (
          stream: { readonly node: FileNode },
          buffer: unknown,
          offset: number,
          length: number,
          position: number,
          ...rest: unknown[]
        ) => number;
      };
    };
  };
  resizeFileStorage(node: FileNode, size: number): void;
}

/** "No space left on device", as Emscripten numbers it. */
const NO_SPACE = 51;

serve(load);
