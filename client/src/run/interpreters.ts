/// <reference path="./sizes.d.ts" />

import quickjsWasmSize from "@jitl/quickjs-wasmfile-release-sync/wasm?size";
import quickjsWasm from "@jitl/quickjs-wasmfile-release-sync/wasm?url";
import { type PythonPackage, PythonShelf } from "@whetstone/shared/python-packages";
import pythonWasmSize from "pyodide/pyodide.asm.wasm?size";
import pythonWasm from "pyodide/pyodide.asm.wasm?url";
import pythonLibrarySize from "pyodide/python_stdlib.zip?size";
import pythonLibrary from "pyodide/python_stdlib.zip?url";
import sqliteWasmSize from "sql.js/dist/sql-wasm-browser.wasm?size";
import sqliteWasm from "sql.js/dist/sql-wasm-browser.wasm?url";
import { fetchJson } from "../api/call.ts";
import javascriptWorker from "./worker/javascript.ts?worker&url";
import type { Assets, Language } from "./worker/protocol.ts";
import pythonWorker from "./worker/python.ts?worker&url";
import sqlWorker from "./worker/sql.ts?worker&url";

/** The interpreters' files, which this page fetches from our server, once, and brings to the frame, which may ask nobody. */

/** What is on its way; of how many bytes is null where the server does not say. */
export interface Progress {
  readonly what: string;
  readonly bytes: number;
  readonly of: number | null;
}

export interface Interpreter {
  /** The code of the worker. */
  readonly script: string;
  readonly assets: Assets;
  /** Of Python, the packages that the server has. */
  readonly packages: Readonly<Record<string, PythonPackage>>;
}

interface Source {
  readonly what: string;
  readonly worker: string;
  readonly assets: readonly { readonly name: string; readonly url: string; readonly size: number }[];
  readonly hasPackages?: true;
}

const JAVASCRIPT: Source = {
  what: "JavaScript",
  worker: javascriptWorker,
  assets: [{ name: "quickjs.wasm", url: quickjsWasm, size: quickjsWasmSize }],
};

const SOURCES: Readonly<Record<Language, Source>> = {
  python: {
    what: "Python",
    worker: pythonWorker,
    assets: [
      { name: "pyodide.asm.wasm", url: pythonWasm, size: pythonWasmSize },
      { name: "python_stdlib.zip", url: pythonLibrary, size: pythonLibrarySize },
    ],
    hasPackages: true,
  },
  javascript: JAVASCRIPT,
  typescript: JAVASCRIPT,
  sql: {
    what: "SQL",
    worker: sqlWorker,
    assets: [{ name: "sqlite.wasm", url: sqliteWasm, size: sqliteWasmSize }],
  },
};

/** A file of ours could not be fetched. */
class NotFetched extends Error {}

interface Held {
  readonly interpreter: Promise<Interpreter>;
  readonly listeners: Set<(progress: Progress) => void>;
}

const held = new Map<Source, Held>();

/** The files of a language's interpreter. What failed is fetched anew when it is asked for again. */
export async function interpreterOf(
  language: Language,
  onProgress: (progress: Progress) => void,
): Promise<Interpreter> {
  const source = SOURCES[language];
  const one = held.get(source) ?? fetchInterpreter(source);
  one.listeners.add(onProgress);
  try {
    const interpreter = await one.interpreter;
    // What was added since the page came is there for the next program.
    return source.hasPackages ? { ...interpreter, packages: await packagesThere() } : interpreter;
  } finally {
    one.listeners.delete(onProgress);
  }
}

function fetchInterpreter(source: Source): Held {
  const listeners: Held["listeners"] = new Set();
  const of = source.assets.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
    for (const listener of listeners) listener({ what: source.what, bytes, of });
  };
  const all = async (): Promise<Interpreter> => {
    const [script, ...files] = await Promise.all([
      fetchBytes(source.worker, () => {}),
      ...source.assets.map(({ url }) => fetchBytes(url, onBytes)),
    ]);
    const assets = Object.fromEntries(source.assets.map(({ name }, at) => [name, files[at] ?? new ArrayBuffer(0)]));
    return { script: new TextDecoder().decode(script), assets, packages: {} };
  };
  const one = { interpreter: all(), listeners };
  held.set(source, one);
  one.interpreter.catch(() => held.delete(source));
  return one;
}

const packagesThere = async () => (await fetchJson("/python/packages", PythonShelf)).packages;

const wheels = new Map<string, Promise<ArrayBuffer>>();

/** The files of packages, by their names in the interpreter's list. */
export async function packageFiles(
  wanted: readonly PythonPackage[],
  onProgress: (progress: Progress) => void,
): Promise<Assets> {
  const files = await Promise.all(
    wanted.map(async ({ name, sha256, file_name }) => {
      let bytes = 0;
      const onBytes = (more: number, of: number | null) => {
        bytes += more;
        onProgress({ what: name, bytes, of });
      };
      const file = wheels.get(sha256) ?? fetchBytes(`/run/packages/${sha256}`, onBytes);
      wheels.set(sha256, file);
      file.catch(() => wheels.delete(sha256));
      return [file_name, await file] as const;
    }),
  );
  return Object.fromEntries(files);
}

async function fetchBytes(url: string, onBytes: (more: number, of: number | null) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new NotFetched(url, { cause: error });
  });
  if (!response.ok || !response.body) throw new NotFetched(url);
  const isPlain = response.headers.get("content-encoding") === null;
  const length = Number(response.headers.get("content-length"));
  const of = isPlain && length > 0 ? length : null;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, out) => {
      onBytes(chunk.length, of);
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counting)).arrayBuffer().catch((error: unknown) => {
    throw new NotFetched(url, { cause: error });
  });
}
